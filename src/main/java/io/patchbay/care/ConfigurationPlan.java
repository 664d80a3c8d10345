package io.patchbay.care;

import io.patchbay.call.Extension;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.YamlDocument;
import io.patchbay.directory.Employee;
import io.patchbay.directory.Employees;
import io.patchbay.effect.RuleBook;
import io.patchbay.effect.RulesJson;
import io.patchbay.fields.FieldMaps;
import io.patchbay.fields.FieldsJson;
import io.patchbay.retention.Kept;
import io.patchbay.retention.Retention;
import io.patchbay.watch.HabitBook;
import io.patchbay.watch.Habits;
import io.patchbay.watch.WorkingHours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Compares a written configuration with what a company has, and says what is to be done. Done twice it is done once; what the text does not name stays as it is.
 */
@Component
class ConfigurationPlan {

    private final Connections connections;
    private final Connectors connectors;
    private final Secrets secrets;
    private final RuleBook rules;
    private final FieldMaps fields;
    private final Employees employees;
    private final HabitBook habits;
    private final Retention retention;

    ConfigurationPlan(
            Connections connections,
            Connectors connectors,
            Secrets secrets,
            RuleBook rules,
            FieldMaps fields,
            Employees employees,
            HabitBook habits,
            Retention retention) {
        this.connections = connections;
        this.connectors = connectors;
        this.secrets = secrets;
        this.rules = rules;
        this.fields = fields;
        this.employees = employees;
        this.habits = habits;
        this.retention = retention;
    }

    /** @param what for people */
    record Step(String what, Runnable work) {}

    /**
     * @param problems each with its line; while there is one, nothing is done
     * @param steps    in the order in which they are done
     * @param secrets  to be entered by hand afterwards, {@code <connector>/<title>: <names>}
     */
    record Plan(List<String> problems, List<Step> steps, List<String> secrets) {}

    Plan of(CompanyId company, String text) {
        try {
            return new Reading(company, YamlDocument.of(text)).plan();
        } catch (YamlDocument.WrongYaml e) {
            return new Plan(List.of("line " + e.line() + ": " + e.getMessage()), List.of(), List.of());
        }
    }

    private final class Reading {

        private final CompanyId company;
        private final YamlDocument document;
        private final List<String> problems = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<String> toEnter = new ArrayList<>();

        /** Ids by name; those that are made are known only when the steps are done. */
        private final Map<String, ConnectionId> known = new HashMap<>();

        private final HashSet<String> named = new HashSet<>();

        Reading(CompanyId company, YamlDocument document) {
            this.company = company;
            this.document = document;
        }

        Plan plan() {
            var root = document.tree();
            if (root.path("patchbay").asInt(0) != Configuration.FORMAT) {
                wrong(
                        "patchbay",
                        "this is no configuration that this release can read: it begins with \"patchbay: 1\"");
                return new Plan(problems, List.of(), List.of());
            }
            connections.of(company).forEach(connection -> known.put(Configuration.nameOf(connection), connection.id()));
            each(root, "connections", this::connection);
            each(root, "employees", this::employee);
            if (root.has("workingHours")) {
                hours(root.path("workingHours"));
            }
            retention(root.path("retention"));
            return new Plan(problems, steps, toEnter);
        }

        private interface Reader {
            void read(String path, JsonNode node);
        }

        private void each(JsonNode root, String list, Reader reader) {
            if (root.has(list) && !root.path(list).isArray()) {
                wrong(list, list + " must be a list");
            }
            for (int i = 0; i < root.path(list).size(); i++) {
                reader.read(list + "[" + i + "]", root.path(list).get(i));
            }
        }

        private void wrong(String path, String why) {
            problems.add("line " + document.line(path) + ": " + why);
        }

