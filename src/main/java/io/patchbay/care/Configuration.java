package io.patchbay.care;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.directory.Employees;
import io.patchbay.effect.RuleBook;
import io.patchbay.effect.RulesJson;
import io.patchbay.fields.FieldMap;
import io.patchbay.fields.FieldMaps;
import io.patchbay.fields.FieldsJson;
import io.patchbay.retention.Retention;
import io.patchbay.rules.RuleSet;
import io.patchbay.watch.HabitBook;
import java.time.DayOfWeek;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A company's configuration as a text that two can compare: without secrets, always in the same order, and with names instead of ids, so that another hub can take it.
 */
@Component
class Configuration {

    static final int FORMAT = 1;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .build();

    private final Connections connections;
    private final Connectors connectors;
    private final Secrets secrets;
    private final RuleBook rules;
    private final FieldMaps fields;
    private final Employees employees;
    private final HabitBook habits;
    private final Retention retention;

    Configuration(
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

    String write(CompanyId company) {
        var root = JsonNodeFactory.instance.objectNode().put("patchbay", FORMAT);
        var all = root.putArray("connections");
        connections.of(company).stream()
                .sorted(Comparator.comparing(Connection::connector).thenComparing(Connection::title))
                .forEach(connection -> write(connection, all.addObject()));
        var people = root.putArray("employees");
        writeEmployees(company, people);
        writeHours(company, root.putObject("workingHours"));
        var days = root.putObject("retention");
        retention.of(company).forEach((kind, number) -> days.put(kind.word(), number));
        return YAML.writeValueAsString(root);
    }

    private void write(Connection connection, ObjectNode json) {
        json.put("title", connection.title())
                .put("connector", connection.connector())
                .put("enabled", connection.enabled());
        var settings = json.putObject("settings");
        new TreeMap<>(connection.settings()).forEach(settings::set);
        var names = json.putArray("secrets");
        connectors
                .find(connection.connector())
                .ifPresent(connector -> secretsOf(connection, connector).forEach(names::add));
        var own = rules.of(connection.id().value());
        if (!own.equals(RuleSet.DEFAULT)) {
            json.set("rules", RulesJson.write(own));
        }
        var filled = fields.of(connection.id().value());
        if (!filled.equals(FieldMap.EMPTY)) {
            json.set("fields", FieldsJson.write(filled));
        }
    }

    /** Those that are set; the vault also keeps what is no setting, e.g. the hook's address. */
    private TreeSet<String> secretsOf(Connection connection, Connector connector) {
        var names = new TreeSet<>(secrets.names(connection.id()));
        names.removeIf(name -> {
            var setting = connector.settings().get(name);
            return setting == null || !setting.isSecret();
        });
        return names;
    }

    private void writeEmployees(CompanyId company, ArrayNode people) {
        var names = new TreeMap<Long, String>();
        connections.of(company).forEach(connection -> names.put(connection.id().value(), nameOf(connection)));
        for (var employee : employees.all(company)) {
            var json = people.addObject().put("name", employee.name());
            employee.email().ifPresent(email -> json.put("email", email));
            employee.extension().ifPresent(extension -> json.put("extension", extension.digits()));
            json.put("active", employee.active());
            var ids = new TreeMap<String, String>();
            employees.idsOf(employee.id()).forEach((connection, id) -> {
                var name = names.get(connection);
                if (name != null) {
                    ids.put(name, id);
                }
            });
            var told = json.putObject("ids");
            ids.forEach(told::put);
        }
    }

    private void writeHours(CompanyId company, ObjectNode json) {
        var own = habits.of(company);
        var days = json.putArray("days");
        own.hours().days().stream().sorted().map(DayOfWeek::name).forEach(days::add);
        json.put("opens", own.hours().opens().toString())
                .put("closes", own.hours().closes().toString())
                .put("silenceMinutes", own.silenceAfter().toMinutes());
    }

    /** How employees' ids name a connection: {@code <connector>/<title>}. */
    static String nameOf(Connection connection) {
        return connection.connector() + "/" + connection.title();
    }

    static String nameOf(JsonNode connection) {
        return connection.path("connector").asString("") + "/"
                + connection.path("title").asString("");
    }
}
