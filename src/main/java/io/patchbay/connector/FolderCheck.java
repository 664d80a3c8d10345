package io.patchbay.connector;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether the parts of a folder fit together: what the manifest, the mappings and the icon say of one another. */
final class FolderCheck {

    private static final String ICON = "icon.svg";
    private static final Pattern USED_SETTING =
            Pattern.compile("(?:(?<![\\w\\]])\\.|\\$)settings\\.(\"?)([A-Za-z_][A-Za-z0-9_-]*)\\1");

    // an icon is shown inside the console's pages
    private static final Pattern ACTIVE_SVG = Pattern.compile(
            "(?i)<!(?:doctype|entity)|<(?:script|foreignObject|iframe|embed|object|image|use|style|a|animate|set)\\b"
                    + "|\\son[a-z]+\\s*=|javascript:|(?:href|src)\\s*=|url\\(\\s*['\"]?(?!#)");

    private static final Set<Operation> OF_WHO_KEEPS_CLIENTS =
            EnumSet.range(Operation.FIND_CLIENT, Operation.CREATE_TASK);

    /** What makes no sense without the other. */
    private static final Map<Operation, Operation> NEED = Map.of(
            Operation.OPEN_CALL, Operation.CLOSE_CALL,
            Operation.CLOSE_CALL, Operation.OPEN_CALL,
            Operation.UNSUBSCRIBE, Operation.SUBSCRIBE,
            Operation.SUBSCRIBE, Operation.DECODE_HOOK,
            Operation.HIDE_CARD, Operation.SHOW_CARD);

    private final Connector connector;
    private final List<Problem> problems = new ArrayList<>();

    private FolderCheck(Connector connector) {
        this.connector = connector;
    }

    static List<Problem> of(Connector connector) {
        var check = new FolderCheck(connector);
        check.versions();
        check.operations();
        check.conditions();
        check.links();
        check.usedSettings();
        check.icon();
        return check.problems;
    }

    /** One step for each version after the first, in their order, so that settings of every age find their way. */
    private void versions() {
        if (connector.version() < 1) {
            manifest("version", "must be 1 or more.");
        }
        var steps = connector.migrate();
        for (var i = 0; i < steps.size(); i++) {
            if (steps.get(i).to() != i + 2) {
                manifest(
                        "migrate[" + i + "].to", "must be " + (i + 2) + ": one step for each version, in their order.");
            }
            var named = new TreeSet<>(steps.get(i).set().keySet());
            named.addAll(steps.get(i).rename().values());
            named.addAll(steps.get(i).values().keySet());
            if (i == steps.size() - 1) {
                var at = "migrate[" + i + "]";
                named.stream()
                        .filter(name -> !connector.settings().containsKey(name) && !name.equals(Connector.BASE_URL))
                        .forEach(name -> manifest(at, "names the setting " + name + ", which is not under settings."));
            }
        }
        if (connector.version() > 1 && steps.size() != connector.version() - 1) {
            manifest("migrate", "must have a step for each version up to " + connector.version() + ".");
        }
    }

    private void operations() {
        var pbx = connector.kind() == Connector.Kind.PBX;
        connector.can().stream()
                .filter(operation -> pbx ? OF_WHO_KEEPS_CLIENTS.contains(operation) : operation == Operation.ORIGINATE)
                .forEach(operation -> manifest(
                        "can",
                        operation.word() + " is nothing that a "
                                + connector.kind().word() + " does. Take it out, or correct kind."));
        NEED.forEach((operation, other) -> {
            if (connector.declares(operation) && !connector.declares(other)) {
                manifest("can", operation.word() + " is of no use without " + other.word() + ". Add it.");
            }
        });
        if (!connector.newClients().isEmpty() && !connector.declares(Operation.CREATE_CLIENT)) {
            manifest("newClients", "is of no use without create-client. Add it under can, or take this out.");
        }
        connector.fields().stream()
                .filter(operation -> !connector.declares(operation))
                .forEach(operation -> manifest(
                        "fields", operation.word() + " is not under can, so no field can go into its request."));
        for (var i = 0; i < connector.cannot().size(); i++) {
            var field = "cannot[" + i + "].these";
            connector.cannot().get(i).these().stream()
                    .filter(operation -> !connector.declares(operation))
                    .forEach(operation ->
                            manifest(field, operation.word() + " is not under can, so nothing can take it away."));
        }
    }

    /** Conditions name settings, and values a setting can have. */
    private void conditions() {
        for (var i = 0; i < connector.access().auth().size(); i++) {
            condition("auth[" + i + "].when", connector.access().auth().get(i).when());
        }
        for (var i = 0; i < connector.cannot().size(); i++) {
            condition("cannot[" + i + "].when", connector.cannot().get(i).when());
        }
        connector.settings().values().forEach(setting -> {
            condition("settings." + setting.name() + ".requiredWhen", setting.requiredWhen());
            condition("settings." + setting.name() + ".shownWhen", setting.shownWhen());
        });
    }

    private void condition(String field, Map<String, String> when) {
        when.forEach((name, value) -> {
            var setting = connector.settings().get(name);
            if (setting == null) {
                manifest(field, "names the setting " + name + ", which is not under settings.");
            } else if (setting.type() == Setting.Type.CHOICE && !setting.of().contains(value)) {
                manifest(
                        field + "." + name,
                        "is " + value + ", which " + name + " can never be. It is one of "
                                + String.join(", ", setting.of()) + ".");
            }
        });
    }

    private void links() {
        var known = new TreeSet<>(connector.settings().keySet());
        known.addAll(List.of("kind", "id", Connector.BASE_URL));
        connector
                .links()
                .forEach((name, link) -> link.names().stream()
                        .filter(used -> !known.contains(used))
                        .forEach(used -> manifest(
                                "links." + name, "names {" + used + "}, which is neither a setting nor kind or id.")));
    }

    private void usedSettings() {
        for (var file : connector.folder().files("mappings/", ".jslt")) {
            var lines = connector.folder().text(file).orElse("").lines().toList();
            for (var i = 0; i < lines.size(); i++) {
                var found = USED_SETTING.matcher(lines.get(i).replaceAll("//.*", ""));
                while (found.find()) {
                    var name = found.group(2);
                    var setting = connector.settings().get(name);
                    if (setting == null && !name.equals(Connector.BASE_URL)) {
                        problems.add(new Problem(
                                file,
                                i + 1,
                                "",
                                "uses .settings." + name + ", which is not under settings of connector.yaml."));
                    } else if (setting != null && setting.isSecret()) {
                        problems.add(new Problem(
                                file,
                                i + 1,
                                "",
                                "uses .settings." + name + ", but a mapping never sees a secret. Let auth send it."));
                    }
                }
            }
        }
    }

    private void icon() {
        var text = connector.folder().text(ICON);
        if (text.isEmpty()) {
            problems.add(new Problem(ICON, "", "is missing. Draw an SVG of a few shapes."));
        } else if (!text.get().strip().startsWith("<svg")) {
            problems.add(new Problem(ICON, "", "must begin with <svg."));
        } else {
            var lines = text.get().lines().toList();
            for (var i = 0; i < lines.size(); i++) {
                var found = ACTIVE_SVG.matcher(lines.get(i));
                if (found.find()) {
                    problems.add(new Problem(
                            ICON,
                            i + 1,
                            "",
                            "has '" + found.group().strip()
                                    + "': an icon is shapes only, without scripts, styles and references."));
                }
            }
        }
    }

    private void manifest(String field, String text) {
        problems.add(new Problem(ManifestReader.FILE, field, text));
    }
}
