package io.patchbay.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;

/** Reads {@code connector.yaml} and checks that its parts fit together; notes every problem, not only the first. */
final class ManifestReader {

    static final String FILE = "connector.yaml";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final long MAX_ANSWER = 5 << 20; // bytes

    private final ConnectorFolder folder;
    private final List<Problem> problems;

    private ManifestReader(ConnectorFolder folder, List<Problem> problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** What the folder describes; usable only when {@code problems} stays empty. */
    static Optional<Connector> read(ConnectorFolder folder, List<Problem> problems) {
        var text = folder.text(FILE);
        if (text.isEmpty()) {
            problems.add(new Problem(FILE, "", "is missing."));
            return Optional.empty();
        }
        try {
            var document = YamlDocument.of(text.get());
            var found = new ArrayList<Problem>();
            var connector = new ManifestReader(folder, found).connector(ManifestField.root(document.tree(), found));
            found.forEach(problem ->
                    problems.add(problem.file().equals(FILE) ? problem.at(document.line(problem.field())) : problem));
            return Optional.of(connector);
        } catch (YamlDocument.WrongYaml e) {
            problems.add(new Problem(FILE, e.line(), "", "is no YAML: " + e.getMessage() + "."));
            return Optional.empty();
        }
    }

    private Connector connector(ManifestField root) {
        var id = root.at("id");
        if (!id.required().equals(folder.id())) {
            id.problem("must be the folder's name, " + folder.id() + ".");
        } else if (!folder.id().matches("[a-z0-9][a-z0-9-]*")) {
            id.problem("must consist of small letters, digits and hyphens.");
        }
        var kind = root.at("kind");
        kind.required();
        var settings = settings(root.at("settings"));
        var connector = new Connector(
                folder.id(),
                root.at("title").required(),
                (int) root.at("version").number(1),
                root.at("migrate").list(ManifestReader::step),
                kind.word(Connector.Kind.class, Connector.Kind.CRM),
                operations(root.at("can")),
                root.at("cannot").list(ManifestReader::cannot),
                settings,
                access(root),
                answers(root),
                root.at("newClients").list(ManifestField::required),
                fields(root.at("fields")),
                root.at("hookSecrets").list(ManifestField::required),
                hookSignature(root.at("hookSignature")),
                root.at("hookPace").list(ManifestReader::pace),
                root.at("redact").list(ManifestField::required),
                root.at("links").map(ManifestField::template),
                history(root.at("history")),
                root.at("recordings").word(Recordings.class, Recordings.LINK) == Recordings.CONTENT,
                Strings.of(folder, problems),
                Mappings.of(folder, problems),
                Grade.of(folder, problems),
                folder);
        root.nothingElse();
        checkReferences(connector);
        checkStrings(connector);
        problems.addAll(FolderCheck.of(connector));
        return connector;
    }

    private static Optional<HookSignature> hookSignature(ManifestField field) {
        return field.present() ? Optional.of(HookSignature.read(field)) : Optional.empty();
    }

    private static Optional<Duration> history(ManifestField field) {
        var reach = field.duration(Duration.ZERO);
        if (field.present() && !reach.isPositive()) {
            field.problem("must be longer than nothing.");
        }
        return Optional.of(reach).filter(Duration::isPositive);
    }

    private enum Recordings {
        LINK,
        CONTENT
    }

    private static Set<Operation> operations(ManifestField can) {
        var all = EnumSet.noneOf(Operation.class);
        if (!can.present()) {
            can.problem("is missing.");
        }
        can.list(word -> {
            Operation.ofWord(word.required())
                    .ifPresentOrElse(all::add, () -> word.problem("is no operation of the hub."));
            return "";
        });
        return Set.copyOf(all);
    }

    private static SettingsStep step(ManifestField field) {
        var step = new SettingsStep(
                (int) field.at("to").number(0),
                field.at("rename").map(ManifestField::required),
                field.at("values").map(setting -> setting.map(ManifestField::required)),
                field.at("set").map(ManifestField::node),
                field.at("remove").list(ManifestField::required));
        field.nothingElse();
        return step;
    }

    private static Set<Operation> fields(ManifestField field) {
        return field.present() ? operations(field) : Set.of();
    }

    private static Connector.Cannot cannot(ManifestField field) {
        var row = new Connector.Cannot(field.at("when").map(ManifestField::required), operations(field.at("these")));
        field.nothingElse();
        if (row.when().isEmpty()) {
            field.at("when").problem("is missing: what is never possible does not belong under can.");
        }
        return row;
    }

    private static Map<String, Setting> settings(ManifestField field) {
        var all = new LinkedHashMap<String, Setting>();
        field.map(ManifestReader::setting).values().forEach(setting -> all.put(setting.name(), setting));
        return all;
    }

    private static Setting setting(ManifestField field) {
        var setting = new Setting(
                field.name(),
                field.at("type").word(Setting.Type.class, Setting.Type.TEXT),
                field.at("required").flag(),
                field.at("requiredWhen").map(ManifestField::required),
                field.at("shownWhen").map(ManifestField::required),
                field.at("pattern").pattern(0),
                field.at("example").or(""),
                field.at("of").list(ManifestField::required),
                field.at("default").present() ? Optional.of(field.at("default").node()) : Optional.empty());
        if (setting.type() == Setting.Type.CHOICE && setting.of().isEmpty()) {
            field.at("of").problem("is missing: a choice needs its values.");
        }
        if (setting.name().equals(Connector.BASE_URL)) {
            field.problem("is a setting every connector has; do not declare it.");
        }
        if (setting.isSecret() && setting.fallback().isPresent()) {
            field.at("default").problem("must not be given: a secret has no default.");
        } else {
            setting.fallback()
                    .flatMap(setting::problem)
                    .ifPresent(reason -> field.at("default").problem("does not fit the setting: " + reason + "."));
        }
        field.nothingElse();
        return setting;
    }

    private static Access access(ManifestField root) {
        var timeouts = root.at("timeouts");
        var operating = root.at("operating");
        var access = new Access(
                root.at("base").template(),
                root.at("auth").list(ManifestReader::auth),
                root.at("pace").list(ManifestReader::pace),
                operating.present() ? Optional.of(operating(operating)) : Optional.empty(),
                timeouts.at("connect").duration(CONNECT),
                timeouts.at("answer").duration(ANSWER),
                root.at("maxAnswer").bytes(MAX_ANSWER),
                root.at("redirects").word(Redirects.class, Redirects.REFUSE) == Redirects.RENAME_HOST);
        timeouts.nothingElse();
        return access;
    }

    private enum Redirects {
        REFUSE,
        RENAME_HOST
    }

    private static Access.Pace pace(ManifestField field) {
        var pace = new Access.Pace(
                field.at("capacity").number(0),
                field.at("refill").number(0),
                field.at("per").duration(Duration.ofSeconds(1)));
        field.nothingElse();
        if (pace.capacity() < 1 || pace.refill() < 1 || !pace.per().isPositive()) {
            field.problem("needs a capacity, a refill and a time, all above zero.");
            return new Access.Pace(1, 1, Duration.ofSeconds(1));
        }
        return pace;
    }

    private static Access.Operating operating(ManifestField field) {
        field.at("name").word(OperatingName.class, OperatingName.PATH);
        var operating = new Access.Operating(
                field.at("limit").duration(Duration.ZERO),
                field.at("window").duration(Duration.ofMinutes(10)),
                pointer(field.at("used")),
                pointer(field.at("resetAt")));
        field.nothingElse();
        if (!operating.limit().isPositive()) {
            field.problem("needs a limit.");
        }
        return operating;
    }

    /** What the second limit counts by; so far only the path of the request. */
    private enum OperatingName {
        PATH
    }

    private static JsonPointer pointer(ManifestField field) {
        field.required();
        return field.pointer().orElse(JsonPointer.empty());
    }

    private static Auth auth(ManifestField field) {
        var when = field.at("when").map(ManifestField::required);
        var kind = field.at("kind");
        var auth = switch (kind.required()) {
            case "header" ->
                new Auth.Header(
                        when, field.at("name").required(), field.at("value").template());
            case "basic" -> new Auth.Basic(when, named(field.at("user")), named(field.at("password")));
            case "bearer" -> new Auth.Bearer(when, named(field.at("token")));
            case "query" ->
                new Auth.Query(
                        when, field.at("name").required(), field.at("value").template());
            case "path" -> new Auth.Path(when, field.at("path").template());
            case "oauth2" -> oauth2(field, when);
            case "login" -> login(field, when);
            case "form" -> new Auth.Form(when, field.at("fields").list(ManifestReader::formField));
            case "signature" -> new Auth.Signed(when, Signature.read(field));
            default -> {
                kind.problem("must be one of header, basic, bearer, query, path, form, signature, oauth2, login.");
                yield new Auth.Path(when, new Template(""));
            }
        };
        field.nothingElse();
        return auth;
    }

    /** {@code token: apiToken} names a setting; {@code token: "{login}@{portal}"} is put together from several. */
    private static Template named(ManifestField field) {
        var text = field.required();
        return new Template(text.contains("{") || text.isEmpty() ? text : "{" + text + "}");
    }

    private static Auth oauth2(ManifestField field, Map<String, String> when) {
        return new Auth.OAuth2(
                when,
                field.at("tokenUrl").template(),
                field.at("tokenRequest").word(Auth.TokenRequest.class, Auth.TokenRequest.FORM),
                field.at("clientId").required(),
                field.at("clientSecret").required(),
                field.at("redirectUri").or(""),
                field.at("code").or(""),
                send(field.at("send")),
                field.at("refreshBefore").duration(Duration.ofMinutes(5)));
    }

    private static Auth login(ManifestField field, Map<String, String> when) {
        return new Auth.Login(
                when,
                Set.copyOf(field.at("secrets").list(ManifestField::required)),
                pointer(field.at("token")),
                field.at("refresh").pointer(),
                field.at("life").pointer(),
                field.at("lives").duration(Duration.ofHours(1)),
                send(field.at("send")),
                field.at("refreshBefore").duration(Duration.ofMinutes(1)));
    }

    private static Auth.Field formField(ManifestField field) {
        var read = new Auth.Field(
                field.at("path").or(""),
                field.at("name").required(),
                field.at("value").template(),
                field.at("digest").word(Auth.Digest.class, Auth.Digest.NONE));
        field.nothingElse();
        return read;
    }

    private static Auth.Send send(ManifestField field) {
        var parts = field.or("bearer").split(":", 2);
        var name = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "bearer" -> new Auth.Send(Auth.Send.Place.BEARER, "");
            case "query" -> new Auth.Send(Auth.Send.Place.QUERY, nonEmpty(field, name));
            case "body" -> new Auth.Send(Auth.Send.Place.BODY, nonEmpty(field, name));
            case "header" -> new Auth.Send(Auth.Send.Place.HEADER, nonEmpty(field, name));
            case "first-of" -> new Auth.Send(Auth.Send.Place.FIRST_OF, nonEmpty(field, name));
            default -> {
                field.problem("must be bearer, header:<name>, query:<name>, body:<name> or first-of:<name>.");
                yield new Auth.Send(Auth.Send.Place.BEARER, "");
            }
        };
    }

