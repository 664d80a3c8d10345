package io.patchbay.effect;

import io.patchbay.call.ResponsibleRule;
import io.patchbay.rules.CallKind;
import io.patchbay.rules.NewClient;
import io.patchbay.rules.OrderRule;
import io.patchbay.rules.PopUp;
import io.patchbay.rules.Responsible;
import io.patchbay.rules.Rule;
import io.patchbay.rules.RuleSet;
import io.patchbay.rules.TaskChoice;
import io.patchbay.rules.TaskRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rules as they are stored and as programs write them: docs/rules.md. Reading tells all that is wrong at once. */
public final class RulesJson {

    private static final int MOST_RULES = 200;
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(365);

    private final List<Problem> problems = new ArrayList<>();

    private RulesJson() {}

    /** @param field where, e.g. {@code rules[0].then.popUp} */
    public record Problem(String field, String message) {}

    /** @param rules only what was right of them when there are problems */
    public record Read(RuleSet rules, List<Problem> problems) {}

    public static Read read(JsonNode json) {
        var reader = new RulesJson();
        var rules = reader.ruleSet(json);
        return new Read(rules, List.copyOf(reader.problems));
    }

    public static ObjectNode write(RuleSet rules) {
        var json = JsonNodeFactory.instance.objectNode();
        rules.callBack().ifPresent(employee -> json.put("callBack", employee));
        rules.orders().ifPresent(orders -> json.put("orders", orders.name()));
        var rows = json.putArray("rules");
        rules.rules().forEach(rule -> write(rule, rows.addObject()));
        return json;
    }

    private static void write(Rule rule, ObjectNode json) {
        var when = json.putObject("when");
        if (!rule.kinds().isEmpty()) {
            var kinds = when.putArray("kinds");
            rule.kinds().stream().sorted().forEach(kind -> kinds.add(kind.name()));
        }
        rule.known().ifPresent(known -> when.put("client", known ? "KNOWN" : "UNKNOWN"));
        if (!rule.lines().isEmpty()) {
            var lines = when.putArray("lines");
            rule.lines().stream().sorted().forEach(lines::add);
        }
        var then = json.putObject("then");
        rule.popUp().ifPresent(popUp -> then.put("popUp", popUp.name()));
        rule.log().ifPresent(log -> then.put("log", log));
        rule.newClient()
                .ifPresent(client ->
                        then.put("newClient", client.wanted() ? client.kind().orElse("usual") : "none"));
        rule.responsible().ifPresent(who -> then.set("responsible", written(who)));
        rule.task().ifPresent(task -> then.set("task", written(task)));
    }

    private static ObjectNode written(Responsible who) {
        var json = JsonNodeFactory.instance.objectNode();
        return switch (who) {
            case Responsible.OfCall ofCall -> json.put("by", ofCall.rule().name());
            case Responsible.ClientsManager ignored -> json.put("by", "CLIENTS_MANAGER");
            case Responsible.Fixed fixed -> json.put("by", "FIXED").put("employee", fixed.employee());
        };
    }

    private static ObjectNode written(TaskChoice task) {
        var json = JsonNodeFactory.instance.objectNode();
        switch (task) {
            case TaskChoice.None ignored -> json.put("wanted", false);
            case TaskRule rule -> {
                json.put("wanted", true).put("deadlineMinutes", rule.deadline().toMinutes());
                json.put("forgetInMinutes", rule.forgetIn().toMinutes());
                rule.title().ifPresent(title -> json.put("title", title));
                rule.text().ifPresent(text -> json.put("text", text));
                rule.whom().ifPresent(whom -> json.set("for", written(whom)));
            }
        }
        return json;
    }

