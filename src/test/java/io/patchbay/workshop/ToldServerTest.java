package io.patchbay.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldServerTest {

    private static final String CASE = """
        signed: {headers: {X-Key: k-1}}
        cases:
          - name: makes a client
            operation: create-client
            input: {}
            exchanges:
              - request: {method: POST, path: /clients, query: {with: [a, b]}, json: {name: Anna, at: "~ [0-9]+"}}
                answer: {status: 201, json: {id: 7}}
            output: {id: "7"}
        """;

    @TempDir
    Path connector;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void answersWhatIsAsTold() throws Exception {
        try (var server = server(CASE)) {
            var answer = post(server, "/clients?with=a&with=b", "k-1", "{\"name\":\"Anna\",\"at\":17730}");

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("{\"id\":7}");
            assertThat(server.problemsAtTheEnd()).isEmpty();
        }
    }

    @Test
    void notesWhatIsMissingAndWhatIsThereBesides() throws Exception {
        try (var server = server(CASE)) {
            var answer = post(server, "/clients?with=a&page=2", "k-2", "{\"at\":\"now\",\"phone\":\"1\"}");

            assertThat(answer.statusCode()).isEqualTo(599);
            assertThat(server.problems())
                    .containsExactlyInAnyOrder(
                            "request 1 query.page: told nothing, came \"2\"",
                            "request 1 query.with: told [\"a\",\"b\"], came \"a\"",
                            "request 1 header X-Key: told \"k-1\", came \"k-2\"",
                            "request 1 body.at: told \"~ [0-9]+\", came \"now\"",
                            "request 1 body.name: told \"Anna\", came nothing",
                            "request 1 body.phone: told nothing, came \"1\"");
        }
    }

    @Test
    void notesARequestThatNeverCameAndOneThatIsTooMuch() throws Exception {
        try (var server = server(CASE)) {
            assertThat(server.problemsAtTheEnd()).containsExactly("request 1 (POST /clients) was never sent");

            post(server, "/clients?with=a&with=b", "k-1", "{\"name\":\"Anna\",\"at\":1}");
            post(server, "/clients?with=a&with=b", "k-1", "{\"name\":\"Anna\",\"at\":1}");

            assertThat(server.problems()).containsExactly("request 2 (POST /clients) is one more than was told");
        }
    }

    @Test
    void isNotMadeOfACaseThatSaysWhatTheFormDoesNotKnow() {
        assertThatThrownBy(() -> server(CASE.replace("status: 201", "state: 201")))
                .isInstanceOf(ContractProblem.class)
                .hasMessageContaining("clients.yaml, line 8, cases[0].exchanges[0].answer.state");
    }

    private ToldServer server(String text) throws IOException {
        var folder = Files.createDirectories(connector.resolve("contract"));
        Files.writeString(folder.resolve("clients.yaml"), text);
        return new ToldServer(Contract.of(connector).cases().getFirst());
    }

    private HttpResponse<String> post(ToldServer server, String path, String key, String json) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .header("X-Key", key)
                        .header("Content-Type", "application/json")
                        .version(HttpClient.Version.HTTP_1_1)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
