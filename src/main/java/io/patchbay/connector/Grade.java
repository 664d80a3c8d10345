package io.patchbay.connector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How far a connector has come: {@code grade.yaml} says of each rule of the quality scale whether it is done, still to do, or does not apply.
 *
 * @param rules by name, in the scale's order; empty when the folder has no {@code grade.yaml}
 */
public record Grade(Map<String, Rule> rules) {

    static final String FILE = "grade.yaml";

    /** The scale. A level is reached when none of its rules, and none of the levels before, is still to do. */
    public enum Level {
        BASIC("contract-suite", "tried-before-saved", "errors-explained", "sources", "no-secret-in-log"),
        RELIABLE("renews-login", "keeps-pace", "recovers", "closes-gaps", "replay-without-duplicate"),
        COMPLETE("limits-listed", "examples-run", "live-account");

        private final List<String> rules;

        Level(String... rules) {
            this.rules = List.of(rules);
        }

        public List<String> rules() {
            return rules;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Standing {
        DONE,
        TODO,
        EXEMPT
    }

    /** @param why empty for what is done */
    public record Rule(Level level, Standing standing, String why) {}

    static Grade of(ConnectorFolder folder, List<Problem> problems) {
        var text = folder.text(FILE);
        if (text.isEmpty()) {
            return new Grade(Map.of());
        }
        try {
            return read(YamlDocument.of(text.get()), problems);
        } catch (YamlDocument.WrongYaml e) {
            problems.add(new Problem(FILE, e.line(), "", "is no YAML: " + e.getMessage() + "."));
            return new Grade(Map.of());
        }
    }

    private static Grade read(YamlDocument document, List<Problem> problems) {
        var rules = new LinkedHashMap<String, Rule>();
        for (var level : Level.values()) {
            var given = document.tree().path(level.word());
            for (var name : level.rules()) {
                var path = level.word() + "." + name;
                var rule = rule(level, given.path(name));
                if (rule.isPresent()) {
                    rules.put(name, rule.get());
                } else {
                    problems.add(new Problem(
                            FILE, document.line(path), path, "must be done, {todo: why} or {exempt: why}."));
                }
            }
            given.propertyNames().stream()
                    .filter(name -> !level.rules().contains(name))
                    .forEach(name -> problems.add(new Problem(
                            FILE,
                            document.line(level.word() + "." + name),
                            level.word() + "." + name,
                            "is no rule of the scale. Rules: " + String.join(", ", level.rules()) + ".")));
        }
        return new Grade(rules);
    }

    private static Optional<Rule> rule(Level level, JsonNode given) {
        if (given.isString() && given.asString().equals("done")) {
            return Optional.of(new Rule(level, Standing.DONE, ""));
        }
        for (var standing : List.of(Standing.TODO, Standing.EXEMPT)) {
            var why = given.path(standing.name().toLowerCase(Locale.ROOT)).asString("");
            if (given.size() == 1 && !why.isBlank()) {
                return Optional.of(new Rule(level, standing, why));
            }
        }
        return Optional.empty();
    }

    /** The highest level reached, empty when not even the first is. */
    public Optional<Level> level() {
        var reached = new ArrayList<Level>();
        for (var level : Level.values()) {
            var rows = rules.values().stream()
                    .filter(rule -> rule.level() == level)
                    .toList();
            if (rows.isEmpty() || rows.stream().anyMatch(rule -> rule.standing() == Standing.TODO)) {
                break;
            }
            reached.add(level);
        }
        return reached.isEmpty() ? Optional.empty() : Optional.of(reached.getLast());
    }

    /** Rules of one standing with their reasons. */
    public Map<String, String> reasons(Standing standing) {
        var all = new LinkedHashMap<String, String>();
        rules.forEach((name, rule) -> {
            if (rule.standing() == standing) {
                all.put(name, rule.why());
            }
        });
        return all;
    }
}