        private void connection(String path, JsonNode json) {
            var name = Configuration.nameOf(json);
            var title = json.path("title").asString("").strip();
            var connector = connectors.find(json.path("connector").asString(""));
            if (title.isEmpty() || title.length() > 200) {
                wrong(path + ".title", "a connection needs a title of 1 to 200 characters");
            }
            if (!named.add(name)) {
                wrong(path + ".title", "the connection " + name + " is there twice");
            }
            if (connector.isEmpty()) {
                wrong(
                        path + ".connector",
                        "there is no usable connector " + json.path("connector").asString(""));
                return;
            }
            var settings = settings(path, json, connector.get());
            var id = Optional.ofNullable(known.get(name));
            var have = id.map(connections::get);
            have.ifPresentOrElse(
                    connection -> change(connection, settings, json),
                    () -> add(name, title, connector.get(), settings, json));
            missing(name, id, connector.get(), json);
            if (json.has("rules")) {
                rules(path, name, id, json.path("rules"));
            }
            if (json.has("fields")) {
                fields(path, name, id, json.path("fields"));
            }
        }

        private Map<String, JsonNode> settings(String path, JsonNode json, Connector connector) {
            var settings = new TreeMap<String, JsonNode>();
            json.path("settings").properties().forEach(one -> {
                var setting = connector.settings().get(one.getKey());
                if (setting != null && setting.isSecret()) {
                    wrong(
                            path + ".settings." + one.getKey(),
                            one.getKey() + " is a secret: it is entered in the console");
                } else {
                    settings.put(one.getKey(), one.getValue());
                }
            });
            var secretNames = new HashSet<String>();
            connector.settings().forEach((name, setting) -> {
                if (setting.isSecret()) {
                    secretNames.add(name); // they are entered afterwards
                }
            });
            connector
                    .problems(settings, secretNames)
                    .forEach(problem -> wrong(
                            path + ".settings." + problem.setting(),
                            "the setting " + problem.setting() + " is wrong: "
                                    + problem.reason()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', ' ')));
            return settings;
        }

        private void add(
                String name, String title, Connector connector, Map<String, JsonNode> settings, JsonNode json) {
            var off = !json.path("enabled").asBoolean(true)
                    || !json.path("secrets").isEmpty();
            steps.add(new Step("add the connection " + name + (off ? ", switched off" : ""), () -> {
                var made = connections.add(company, connector.id(), title, settings);
                if (off) {
                    connections.change(made.id(), Connections.Change.enabled(false));
                }
                known.put(name, made.id());
            }));
        }

        private void change(Connection connection, Map<String, JsonNode> settings, JsonNode json) {
            var changes = new TreeMap<String, JsonNode>();
            settings.forEach((setting, value) -> {
                if (!value.equals(connection.settings().get(setting))) {
                    changes.put(setting, value);
                }
            });
            connection.settings().keySet().stream()
                    .filter(setting -> !settings.containsKey(setting))
                    .forEach(setting -> changes.put(setting, JsonNodeFactory.instance.nullNode()));
            var name = Configuration.nameOf(connection);
            if (!changes.isEmpty()) {
                steps.add(new Step(
                        "change of " + name + ": " + String.join(", ", changes.keySet()),
                        () -> connections.change(connection.id(), Connections.Change.settings(changes))));
            }
            if (connection.enabled() && !json.path("enabled").asBoolean(true)) {
                steps.add(new Step(
                        "switch off " + name,
                        () -> connections.change(connection.id(), Connections.Change.enabled(false))));
            }
        }

        private void missing(String name, Optional<ConnectionId> id, Connector connector, JsonNode json) {
            var there = id.map(secrets::names).orElse(Set.of());
            var missing = new ArrayList<String>();
            for (var secret : json.path("secrets")) {
                if (!there.contains(secret.asString("")) && connector.settings().containsKey(secret.asString(""))) {
                    missing.add(secret.asString(""));
                }
            }
            if (!missing.isEmpty()) {
                toEnter.add(name + ": " + String.join(", ", missing));
            }
        }

        private void rules(String path, String name, Optional<ConnectionId> id, JsonNode json) {
            var read = RulesJson.read(json);
            read.problems()
                    .forEach(problem ->
                            wrong(path + ".rules." + problem.field(), problem.field() + " " + problem.message()));
            if (id.filter(one -> rules.of(one.value()).equals(read.rules())).isEmpty()) {
                steps.add(new Step(
                        "set the rules of " + name,
                        () -> rules.replace(company, idOf(name).value(), read.rules())));
            }
        }

        private void fields(String path, String name, Optional<ConnectionId> id, JsonNode json) {
            var read = FieldsJson.read(json);
            read.problems()
                    .forEach(problem ->
                            wrong(path + ".fields." + problem.field(), problem.field() + " " + problem.message()));
            var same = id.filter(one -> FieldsJson.write(fields.of(one.value())).equals(FieldsJson.write(read.map())));
            if (same.isEmpty()) {
                steps.add(new Step(
                        "set the fields of " + name,
                        () -> fields.replace(company, idOf(name).value(), read.map())));
            }
        }

        private ConnectionId idOf(String name) {
            return Optional.ofNullable(known.get(name))
                    .orElseThrow(() -> new CareException("The connection " + name + " was not made."));
        }

        private void employee(String path, JsonNode json) {
            var name = json.path("name").asString("").strip();
            var email = Optional.of(json.path("email").asString("")).filter(text -> !text.isBlank());
            var digits = json.path("extension").asString("");
            if (name.isEmpty()) {
                wrong(path + ".name", "an employee needs a name");
                return;
            }
            if (!digits.isEmpty() && !digits.matches("\\d{1,10}")) {
                wrong(path + ".extension", "an extension has digits only");
                return;
            }
            var extension = Optional.of(digits).filter(text -> !text.isEmpty()).map(Extension::new);
            json.path("ids").propertyNames().stream()
                    .filter(connection -> !named.contains(connection) && !known.containsKey(connection))
                    .forEach(connection -> wrong(path + ".ids." + connection, "there is no connection " + connection));
            var active = json.path("active").asBoolean(true);
            var have = employees.all(company).stream()
                    .filter(one -> email.isPresent()
                            ? one.email().equals(email)
                            : one.name().equals(name))
                    .findFirst();
            var wanted = have.map(one -> new Employee(one.id(), one.company(), name, email, extension, active));
            var ids = new TreeMap<String, String>();
            json.path("ids")
                    .properties()
                    .forEach(one -> ids.put(one.getKey(), one.getValue().asString("")));
            if (have.isEmpty()) {
                steps.add(new Step(
                        "add the employee " + name,
                        () -> tie(employees.add(company, name, email, extension, active), ids)));
            } else if (!wanted.equals(have)
                    || !have.map(this::idsOf).orElseThrow().entrySet().containsAll(ids.entrySet())) {
                steps.add(
                        new Step("change the employee " + name, () -> tie(employees.save(wanted.orElseThrow()), ids)));
            }
        }

        private Map<String, String> idsOf(Employee employee) {
            var ids = new TreeMap<String, String>();
            var told = employees.idsOf(employee.id());
            known.forEach((name, id) -> {
                var there = told.get(id.value());
                if (there != null) {
                    ids.put(name, there);
                }
            });
            return ids;
        }

        private void tie(Employee employee, Map<String, String> ids) {
            ids.forEach((name, id) -> employees.tie(employee.id(), idOf(name).value(), id));
        }

        private void hours(JsonNode json) {
            try {
                var days = EnumSet.noneOf(DayOfWeek.class);
                json.path("days").forEach(day -> days.add(DayOfWeek.valueOf(day.asString(""))));
                var wanted = new Habits(
                        new WorkingHours(
                                days,
                                LocalTime.parse(json.path("opens").asString("")),
                                LocalTime.parse(json.path("closes").asString(""))),
                        Duration.ofMinutes(json.path("silenceMinutes").asLong(-1)));
                if (!wanted.equals(habits.of(company))) {
                    steps.add(new Step("set the working hours", () -> habits.set(company, wanted)));
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                wrong("workingHours", "the working hours are wrong: " + e.getMessage());
            }
        }

        private void retention(JsonNode json) {
            var have = retention.of(company);
            var changes = new TreeMap<Kept, Integer>();
            json.properties().forEach(one -> {
                var kind = Kept.of(one.getKey());
                var days = one.getValue().asInt(-1);
                if (kind.isEmpty() || !kind.get().allows(days)) {
                    wrong("retention." + one.getKey(), one.getKey() + " is no kind of data, or its days are wrong");
                } else if (days != have.getOrDefault(kind.get(), 0)) {
                    changes.put(kind.get(), days);
                }
            });
            if (!changes.isEmpty()) {
                steps.add(new Step("set how long what is kept", () -> retention.set(company, changes)));
            }
        }
    }
}
