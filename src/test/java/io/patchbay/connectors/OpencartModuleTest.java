package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import io.patchbay.testing.ConnectorBench;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** connectors/opencart as the module in the shop sees it: it checks each signature and knows a line by its mark. */
class OpencartModuleTest {

    private static final String CALL = """
        {"call": {"id": "c-1", "direction": "INBOUND", "result": "MISSED", "clientNumber": "+79161234567", "url": "https://hub.example.com/calls/c-1"}}\
        """;

    private final Module module = new Module();
    private final ConnectorBench bench = ConnectorBench.of("opencart")
            .at(URI.create(module.address() + "/index.php"))
            .setting("shop", "shop.example.com")
            .secret("secret", Module.SECRET)
            .start();

    @AfterEach
    void close() {
        bench.close();
        module.close();
    }

    @Test
    void signsWhatItAsksAndWhatItWrites() {
        bench.run(Operation.CHECK, "{}");
        bench.run(Operation.FIND_CLIENT, "{\"number\": \"+79161234567\", \"national\": \"9161234567\"}");
        bench.run(Operation.LOG_CALL, CALL);

        assertThat(module.forged).isZero();
        assertThat(module.lines).hasSize(1);
    }

    @Test
    void aCallWhoseAnswerWasLostIsOneLine() {
        module.misbehave(
                request -> request.method().equals("POST"),
                1,
                SimulatedServer.Misbehaviour.cut().afterwards());
        assertThat(catchThrowableOfType(ConnectorException.class, () -> bench.run(Operation.LOG_CALL, CALL))
                        .fault())
                .isEqualTo(Fault.UNREACHABLE);

        var logged = bench.run(Operation.LOG_CALL, CALL);

        assertThat(module.lines).hasSize(1);
        assertThat(logged.path("id").asString()).isEqualTo("5121/1");
    }

    @Test
    void aWrongSecretIsSetUp() {
        bench.keepSecret("secret", "anotherSecretOf20Letters");

        assertThat(catchThrowableOfType(ConnectorException.class, () -> bench.run(Operation.CHECK, "{}"))
                        .fault())
                .isEqualTo(Fault.SETUP);
    }

    /** Checks with code of its own, as contracts/shop/generic-form.md §2 says. */
    private static final class Module extends SimulatedServer {

        static final String SECRET = "pushSecret1pushSecret1";

        private final Map<String, String> lines = new LinkedHashMap<>();
        private int forged;

        @Override
        protected Reply answer(Request request) {
            var signed = request.header("X-Hub-Timestamp").orElse("") + "." + request.text();
            if (!request.header("X-Hub-Signature").orElse("").equals(hash(signed))) {
                forged++;
                return Reply.json(401, "{\"ok\": false, \"code\": \"signature\", \"error\": \"no\"}");
            }
            return switch (request.queryValue("route").orElse("")) {
                case "extension/module/hub/lookup" -> Reply.json(200, "{\"customers\": [], \"orders\": []}");
                case "extension/module/hub/note" -> {
                    lines.putIfAbsent(
                            request.json().path("mark").asString(),
                            request.json().path("text").asString());
                    yield Reply.json(200, "{\"ok\": true, \"id\": \"5121/" + lines.size() + "\"}");
                }
                default -> Reply.empty(404);
            };
        }

        private static String hash(String text) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JVM has HMAC-SHA256.", e);
            }
        }
    }
}
