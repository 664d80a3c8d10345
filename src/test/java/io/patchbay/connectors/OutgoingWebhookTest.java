package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Operation;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import io.patchbay.testing.ConnectorBench;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** connectors/outgoing-webhook as a receiver sees it that checks signatures and knows what it had before. */
class OutgoingWebhookTest {

    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String CALL = """
        {"call": {"id": "c-1", "key": "p-1", "direction": "INBOUND", "result": "MISSED", "clientNumber": "+79123123210"},
         "employee": {"id": null, "name": "Ёлка 🌷"}}\
        """;

    private final Receiver receiver = new Receiver();

    @Test
    void aReceiverThatChecksSignaturesTakesEachEventOnceHoweverOftenItComes() {
        try (receiver;
                var bench = bench("whsec_" + KEY)) {
            bench.run(Operation.OPEN_CALL, CALL);
            bench.run(Operation.CLOSE_CALL, CALL);
            bench.run(Operation.CLOSE_CALL, CALL);

            assertThat(receiver.forged).isZero();
            assertThat(receiver.requests()).hasSize(3);
            assertThat(receiver.ids).hasSize(2);
        }
    }

    @Test
    void takesTheSecretWithoutItsPrefixToo() {
        try (receiver;
                var bench = bench(KEY)) {
            bench.run(Operation.CHECK, "{}");

            assertThat(receiver.forged).isZero();
        }
    }

    private ConnectorBench bench(String secret) {
        return ConnectorBench.of("outgoing-webhook")
                .setting("address", receiver.address().toString())
                .secret("secret", secret)
                .start();
    }

    /** Checks as the specification says, with code of its own. */
    private static final class Receiver extends SimulatedServer {

        private final Set<String> ids = new HashSet<>();
        private int forged;

        @Override
        protected Reply answer(Request request) {
            var id = request.header("webhook-id").orElse("");
            var signed = id + "." + request.header("webhook-timestamp").orElse("") + "."
                    + new String(request.body(), StandardCharsets.UTF_8);
            if (!request.header("webhook-signature").equals(java.util.Optional.of("v1," + hash(signed)))) {
                forged++;
                return Reply.empty(401);
            }
            ids.add(id);
            return Reply.empty(204);
        }

        private static String hash(String text) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
                return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JVM has HMAC-SHA256.", e);
            }
        }
    }
}
