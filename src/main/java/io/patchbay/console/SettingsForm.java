package io.patchbay.console;

import io.patchbay.connector.Connector;
import io.patchbay.connector.OwnMapping;
import io.patchbay.connector.Setting;
import io.patchbay.connector.SettingProblem;
import io.patchbay.console.SettingField.Option;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The form of a connector's settings, drawn from its manifest and read back. Only what differs from how the page was made counts as
 * changed, so two people who change different settings at once both succeed.
 */
final class SettingsForm {

    static final String TITLE = "title";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String INPUT = "setting-";
    private static final String WAS = "was-";
    /** Names of the questions that were on the page: an unticked box is not sent, a hidden question neither. */
    private static final String ASKED = "asked";

    private static final String FORGET = "forget";

    private final Connector connector;
    private final Texts texts;

    SettingsForm(Connector connector, Texts texts) {
        this.connector = connector;
        this.texts = texts;
    }

    /**
     * The questions with what is stored.
     *
     * @param stored  open settings
     * @param secrets names of the secrets that are there
     */
    List<SettingField> fields(Map<String, JsonNode> stored, Set<String> secrets) {
        return questions()
                .map(setting -> {
                    var value = written(setting, stored);
                    return field(setting, value, value, "", secrets);
                })
                .toList();
    }

    /** The questions again, with what was typed and what is wrong with it. */
    List<SettingField> again(MultiValueMap<String, String> typed, List<SettingProblem> problems, Set<String> secrets) {
        var wrong = problems.stream()
                .collect(Collectors.toMap(SettingProblem::setting, SettingProblem::reason, (first, second) -> first));
        return questions()
                .map(setting -> field(
                        setting,
                        setting.isSecret() ? "" : typed(setting, typed),
                        first(typed, WAS + setting.name()),
                        Optional.ofNullable(wrong.get(setting.name()))
                                .map(reason -> reason == SettingProblem.Reason.NO_MAPPING
                                        ? texts.of(
                                                "problem.mapping",
                                                OwnMapping.problem(typed(setting, typed))
                                                        .orElse(""))
                                        : problem(setting, reason))
                                .orElse(""),
                        secrets))
                .toList();
    }

    /** What was changed, for {@code ConnectionSetup}; a JSON null takes a setting away. */
    Map<String, JsonNode> changes(MultiValueMap<String, String> typed) {
        var asked = Set.copyOf(typed.getOrDefault(ASKED, List.of()));
        var forget = Set.copyOf(typed.getOrDefault(FORGET, List.of()));
        var changes = new LinkedHashMap<String, JsonNode>();
        questions().filter(setting -> asked.contains(setting.name())).forEach(setting -> {
            var value = typed(setting, typed);
            if (setting.isSecret()) {
                if (!value.isEmpty()) {
                    changes.put(setting.name(), JSON.stringNode(value));
                } else if (forget.contains(setting.name())) {
                    changes.put(setting.name(), JSON.nullNode());
                }
            } else if (!value.equals(first(typed, WAS + setting.name()).replace("\r\n", "\n"))) {
                changes.put(setting.name(), value.isEmpty() ? JSON.nullNode() : read(setting, value));
            }
        });
        return changes;
    }

    String problem(SettingProblem problem) {
        return problem(
                connector.settings().get(problem.setting()) instanceof Setting known ? known : own(), problem.reason());
    }

    private String problem(Setting setting, SettingProblem.Reason reason) {
        return switch (reason) {
            case MISSING -> texts.of("field.required");
            case WRONG_FORM ->
                setting.example().isEmpty()
                        ? texts.of("problem.form")
                        : texts.of("problem.form-example", setting.example());
            case WRONG_TYPE -> texts.of(setting.type() == Setting.Type.NUMBER ? "problem.number" : "problem.form");
            case NOT_IN_CHOICE -> texts.of("problem.choice");
            case UNKNOWN -> texts.of("problem.unknown");
            case NO_MAPPING -> texts.of("problem.mapping", "");
        };
    }

