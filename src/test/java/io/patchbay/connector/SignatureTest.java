package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.Signature.Algorithm;
import io.patchbay.connector.Signature.Encoding;
import io.patchbay.connector.Signature.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** https://www.standardwebhooks.com; id, time, body and secret are an example known from its public libraries. */
    private static final Signature STANDARD = new Signature(
            "webhook-signature",
            "v1,",
            Algorithm.HMAC_SHA256,
            Encoding.BASE64,
            "secret",
            Key.BASE64,
            List.of("webhook-id", "webhook-timestamp"),
            Optional.of("webhook-timestamp"),
            TOLERANCE);

    private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] STANDARD_BODY = utf8("{\"test\": 2432232314}");
    private static final String STANDARD_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant SENT = Instant.ofEpochSecond(1614265330);

    private static final Signature OF_A_FORM = new Signature(
            "X-Hub-Signature",
            "",
            Algorithm.HMAC_SHA256,
            Encoding.HEX,
            "secret",
            Key.TEXT,
            List.of("X-Hub-Timestamp"),
            Optional.of("X-Hub-Timestamp"),
            TOLERANCE);

    @Test
    void signsAsStandardWebhooksDo() {
        var headers = Map.of("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp", "1614265330");

        assertThat(STANDARD.of(STANDARD_SECRET, headers::get, STANDARD_BODY)).isEqualTo(STANDARD_SIGNATURE);
    }

    @Test
    void fitsWhenOneOfSeveralSignaturesDoes() {
        assertThat(STANDARD.fits(STANDARD_SECRET, standard("v1,AAAA " + STANDARD_SIGNATURE)::get, STANDARD_BODY, SENT))
                .isTrue();
        assertThat(STANDARD.fits(STANDARD_SECRET, standard("v1,AAAA v1a,BBBB")::get, STANDARD_BODY, SENT))
                .isFalse();
    }

    @Test
    void doesNotFitAnotherBodyKeyOrTime() {
        var headers = standard(STANDARD_SIGNATURE);

        assertThat(STANDARD.fits(STANDARD_SECRET, headers::get, STANDARD_BODY, SENT.plus(TOLERANCE)))
                .isTrue();
        assertThat(STANDARD.fits(STANDARD_SECRET, headers::get, utf8("{\"test\":2432232314}"), SENT))
                .isFalse();
        assertThat(STANDARD.fits("whsec_AAAA", headers::get, STANDARD_BODY, SENT))
                .isFalse();
        assertThat(STANDARD.fits(
                        STANDARD_SECRET,
                        headers::get,
                        STANDARD_BODY,
                        SENT.plus(TOLERANCE).plusSeconds(1)))
                .isFalse();
        assertThat(STANDARD.fits(
                        STANDARD_SECRET,
                        headers::get,
                        STANDARD_BODY,
                        SENT.minus(TOLERANCE).minusSeconds(1)))
                .isFalse();
    }

    @Test
    void aTimestampThatIsNoneDoesNotFit() {
        for (var odd : List.of("", "soon", "9223372036854775807", "1614265330 ")) {
            var headers = Map.of("webhook-id", "1", "webhook-timestamp", odd, "webhook-signature", STANDARD_SIGNATURE);

            assertThat(STANDARD.fits(STANDARD_SECRET, headers::get, STANDARD_BODY, SENT))
                    .as(odd)
                    .isFalse();
        }
    }

    @Test // contracts/shop/woocommerce.md, examples/real: raw body, Base64, nothing before it
    void fitsABodyAloneInBase64() {
        var signature = new Signature(
                "X-Signature",
                "",
                Algorithm.HMAC_SHA256,
                Encoding.BASE64,
                "secret",
                Key.TEXT,
                List.of(),
                Optional.empty(),
                TOLERANCE);
        // RFC 4231, test case 2
        var headers = Map.<String, String>of();
        var hex = new Signature(
                "X-Signature",
                "sha256=",
                Algorithm.HMAC_SHA256,
                Encoding.HEX,
                "secret",
                Key.TEXT,
                List.of(),
                Optional.empty(),
                TOLERANCE);

        assertThat(hex.of("Jefe", headers::get, utf8("what do ya want for nothing?")))
                .isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(signature.of("Jefe", headers::get, utf8("what do ya want for nothing?")))
                .isEqualTo("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
    }

    @Test // contracts/shop/generic-form.md, examples/hub-push-order-created
    void takesHexInCapitalsToo() {
        var body = utf8("body");
        var headers = Map.of("X-Hub-Timestamp", "1789370406");
        var right = OF_A_FORM.of("pushSecret1", headers::get, body);
        var loud = Map.of("X-Hub-Timestamp", "1789370406", "X-Hub-Signature", right.toUpperCase(java.util.Locale.ROOT));

        assertThat(OF_A_FORM.fits("pushSecret1", loud::get, body, Instant.ofEpochSecond(1789370400)))
                .isTrue();
    }

    @Test
    void aSecretThatIsNoBase64IsAMatterOfSetUp() {
        assertThatThrownBy(() -> STANDARD.of("whsec_!", standard("")::get, STANDARD_BODY))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        fault -> assertThat(fault.fault()).isEqualTo(Fault.SETUP))
                .hasMessageContaining("secret");
    }

    private static Map<String, String> standard(String signature) {
        return Map.of(
                "webhook-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp",
                "1614265330",
                "webhook-signature",
                signature);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
