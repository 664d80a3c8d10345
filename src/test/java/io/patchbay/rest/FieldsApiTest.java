package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.ApiTokens;
import io.patchbay.access.Role;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.RunningHub;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningHub
class FieldsApiTest {

    private static final String SUGAR =
            "{\"connector\": \"sugarcrm\", \"title\": \"Sugar\", \"settings\": {\"host\": \"crm.example.com\","
                    + " \"user\": \"hub\", \"password\": \"secret\"}}";

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    private Api api;
    private String fields = "";

    @BeforeEach
    void connect() {
        api = new Api(
                port,
                tokens.issue(new CompanyId(1), "Fields", Role.INTEGRATOR, Set.of(), Optional.empty())
                        .secret());
        var made = api.post("/api/v1/connections", SUGAR);
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        fields = "/api/v1/connections/" + made.json().path("id").asLong() + "/fields";
    }

    @Test
    void keepsWhatAnAdministratorMaps() {
        assertThat(api.get(fields).json().path("fields").size()).isZero();
        assertThat(api.get(fields).json().path("takes").toString()).isEqualTo("[\"create-client\",\"log-call\"]");

        var saved = api.put(
                fields,
                "{\"fields\": [{\"operation\": \"log-call\", \"to\": \"line_c\", \"from\": \"call.line\"},"
                        + " {\"operation\": \"create-client\", \"to\": \"vip_c\", \"expression\": \".known.vip\"}]}");
        assertThat(saved.status()).as(saved.raw().body()).isEqualTo(200);
        assertThat(api.get(fields).json().at("/fields/0/from").asString()).isEqualTo("call.line");

        var shown = api.post(fields + "/preview", "{\"operation\": \"create-client\"}")
                .json();
        assertThat(shown.path("fields").toString()).isEqualTo("{\"vip_c\":true}");
        var tried = api.post(
                        fields + "/preview",
                        "{\"operation\": \"log-call\", \"example\": {\"call\": {\"line\": 1}}, \"fields\":"
                            + " [{\"operation\": \"log-call\", \"to\": \"x\", \"expression\": \"number(.call.line) +"
                            + " error(\\\"no\\\")\"}]}")
                .json();
        assertThat(tried.path("fields").size()).isZero();
        assertThat(tried.at("/failures/0/to").asString()).isEqualTo("x");
        assertThat(api.get(fields).json().path("fields").size())
                .as("a preview saves nothing")
                .isEqualTo(2);
    }

    @Test
    void refusesWhatCannotBeWritten() {
        var answer = api.put(fields, "{\"fields\": [{\"operation\": \"create-task\", \"to\": \"x\", \"value\": 1}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("fields[0].operation");
        assertThat(api.put(
                                fields,
                                "{\"fields\": [{\"operation\": \"log-call\", \"to\": \"x\", \"expression\": \"((\"}]}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("fields[0].expression");
        assertThat(api.post(fields + "/preview", "{}").status()).isEqualTo(400);
    }
}
