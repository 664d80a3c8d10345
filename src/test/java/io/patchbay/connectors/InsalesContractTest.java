package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.InsalesShop;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.testing.ConnectorBench;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What takes a memory: pages, comments, webhooks. The rest is told in connectors/insales/contract. */
class InsalesContractTest {

    private static final String CALL = """
        {"call": {"id": "c-1", "direction": "INBOUND", "result": "MISSED", "clientNumber": "+79161234567", "clientNational": "9161234567",
          "url": "https://hub.example.com/calls/c-1"}, "kind": "log-call", "employee": null}\
        """;
    private static final String CALLER = "{\"number\": \"+79161234567\", \"national\": \"9161234567\"}";
    private static final String HOOK = "{\"hookUrl\": \"https://hub.example.com/hooks/s1\"}";

    private final OffsetDateTime yesterday =
            OffsetDateTime.now(Clock.systemDefaultZone()).minusDays(1).truncatedTo(ChronoUnit.SECONDS);
    private InsalesShop shop = new InsalesShop(Clock.systemUTC(), true, "format");
    private ConnectorBench bench = bench(shop);

    @AfterEach
    void close() {
        bench.close();
        shop.close();
    }

    @Test
    void walksOverFourPagesOfOrdersWithoutMissingOneOrSeeingOneTwice() {
        for (var i = 0; i < 350; i++) {
            shop.order("84950000000", "5", yesterday.plusSeconds(i / 4)); // four in one instant
        }
        var first = shop.order("89161234567", "77", yesterday.minusHours(1));
        var last = shop.order("8 916 123-45-67", "78", yesterday.plusHours(1));

        var found = bench.run(Operation.LIST_ORDERS, CALLER).path("orders");

        assertThat(found).hasSize(2);
        assertThat(found.path(0).path("id").asString()).isEqualTo(last);
        assertThat(found.path(1).path("id").asString()).isEqualTo(first);
        assertThat(shop.requests()).hasSize(4);
    }

    @Test
    void saysThatMoreOrdersChangedThanItLooksAt() {
        for (var i = 0; i < 501; i++) {
            shop.order("84950000000", "5", yesterday.plusSeconds(i));
        }

        assertThat(bench.run(Operation.LIST_ORDERS, CALLER).path("warning").asString())
                .contains("500");
        assertThat(shop.requests()).hasSize(5);
    }

    @Test
    void aCallWhoseAnswerWasLostStandsOnceInTheCommentAndKeepsWhatTheStaffWrote() {
        var order = shop.order("89161234567", "77", yesterday);
        shop.comment(order, "Позвонить до обеда <срочно> & 🎁");
        shop.misbehave(
                request -> request.method().equals("PUT"), 1, Misbehaviour.cut().afterwards());
        assertThat(fault(Operation.LOG_CALL, CALL)).isEqualTo(Fault.UNREACHABLE);

        assertThat(bench.run(Operation.FIND_LOGGED_CALL, CALL).path("id").asString())
                .isEqualTo(order);
        bench.run(Operation.LOG_CALL, CALL);

        assertThat(shop.comment(order).lines())
                .containsExactly(
                        "Позвонить до обеда <срочно> & 🎁",
                        "входящий +79161234567, пропущен, https://hub.example.com/calls/c-1");
    }

    @Test
    void attachingTwiceIsOneLine() {
        var order = shop.order("89161234567", "77", yesterday);
        var recording =
                "{\"logged\": \"" + order + "\", \"recording\": {\"url\": \"https://hub.example.com/r/1.mp3\"}}";

        bench.run(Operation.ATTACH_RECORDING, recording);
        bench.run(Operation.ATTACH_RECORDING, recording);

        assertThat(shop.comment(order)).isEqualTo("Запись: https://hub.example.com/r/1.mp3");
    }

    @Test
    void aClientWhoseAnswerWasLostIsMadeOnce() {
        shop.misbehave(
                request -> request.method().equals("POST"),
                1,
                Misbehaviour.cut().afterwards());
        var client = "{\"number\": \"+79161234567\", \"national\": \"9161234567\", \"name\": \"Ёлкин <Иван> 🙂\"}";
        assertThat(fault(Operation.CREATE_CLIENT, client)).isEqualTo(Fault.UNREACHABLE);

        var made = bench.run(Operation.CREATE_CLIENT, client);

        assertThat(shop.clients()).hasSize(1);
        assertThat(made.path("id").asString())
                .isEqualTo(shop.clients().getFirst().path("id").asString());
        assertThat(made.path("name").asString()).isEqualTo("Ёлкин <Иван> 🙂");
    }

    @Test
    void makesItsWebhooksOnceInShopsOfEitherKindAndRemovesThem() {
        for (var member : new String[] {"format", "format_type"}) {
            begin(new InsalesShop(Clock.systemUTC(), false, member));

            var made = bench.run(Operation.SUBSCRIBE, HOOK);
            bench.run(Operation.SUBSCRIBE, HOOK);

            assertThat(shop.webhooks())
                    .hasSize(2)
                    .allMatch(hook -> hook.path(member).asString().equals("json"));
            bench.run(Operation.UNSUBSCRIBE, made);
            assertThat(shop.webhooks()).isEmpty();
        }
    }

    @Test
    void aShopWithoutASearchIsAskedForItOnceAndSaysSoWhenChecked() {
        begin(new InsalesShop(Clock.systemUTC(), false, "format"));

        assertThat(bench.run(Operation.FIND_CLIENT, CALLER).path("clients")).isEmpty();
        assertThat(shop.requests(request -> request.path().endsWith("/search.json")))
                .hasSize(1);

        var rights = bench.run(Operation.CHECK, "{}").path("rights");
        assertThat(rights.path(3).path("right").asString()).isEqualTo("phone-search");
        assertThat(rights.path(3).path("ok").asBoolean()).isFalse();
    }

    private void begin(InsalesShop other) {
        close();
        shop = other;
        bench = bench(other);
    }

    private static ConnectorBench bench(InsalesShop shop) {
        return ConnectorBench.of("insales")
                .at(URI.create(shop.address() + "/admin"))
                .setting("shop", "shop.example.com")
                .setting("keyId", InsalesShop.KEY)
                .secret("keyPassword", InsalesShop.PASSWORD)
                .start();
    }

    private Fault fault(Operation operation, String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input))
                .fault();
    }
}
