package io.patchbay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class ConnectorCommandTest {

    private static final String PARROT = "src/test/resources/kit-connectors/parrot";

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void checkSaysWhatIsWrongAndWhere() throws IOException {
        var parrot = folder.resolve("parrot");
        FileSystemUtils.copyRecursively(Path.of(PARROT), parrot);
        Files.writeString(parrot.resolve("mappings/check.request.jslt"), "{\n\"path\" \"/account\"}");

        assertThat(run("check", parrot.toString())).isEqualTo(1);

        assertThat(said.toString()).contains(parrot.resolve("mappings/check.request.jslt") + ":2: is no JSLT");
    }

    @Test
    void checkNamesThePromiseWithoutARoute() throws IOException {
        var parrot = folder.resolve("parrot");
        FileSystemUtils.copyRecursively(Path.of(PARROT), parrot);
        Files.delete(parrot.resolve("log-call.camel.yaml"));

        assertThat(run("check", parrot.toString())).isEqualTo(1);

        assertThat(said.toString()).contains("promises log-call, but no route begins with direct:parrot.log-call");
    }

    @Test
    void checkNamesTheCasesThatAreMissing() {
        assertThat(run("check", PARROT)).isEqualTo(1);

        assertThat(said.toString())
                .contains("contract: no case of find-client shows two-matches")
                .contains("Parrot CRM: 8 operations, 0 told cases");
    }

    @Test
    void tryPlaysToldCases() {
        assertThat(run("try", "connectors/beeline", "originate", "connectors/beeline/contract/calls.yaml"))
                .isZero();

        assertThat(said.toString())
                .contains("originate: orders a call", "{\"call\":\"track-1\",\"leg\":\"leg-1\"}", "status=200")
                .doesNotContain("token-1", "9000001234");
    }

    @Test
    void tryAsksARealTarget() throws IOException {
        try (var target = new Accounts()) {
            var file = folder.resolve("try.yaml");
            Files.writeString(file, "settings: {baseUrl: \"" + target.address() + "\", token: secret-7}\ninput: {}\n");

            assertThat(run("try", PARROT, "check", file.toString())).isZero();
        }
        assertThat(said.toString())
                .contains("\"account\" : \"Romashka\"", "api.sent", "path=/account", "status=200")
                .doesNotContain("secret-7");
    }

    @Test
    void trySaysWhichSettingsAreMissing() throws IOException {
        var file = folder.resolve("try.yaml");
        Files.writeString(file, "input: {}");

        assertThat(run("try", PARROT, "check", file.toString())).isEqualTo(1);

        assertThat(said.toString()).contains("settings.token: MISSING");
    }

    @Test
    void explainsItself() {
        assertThat(run("try", PARROT)).isEqualTo(2);

        assertThat(said.toString()).contains("<operation>");
        assertThat(ConnectorCommand.isAsked(new String[] {"--server.port=1"})).isFalse();
    }

    private int run(String... words) {
        var all = new String[words.length + 1];
        all[0] = "connector";
        System.arraycopy(words, 0, all, 1, words.length);
        return ConnectorCommand.run(all, new PrintWriter(said, true));
    }

    private static final class Accounts extends SimulatedServer {
        @Override
        protected Reply answer(Request request) {
            return request.header("X-Parrot-Token").orElse("").equals("secret-7")
                    ? Reply.json(200, "{\"name\": \"Romashka\"}")
                    : Reply.json(401, "{}");
        }
    }
}
