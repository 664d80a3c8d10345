package io.patchbay.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.audit.AuditEntry;
import io.patchbay.audit.AuditLog;
import io.patchbay.audit.AuditQuery;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.testing.RunningHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/** Nobody hears a recording without a line in the audit log. */
@RunningHub
class ListeningTest {

    private static final CompanyId COMPANY = new CompanyId(1);

    @LocalServerPort
    int port;

    @Autowired
    ConnectionSetup setup;

    @Autowired
    Recordings recordings;

    @Autowired
    RecordingFiles files;

    @Autowired
    SignedLinks links;

    @Autowired
    AuditLog log;

    @Autowired
    JdbcClient jdbc;

    private String link;
    private long recording;

    @BeforeEach
    void aRecordingIsStored() throws Exception {
        var connection = ((ConnectionSetup.Saved) setup.add(
                        COMPANY, "parrot", "Parrot", Map.of("token", JsonNodeFactory.instance.stringNode("t"))))
                .connection()
                .id();
        recording = jdbc.sql("""
            INSERT INTO recording (company_id, connection_id, call_key, seat, state, attempts, next_at, ended_at, file,
              content_type, size_bytes, talk_millis) VALUES (1, ?, ?, '201', 'STORED', 1, 0, 0, ?, 'audio/mpeg', 10, 5000)
            RETURNING id\
            """)
                .params(connection.value(), UUID.randomUUID().toString(), UUID.randomUUID() + ".mp3")
                .query(Long.class)
                .single();
        var stored = recordings.find(recording).orElseThrow();
        Files.createDirectories(files.of(stored).getParent());
        Files.writeString(files.of(stored), "0123456789");
        link = links.to(stored).getPath();
    }

    @Test
    void isWrittenDownOnceForEachTimeSomebodyBegins() throws Exception {
        assertThat(get(Optional.of("bytes=0-3"))).isEqualTo("0123");
        assertThat(get(Optional.of("bytes=4-"))).isEqualTo("456789");
        assertThat(heard()).hasSize(1);

        assertThat(get(Optional.empty())).isEqualTo("0123456789");
        assertThat(heard()).hasSize(2);
        assertThat(heard().getFirst().actor().word())
                .as("the hub gave it to a system")
                .isEqualTo("system");
        assertThat(heard().getFirst().actor().address()).isEqualTo("127.0.0.1");
    }

    @Test
    void isWrittenDownAlsoForWhoAsksForTheEndAlone() throws Exception {
        assertThat(get(Optional.of("bytes=1-"))).isEqualTo("123456789");
        assertThat(heard()).hasSize(1);
    }

    @Test
    void isNotWrittenDownWhereNothingWasHeard() throws Exception {
        var head = HttpRequest.newBuilder(URI.create("http://localhost:" + port + link))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(head, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        link = "/recordings/forged.mp3";
        get(Optional.empty());

        assertThat(heard()).isEmpty();
    }

    private List<AuditEntry> heard() {
        return log
                .find(new AuditQuery(
                        COMPANY,
                        Optional.empty(),
                        Optional.of(io.patchbay.audit.Action.RECORDING_HEARD),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        500))
                .stream()
                .filter(entry ->
                        entry.changes().stream().anyMatch(change -> change.to().equals(Long.toString(recording))))
                .toList();
    }

    private String get(Optional<String> range) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + link));
        range.ifPresent(bytes -> request.header("Range", bytes));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }
}
