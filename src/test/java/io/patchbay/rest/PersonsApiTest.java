package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallId;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectKind;
import io.patchbay.effect.Ledger;
import io.patchbay.journal.Journal;
import io.patchbay.runtime.DataFolder;
import io.patchbay.testing.RunningHub;
import io.patchbay.testing.ToldCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionOperations;

/** Looks at, hands over and erases a person by REST, on a whole hub with its broker and its data folder. */
@RunningHub
class PersonsApiTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");
    private static final String E164 = "+79167654321";
    private static final String ASKED = "{\"number\": \"8 (916) 765-43-21\"}";

    @LocalServerPort
    int port;

    @Autowired
    Journal journal;

    @Autowired
    Ledger ledger;

    @Autowired
    Clients clients;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    DataFolder data;

    private Api api;
    private CallId call;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    private void fill() {
        var crm = api.post(
                        "/api/v1/connections",
                        "{\"connector\": \"parrot\", \"title\": \"Our CRM\", \"settings\": {\"token\": \"squawk\"}}")
                .json()
                .path("id")
                .asLong();
        call = transactions.execute(status -> journal.join(
                        COMPANY,
                        new ToldCall(crm, UUID.randomUUID().toString(), THEN)
                                .from(E164)
                                .leg("201", 0, 5, 65)
                                .facts())
                .getFirst()
                .id());
        ledger.put(Effect.due(COMPANY, call, crm, EffectKind.LOG_CALL, "", Optional.empty(), THEN)
                .started(THEN)
                .done(Optional.of("entry-7"), Optional.of("https://crm.example/calls/7?phone=79167654321"), THEN));
        clients.remember(
                COMPANY,
                crm,
                new PhoneNumber(E164, "9167654321", E164),
                new ClientRecord(
                        "contact", "31", "Maria", Optional.of("https://crm.example/contacts/31"), Optional.empty()));
    }

    @Test
    void showsHandsOverAndErases() throws Exception {
        fill();
        var found = api.post("/api/v1/persons/preview", ASKED).json();
        assertThat(found.at("/counts/calls").asInt()).isEqualTo(1);
        assertThat(found.at("/counts/clients").asInt()).isEqualTo(1);
        assertThat(found.path("copies").toString())
                .contains("\"system\":\"Our CRM\"", "\"kind\":\"contact\"", "\"id\":\"31\"", "\"kind\":\"log-call\"")
                .doesNotContain("9167654321");

        var files = export();
        assertThat(files.get("person.json"))
                .contains(E164, "\"call_fact\"", "\"client\"", "Maria", "entry-7", "\"call_leg\"");

        var receipt = api.post("/api/v1/persons/erase", ASKED).json();
        assertThat(receipt.path("ended").isNull()).isFalse();
        assertThat(receipt.path("copies")).hasSize(2);
        var stored = api.get("/api/v1/persons/receipts/" + receipt.path("id").asLong());
        assertThat(stored.json()).isEqualTo(receipt);
        assertThat(stored.raw().body()).doesNotContain("9167654321", "765-43-21");

        assertThat(api.get("/api/v1/calls/" + call).json().toString())
                .contains("\"HIDDEN\"")
                .doesNotContain("9167654321");
        assertThat(api.post("/api/v1/persons/preview", ASKED).json().path("counts"))
                .isEmpty();
        assertThat(whereItStands()).isEmpty();
        assertThat(api.post("/api/v1/persons/erase", ASKED).json().path("counts"))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoPublicNumber() {
        for (var asked : new String[] {"{}", "{\"number\": \"201\"}", "{\"number\": \"anonymous\"}"}) {
            for (var way : new String[] {"preview", "export", "erase"}) {
                var answer = api.post("/api/v1/persons/" + way, asked);
                assertThat(answer.status()).as("%s %s", way, asked).isEqualTo(400);
                assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("number");
            }
        }
        assertThat(api.get("/api/v1/persons/receipts/999999").status()).isEqualTo(404);
    }

    private Map<String, String> export() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    api.request("/api/v1/persons/export")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(ASKED))
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
            var files = new TreeMap<String, String>();
            try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return files;
        }
    }

    private List<Path> whereItStands() throws IOException {
        try (var files = Files.walk(data.path())) {
            return files.filter(Files::isRegularFile)
                    .filter(PersonsApiTest::names)
                    .toList();
        }
    }

    private static boolean names(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("9167654321");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