    private RuleSet ruleSet(JsonNode json) {
        if (!json.isObject()) {
            problem("", "must be an object.");
            return RuleSet.DEFAULT;
        }
        known(json, "", Set.of("callBack", "orders", "rules"));
        var rows = json.path("rules");
        if (!rows.isMissingNode() && !rows.isNull() && !rows.isArray()) {
            problem("rules", "must be a list.");
        }
        if (rows.size() > MOST_RULES) {
            problem("rules", "must not be more than " + MOST_RULES + ".");
        }
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < Math.min(rows.size(), MOST_RULES); i++) {
            rules.add(rule(rows.get(i), "rules[" + i + "]"));
        }
        return new RuleSet(
                rules,
                text(json, "callBack", "callBack"),
                oneOf(json, "orders", "orders", OrderRule.class),
                RuleSet.DEFAULT.recordingWait());
    }

    private Rule rule(JsonNode json, String at) {
        known(json, at, Set.of("when", "then"));
        var when = json.path("when");
        var then = json.path("then");
        known(when, at + ".when", Set.of("kinds", "client", "lines"));
        known(then, at + ".then", Set.of("popUp", "log", "newClient", "responsible", "task"));
        if (then.isEmpty()) {
            problem(at + ".then", "must say what is to be done.");
        }
        return new Rule(
                kinds(when.path("kinds"), at + ".when.kinds"),
                oneOf(when, "client", at + ".when.client", Known.class).map(client -> client == Known.KNOWN),
                lines(when.path("lines"), at + ".when.lines"),
                oneOf(then, "popUp", at + ".then.popUp", PopUp.class),
                flag(then, "log", at + ".then.log"),
                text(then, "newClient", at + ".then.newClient").map(word -> switch (word) {
                    case "none" -> NewClient.NONE;
                    case "usual" -> NewClient.USUAL;
                    default -> NewClient.of(word);
                }),
                given(then, "responsible").flatMap(who -> responsible(who, at + ".then.responsible")),
                given(then, "task").map(task -> task(task, at + ".then.task")));
    }

    private enum Known {
        KNOWN,
        UNKNOWN
    }

    private Set<CallKind> kinds(JsonNode json, String at) {
        var kinds = new LinkedHashSet<CallKind>();
        for (var word : json) {
            oneOf(word.asString(""), at, CallKind.class).ifPresent(kinds::add);
        }
        return kinds;
    }

    private Set<String> lines(JsonNode json, String at) {
        var lines = new LinkedHashSet<String>();
        for (var line : json) {
            if (line.asString("").chars().filter(Character::isDigit).count() < 2) {
                problem(at, "must be a list of the company's numbers.");
            } else {
                lines.add(line.asString());
            }
        }
        return lines;
    }

    private Optional<Responsible> responsible(JsonNode json, String at) {
        known(json, at, Set.of("by", "employee"));
        var employee = text(json, "employee", at + ".employee");
        return switch (json.path("by").asString("")) {
            case "CLIENTS_MANAGER" -> Optional.of(new Responsible.ClientsManager());
            case "FIXED" -> {
                if (employee.isEmpty()) {
                    problem(at + ".employee", "must be the id of the employee in the connected system.");
                }
                yield employee.map(Responsible.Fixed::new);
            }
            case String word ->
                Arrays.stream(ResponsibleRule.values())
                        .filter(rule -> rule.name().equals(word))
                        .findFirst()
                        .<Responsible>map(Responsible.OfCall::new)
                        .or(() -> {
                            problem(
                                    at + ".by",
                                    "must be one of " + Arrays.toString(ResponsibleRule.values())
                                            + ", CLIENTS_MANAGER, FIXED.");
                            return Optional.empty();
                        });
        };
    }

    private TaskChoice task(JsonNode json, String at) {
        known(json, at, Set.of("wanted", "deadlineMinutes", "forgetInMinutes", "title", "text", "for"));
        if (!flag(json, "wanted", at + ".wanted").orElse(true)) {
            return new TaskChoice.None();
        }
        return new TaskRule(
                minutes(json, "deadlineMinutes", at, TaskRule.USUAL.deadline()),
                minutes(json, "forgetInMinutes", at, TaskRule.USUAL.forgetIn()),
                template(json, "title", at),
                template(json, "text", at),
                given(json, "for").flatMap(whom -> responsible(whom, at + ".for")));
    }

    private Optional<String> template(JsonNode json, String member, String at) {
        var template = text(json, member, at + "." + member);
        template.map(TaskRule::unknownPlaceholders)
                .filter(unknown -> !unknown.isEmpty())
                .ifPresent(unknown -> problem(
                        at + "." + member,
                        "names " + unknown + ", which stands for nothing; there are "
                                + TaskRule.PLACEHOLDERS.stream().sorted().toList() + "."));
        return template;
    }

    private Duration minutes(JsonNode json, String member, String at, Duration usual) {
        var given = given(json, member);
        if (given.isEmpty()) {
            return usual;
        }
        var minutes = given.get().isIntegralNumber() ? given.get().asLong(0) : 0;
        if (minutes < 1 || minutes > LONGEST_DEADLINE.toMinutes()) {
            problem(at + "." + member, "must be a number of minutes from 1 to " + LONGEST_DEADLINE.toMinutes() + ".");
            return usual;
        }
        return Duration.ofMinutes(minutes);
    }

    private Optional<Boolean> flag(JsonNode json, String member, String at) {
        return given(json, member).flatMap(value -> {
            if (!value.isBoolean()) {
                problem(at, "must be true or false.");
                return Optional.empty();
            }
            return Optional.of(value.asBoolean());
        });
    }

    private Optional<String> text(JsonNode json, String member, String at) {
        return given(json, member).flatMap(value -> {
            if (!value.isString() || value.asString().isBlank()) {
                problem(at, "must be a text.");
                return Optional.empty();
            }
            return Optional.of(value.asString());
        });
    }

    private <E extends Enum<E>> Optional<E> oneOf(JsonNode json, String member, String at, Class<E> type) {
        return given(json, member).flatMap(value -> oneOf(value.asString(""), at, type));
    }

    private <E extends Enum<E>> Optional<E> oneOf(String word, String at, Class<E> type) {
        var found = Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(word))
                .findFirst();
        if (found.isEmpty()) {
            problem(at, "must be one of " + Arrays.toString(type.getEnumConstants()) + ".");
        }
        return found;
    }

    private void known(JsonNode json, String at, Set<String> members) {
        if (!json.isMissingNode() && !json.isObject()) {
            problem(at, "must be an object.");
        }
        json.propertyNames().stream()
                .filter(name -> !members.contains(name))
                .forEach(name -> problem(at.isEmpty() ? name : at + "." + name, "is unknown here."));
    }

    private static Optional<JsonNode> given(JsonNode json, String member) {
        return json.hasNonNull(member) ? Optional.of(json.get(member)) : Optional.empty();
    }

    private void problem(String field, String message) {
        problems.add(new Problem(field, message));
    }
}