    private Stream<Setting> questions() {
        return Stream.concat(connector.settings().values().stream(), Stream.of(own()));
    }

    /** The question every connector has: an address of its own in place of the usual one. */
    private static Setting own() {
        return new Setting(
                Connector.BASE_URL,
                Setting.Type.URL,
                false,
                Map.of(),
                Map.of(),
                Optional.empty(),
                "https://pbx.example.com/api",
                List.of(),
                Optional.empty());
    }

    private SettingField field(Setting setting, String value, String was, String problem, Set<String> secrets) {
        var locale = texts.locale();
        var strings = connector.strings();
        var isOwn = setting.name().equals(Connector.BASE_URL)
                && !connector.settings().containsKey(Connector.BASE_URL);
        return new SettingField(
                setting.name(),
                setting.type().name().toLowerCase(Locale.ROOT),
                isOwn ? texts.of("form.own-address") : strings.label(setting.name(), locale),
                isOwn
                        ? texts.of("form.own-address.help")
                        : strings.help(setting.name(), locale).orElse(""),
                setting.required() || !setting.requiredWhen().isEmpty(),
                setting.shownWhen().entrySet().stream()
                        .map(other -> INPUT + other.getKey() + "=" + other.getValue())
                        .collect(Collectors.joining("&")),
                value,
                was,
                setting.of().stream()
                        .map(choice -> new Option(
                                choice,
                                strings.find("settings." + setting.name() + "." + choice, locale)
                                        .orElse(choice)))
                        .toList(),
                setting.example(),
                problem,
                setting.isSecret() && secrets.contains(setting.name()),
                !isMain(setting));
    }

    /** What has to be filled in, and what decides what has to be. */
    private boolean isMain(Setting setting) {
        return setting.required()
                || !setting.requiredWhen().isEmpty()
                || connector.settings().values().stream()
                        .anyMatch(other -> other.requiredWhen().containsKey(setting.name()));
    }

    /** A stored value, or the manifest's, as it stands in the input. */
    private static String written(Setting setting, Map<String, JsonNode> stored) {
        var value = Optional.ofNullable(stored.get(setting.name())).or(setting::fallback);
        return switch (setting.type()) {
            case SECRET -> "";
            case LIST ->
                value.map(list -> list.valueStream()
                                .map(line -> line.asString(""))
                                .collect(Collectors.joining("\n")))
                        .orElse("");
            case TEXT, JSLT, CHOICE, NUMBER, FLAG, URL ->
                value.map(one -> one.isContainer() ? "" : one.asString("")).orElse("");
        };
    }

    private static String typed(Setting setting, MultiValueMap<String, String> typed) {
        var value = first(typed, INPUT + setting.name());
        return switch (setting.type()) {
            case FLAG -> Boolean.toString(!value.isEmpty());
            case LIST ->
                Arrays.stream(value.split("\\R"))
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("\n"));
            case JSLT -> value.replace("\r\n", "\n").strip();
            case TEXT, SECRET, CHOICE, NUMBER, URL -> value.strip();
        };
    }

    private static JsonNode read(Setting setting, String value) {
        return switch (setting.type()) {
            case FLAG -> JSON.booleanNode(Boolean.parseBoolean(value));
            case LIST -> {
                var list = JSON.arrayNode();
                value.lines().forEach(list::add);
                yield list;
            }
            case NUMBER -> number(value);
            case TEXT, SECRET, CHOICE, URL, JSLT -> JSON.stringNode(value);
        };
    }

    /** What is no number stays a text and is refused as such. */
    private static JsonNode number(String value) {
        if (value.matches("-?\\d{1,18}")) {
            return JSON.numberNode(Long.parseLong(value));
        }
        return value.matches("-?\\d{1,18}[.]\\d{1,18}")
                ? JSON.numberNode(new BigDecimal(value))
                : JSON.stringNode(value);
    }

    private static String first(MultiValueMap<String, String> typed, String name) {
        var value = typed.getFirst(name);
        return value == null ? "" : value;
    }
}
