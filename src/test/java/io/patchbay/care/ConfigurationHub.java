package io.patchbay.care;

import io.patchbay.call.Extension;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secrets;
import io.patchbay.directory.Employees;
import io.patchbay.fields.FieldMaps;
import io.patchbay.fields.FieldsJson;
import io.patchbay.retention.Kept;
import io.patchbay.retention.Retention;
import io.patchbay.testing.RunningHub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Two companies of one hub, both fresh for each test. */
@RunningHub
abstract class ConfigurationHub {

    private static long companies = 9_000;

    @Autowired
    Configuration configuration;

    @Autowired
    ImportErrand errand;

    @Autowired
    Connections connections;

    @Autowired
    ConnectionSetup setup;

    @Autowired
    Secrets secrets;

    @Autowired
    Employees employees;

    @Autowired
    Retention retention;

    @Autowired
    FieldMaps fields;

    @Autowired
    JdbcClient jdbc;

    CompanyId from;
    CompanyId to;

    @BeforeEach
    void companies() {
        from = company();
        to = company();
    }

    private CompanyId company() {
        jdbc.sql("INSERT INTO company (id, title, region, time_zone, language, created_at)"
                        + " VALUES (?, 'C', 'RU', 'Asia/Omsk', 'ru', 0)")
                .param(++companies)
                .update();
        return new CompanyId(companies);
    }

    void fill(CompanyId company) {
        var saved = (ConnectionSetup.Saved) setup.add(
                company,
                "parrot",
                "Our CRM",
                Map.of(
                        "token", JsonNodeFactory.instance.stringNode("squawk"),
                        "owner", JsonNodeFactory.instance.numberNode(9)));
        var anna = employees.add(
                company, "Anna", Optional.of("anna@example.org"), Optional.of(new Extension("201")), true);
        employees.tie(anna.id(), saved.connection().id().value(), "77");
        var filled = JsonMapper.shared().readTree("""
            {"fields": [{"operation": "log-call", "to": "source", "value": "hub"}]}\
            """);
        fields.replace(
                company,
                saved.connection().id().value(),
                FieldsJson.read(filled).map());
        retention.set(company, Map.of(Kept.RECORDINGS, 400));
    }

    JsonNode importer(CompanyId company, String text, boolean apply) {
        return errand.run(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("company", company.value())
                        .put("text", text)
                        .put("apply", apply),
                Path.of("nowhere"));
    }

    static List<String> texts(JsonNode answer, String list) {
        return answer.path(list).valueStream().map(one -> one.asString("")).toList();
    }
}