    private static String nonEmpty(ManifestField field, String name) {
        if (name.isEmpty()) {
            field.problem("must name the parameter, e.g. query:auth.");
        }
        return name;
    }

    private static Answers answers(ManifestField root) {
        var retry = root.at("retryAfter");
        var answers = new Answers(
                root.at("errorText").list(ManifestReader::pointer),
                root.at("errorCode").list(ManifestReader::pointer),
                retry.at("header").or("Retry-After"),
                retry.at("body").pointer(),
                root.at("verdicts").list(ManifestReader::verdict));
        retry.nothingElse();
        return answers;
    }

    private static Verdict verdict(ManifestField field) {
        field.at("is").required();
        var status = new HashSet<Integer>();
        field.at("status").list(one -> status.add((int) one.number(0)));
        var code = field.at("code");
        var verdict = new Verdict(
                Set.copyOf(status),
                code.present() ? Optional.of(code.required()) : Optional.empty(),
                field.at("text").pattern(Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
                field.at("is").word(Verdict.Meaning.class, Verdict.Meaning.REFUSED),
                field.at("wait").duration(Duration.ZERO),
                field.at("waitUntil").pointer(),
                field.at("pauses")
                        .word(
                                Verdict.Pauses.class,
                                status.contains(429) ? Verdict.Pauses.CONNECTION : Verdict.Pauses.NOTHING));
        field.nothingElse();
        if (status.isEmpty() && !code.present() && verdict.text().isEmpty()) {
            field.problem("needs a status, a code or a text to match.");
        }
        return verdict;
    }

    private void checkReferences(Connector connector) {
        var referred = new HashMap<String, Set<String>>();
        referred.put("base", connector.access().base().names());
        var ways = connector.access().auth();
        for (var i = 0; i < ways.size(); i++) {
            referred.put("auth[" + i + "]", ways.get(i).settings());
        }
        if (ways.stream().anyMatch(way -> way instanceof Auth.Login)
                && connector.mappings().find(Auth.Login.LOGIN_MAPPING).isEmpty()) {
            problems.add(new Problem(
                    "mappings/" + Auth.Login.LOGIN_MAPPING + ".jslt",
                    "",
                    "is missing: auth of the kind login asks as it says."));
        }
        referred.put("hookSecrets", Set.copyOf(connector.hookSecrets()));
        connector
                .hookSignature()
                .ifPresent(check -> referred.put(
                        "hookSignature.secret", Set.of(check.signature().secret())));
        referred.forEach((field, names) -> names.stream()
                .filter(name -> !connector.settings().containsKey(name))
                .forEach(name -> problems.add(
                        new Problem(FILE, field, "names the setting " + name + ", which is not under settings."))));
    }

    private void checkStrings(Connector connector) {
        var wanted = new ArrayList<String>();
        connector.settings().keySet().forEach(name -> wanted.add("settings." + name + ".label"));
        for (var language : Strings.LANGUAGES) {
            var missing = new ArrayList<>(wanted);
            missing.removeAll(connector.strings().keys(language));
            missing.forEach(
                    key -> problems.add(new Problem("strings/" + language + ".properties", key, "is missing.")));
        }
        var english = connector.strings().keys("en");
        var russian = connector.strings().keys("ru");
        english.stream()
                .filter(key -> !russian.contains(key) && !wanted.contains(key))
                .forEach(key -> problems.add(new Problem("strings/ru.properties", key, "is missing.")));
        russian.stream()
                .filter(key -> !english.contains(key) && !wanted.contains(key))
                .forEach(key -> problems.add(new Problem("strings/en.properties", key, "is missing.")));
    }
}
