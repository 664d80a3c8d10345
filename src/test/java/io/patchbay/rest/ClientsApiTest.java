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
import org.springframework.jdbc.core.simple.JdbcClient;

@RunningHub
class ClientsApiTest {

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    @Autowired
    JdbcClient jdbc;

    private Api api;
    private static int extensions = 8710;

    private long anna;
    private String extension = "";

    @BeforeEach
    void start() {
        extension = Integer.toString(++extensions); // the hub of the tests goes on, and so do its employees
        jdbc.sql("DELETE FROM known_client").update();
        api = new Api(
                port,
                tokens.issue(new CompanyId(1), "Clients", Role.OWNER, Set.of(), Optional.empty())
                        .secret());
        var people = api.put(
                        "/api/v1/employees",
                        "{\"items\": [{\"name\": \"Anna Clients\", \"extension\": \"" + extension + "\"}]}")
                .json()
                .path("items");
        anna = people.valueStream()
                .filter(one -> one.path("extension").asString().equals(extension))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asLong();
    }

    @Test
    void addsFindsAndChangesAClient() {
        var added = api.post(
                "/api/v1/clients",
                "{\"name\": \"Иван\", \"owner\": " + anna
                        + ", \"vip\": true, \"numbers\": [\"8 (900) 000-12-35\", \"+7 495 000-01-00\"]}");
        assertThat(added.status()).as(added.raw().body()).isEqualTo(201);
        var id = added.json().path("id").asLong();

        assertThat(api.get("/api/v1/clients?query=0001235")
                        .json()
                        .at("/items/0/id")
                        .asLong())
                .isEqualTo(id);
        assertThat(api.get("/api/v1/clients?query=%D0%B8%D0%B2%D0%B0")
                        .json()
                        .at("/items/0/numbers/1")
                        .asString())
                .isEqualTo("+79000001235");
        assertThat(api.get("/api/v1/clients/who?number=%2B79000001235")
                        .json()
                        .at("/client/owner")
                        .asLong())
                .isEqualTo(anna);

        var changed = api.put("/api/v1/clients/" + id, "{\"name\": \"Ivan\", \"numbers\": [\"+79000001235\"]}");
        assertThat(changed.json().path("name").asString()).isEqualTo("Ivan");
        assertThat(changed.json().path("vip").asBoolean()).isFalse();
        assertThat(changed.json().path("numbers").size()).isEqualTo(1);
    }

    @Test
    void tellsEverythingThatIsWrong() {
        var answer = api.post("/api/v1/clients", "{\"owner\": 999999, \"numbers\": [\"abc\"]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactly("owner", "numbers[0]");
        assertThat(api.post("/api/v1/clients", "{}").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/clients/who").status()).isEqualTo(400);
    }

    @Test
    void importsATableOnceItIsRight() {
        var wrong = "name;phones\nIvan;8 900 000-12-35\nPetr;nonsense\n";
        var seen = api.post("/api/v1/clients/import?preview=true", wrong).json();
        assertThat(seen.path("rows").asInt()).isEqualTo(1);
        assertThat(seen.at("/errors/0/line").asLong()).isEqualTo(3);
        assertThat(seen.at("/clients/0/numbers/0").asString()).isEqualTo("+79000001235");
        assertThat(api.post("/api/v1/clients/import", wrong)
                        .json()
                        .path("imported")
                        .asBoolean())
                .isFalse();
        assertThat(api.get("/api/v1/clients").json().path("items").size()).isZero();

        var right = "name;phones;owner\nIvan;8 900 000-12-35;" + extension + "\nPetr;8 900 000-12-36;\n";
        assertThat(api.post("/api/v1/clients/import", right)
                        .json()
                        .path("added")
                        .asInt())
                .isEqualTo(2);
        assertThat(api.post("/api/v1/clients/import", right)
                        .json()
                        .path("added")
                        .asInt())
                .isZero();
        assertThat(api.get("/api/v1/clients").json().path("items").size()).isEqualTo(2);
    }

    @Test
    void keepsWhoseWordCounts() {
        assertThat(api.get("/api/v1/clients/policy").json().path("conflict").asString())
                .isIn("NEWEST", "ASK");
        assertThat(api.put("/api/v1/clients/policy", "{\"conflict\": \"ASK\"}")
                        .json()
                        .path("conflict")
                        .asString())
                .isEqualTo("ASK");
        assertThat(api.put("/api/v1/clients/policy", "{\"conflict\": \"MASTER\", \"master\": 999999}")
                        .status())
                .isEqualTo(400);
        api.put("/api/v1/clients/policy", "{\"conflict\": \"NEWEST\"}");
        assertThat(api.post("/api/v1/clients/sync", "{\"connection\": 999999}").status())
                .isEqualTo(400);
    }
}
