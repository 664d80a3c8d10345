package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.testing.ConnectorBench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hook that says who sent it is believed, a forged one is sent away, and one that says nothing is told as such. */
class HookSignaturesTest {

    private static final String SECRET = "hubTestSecret123";
    private static final String SIGNATURE = "5UhmV8LMPmWCBXeCtTm0fLTZTt5YdwqcldNqYikvSGY="; // Base64 of HMAC-SHA256

    private byte[] order;
    private ConnectorBench hub;

    @BeforeEach
    void start() throws IOException {
        order = Files.readAllBytes(Path.of("connectors/woocommerce/examples/order-created.hook.json"));
        hub = ConnectorBench.of("woocommerce")
                .hub()
                .setting("site", "shop.example.com")
                .setting("consumerKey", "ck_test")
                .secret("consumerSecret", "cs_test")
                .secret("webhookSecret", SECRET)
                .property("patchbay.intake.public-url", "https://hub.example.com")
                .start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void takesARealHookAndTellsWhatItSays() throws IOException {
        var exchange = come(Map.of("X-WC-Webhook-Signature", SIGNATURE, "X-WC-Webhook-Topic", "order.created"), order);

        assertThat(verdict(exchange)).isEqualTo("store");
        assertThat(heard(exchange).events())
                .containsExactly(new HubEvent.ClientChanged(
                        new CompanyId(1), hub.connection().id(), "customer", "25"));
    }

    @Test
    void sendsAForgedHookAway() throws IOException {
        var other = new String(order, StandardCharsets.UTF_8)
                .replace("processing", "cancelled")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(verdict(come(Map.of("X-WC-Webhook-Signature", SIGNATURE), other)))
                .isEqualTo("forged");
        assertThat(verdict(come(Map.of("X-WC-Webhook-Signature", "x"), order))).isEqualTo("forged");
    }

    @Test
    void takesAnUnsignedPingWithoutBelievingIt() throws IOException {
        var ping = come(Map.of(), "webhook_id=142".getBytes(StandardCharsets.UTF_8));

        assertThat(verdict(ping)).isEqualTo("store");
        assertThat(heard(ping).events()).isEmpty();
    }

    @Test
    void believesNobodyWhileThereIsNothingToCheckWith() throws IOException {
        hub.bean(Secrets.class).forget(hub.connection().id(), "webhookSecret");
        var exchange = come(Map.of("X-WC-Webhook-Signature", SIGNATURE, "X-WC-Webhook-Topic", "order.created"), order);

        assertThat(verdict(exchange)).isEqualTo("store");
        assertThat(heard(exchange).events()).isEmpty();
    }

    @Test
    void checksWithTheSecretOfTheMoment() throws IOException {
        hub.bean(Secrets.class).keep(hub.connection().id(), "webhookSecret", new Secret("anotherSecret4567"));

        assertThat(verdict(come(Map.of("X-WC-Webhook-Signature", SIGNATURE), order)))
                .isEqualTo("forged");
    }

    private Exchange come(Map<String, String> headers, byte[] body) throws IOException {
        var path =
                hub.bean(Hooks.class).address(hub.connection().id()).getPath().replace("/hooks", "");
        var exchange = new DefaultExchange(hub.bean(CamelContext.class));
        var in = exchange.getIn();
        in.setHeader(Exchange.HTTP_PATH, path);
        in.setHeader(Exchange.HTTP_METHOD, "POST");
        in.setHeader(
                Exchange.CONTENT_TYPE,
                body.length > 0 && body[0] == '{' ? "application/json" : "application/x-www-form-urlencoded");
        headers.forEach(in::setHeader);
        in.setBody(new ByteArrayInputStream(body));
        hub.bean(IntakeSteps.class).check(exchange);
        return exchange;
    }

    private static String verdict(Exchange exchange) {
        return exchange.getProperty(IntakeSteps.VERDICT, String.class);
    }

    private DecodeSteps.Heard heard(Exchange exchange) {
        return hub.bean(DecodeSteps.class).hear(exchange.getIn().getBody(byte[].class), 1);
    }
}
