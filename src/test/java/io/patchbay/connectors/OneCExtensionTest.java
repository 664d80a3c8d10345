package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.OneCExtension;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.testing.ConnectorBench;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What takes a memory: keys, repeats, cards, locks. The rest is told in connectors/1c-http/contract. */
class OneCExtensionTest {

    private static final String CALL = """
        {"id": "c-1", "direction": "INBOUND", "result": "ANSWERED", "talkSeconds": 151, "clientNumber": "+79161234567", "clientNumberKind": "PHONE",
         "startedAt": "2026-02-14T10:05:12+03:00", "endedAt": %s}\
        """;
    private static final String ENDED = CALL.formatted("\"2026-02-14T10:07:50+03:00\"");
    private static final String CLIENT =
            "{\"number\": \"+79161234567\", \"name\": \"Ёлкин <Иван> & Ко 🙂\", \"employee\": null}";

    private final OneCExtension base = new OneCExtension();
    private final ConnectorBench bench = ConnectorBench.of("1c-http")
            .at(URI.create(base.address() + "/hs/callhub/v1"))
            .setting("address", "https://1c.example.ru/unf")
            .setting("user", OneCExtension.USER)
            .secret("password", OneCExtension.PASSWORD)
            .start();

    @AfterEach
    void close() {
        bench.close();
        base.close();
    }

    @Test
    void aCallIsOneDocumentHoweverOftenItIsWrittenAndKeepsWhoSpokeWhenItsRecordingComes() {
        var anna = base.user("Анна 🌷", "101");
        base.misbehave(
                request -> request.method().equals("PUT"), 1, Misbehaviour.cut().afterwards());
        assertThat(fault(Operation.LOG_CALL, logged(anna))).isEqualTo(Fault.UNREACHABLE);

        var written = bench.run(Operation.LOG_CALL, logged(anna));
        bench.run(
                Operation.ATTACH_RECORDING,
                "{\"call\": " + ENDED + ", \"recording\": {\"url\": \"https://hub.example.com/r/1.mp3\"}}");

        assertThat(base.calls()).hasSize(1);
        var call = base.calls().getFirst();
        assertThat(call.path("id").asString()).isEqualTo(written.path("id").asString());
        assertThat(call.path("userId").asString()).isEqualTo(anna);
        assertThat(call.path("recordingUrl").asString()).isEqualTo("https://hub.example.com/r/1.mp3");
    }

    @Test
    void aNumberIsOneClientAndIsFoundAgainWithHisOrders() {
        base.misbehave(
                request -> request.method().equals("POST"),
                1,
                Misbehaviour.cut().afterwards());
        assertThat(fault(Operation.CREATE_CLIENT, CLIENT)).isEqualTo(Fault.UNREACHABLE);

        var made = bench.run(Operation.CREATE_CLIENT, CLIENT).path("id").asString();
        base.order(made, "НФ-1", 10.5);
        base.order(made, "НФ-2", 20);

        assertThat(base.clients()).hasSize(1);
        assertThat(bench.run(Operation.FIND_CLIENT, "{\"number\": \"+79161234567\", \"national\": \"9161234567\"}")
                        .at("/clients/0/name")
                        .asString())
                .isEqualTo("Ёлкин <Иван> & Ко 🙂");
        assertThat(bench.run(Operation.LIST_ORDERS, "{\"number\": \"+79161234567\", \"national\": \"9161234567\"}")
                        .at("/orders/0/total")
                        .asString())
                .isEqualTo("20.00");
    }

    @Test
    void eachWhoRingsHasACardUntilItIsTakenFromHim() {
        var people = "[{\"id\": \"%s\", \"extension\": \"101\"}, {\"id\": \"%s\", \"extension\": \"102\"}]"
                .formatted(base.user("Анна", "101"), base.user("Борис", "102"));
        var ringing = CALL.formatted("null");

        bench.run(Operation.SHOW_CARD, "{\"call\": " + ringing + ", \"employees\": " + people + "}");
        bench.run(Operation.SHOW_CARD, "{\"call\": " + ringing + ", \"employees\": " + people + "}");
        assertThat(base.cards()).containsExactly("101", "102");

        bench.run(
                Operation.HIDE_CARD,
                "{\"call\": " + ringing + ", \"employees\": [{\"id\": \"u-2\", \"extension\": \"102\"}]}");
        assertThat(base.cards()).containsExactly("101");
    }

    @Test
    void waitsForAnObjectThatSomebodyHasOpenAndGoesOnAfterwards() {
        base.lock(true);
        assertThat(fault(Operation.CREATE_CLIENT, CLIENT)).isEqualTo(Fault.BUSY);

        base.lock(false);
        bench.clock().advance(Duration.ofMinutes(1));

        assertThat(bench.run(Operation.CREATE_CLIENT, CLIENT).path("id").asString())
                .isNotEmpty();
    }

    @Test
    void aTaskIsOneAndAnUnknownPersonIsRefusedWithTheWordsOf1C() {
        var anna = base.user("Анна", "101");
        bench.run(Operation.CREATE_TASK, task(anna));
        bench.run(Operation.CREATE_TASK, task(anna));

        assertThat(base.tasks()).hasSize(1);
        assertThat(fault(Operation.LOG_CALL, logged("u-404"))).isEqualTo(Fault.REFUSED);
    }

    @Test
    void listsFiveHundredUsersWithTheirExtensions() {
        for (var i = 0; i < 500; i++) {
            base.user("Сотрудник " + i, String.valueOf(100 + i));
        }

        var people = bench.run(Operation.LIST_EMPLOYEES, "{}").path("employees");

        assertThat(people).hasSize(500);
        assertThat(people.path(499).path("extension").asString()).isEqualTo("599");
    }

    @Test
    void namesItselfWhenChecked() {
        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(checked.path("account").asString()).isEqualTo("УправлениеНебольшойФирмой 3.0.5.199");
        assertThat(checked.path("rights")).allMatch(right -> right.path("ok").asBoolean());
    }

    private static String logged(String employee) {
        return "{\"call\": " + ENDED + ", \"employee\": {\"id\": \"" + employee + "\", \"extension\": \"101\"}}";
    }

    private static String task(String employee) {
        return "{\"call\": " + ENDED + ", \"employee\": {\"id\": \"" + employee
                + "\"}, \"title\": \"Перезвонить 🙂\", \"deadline\": \"2026-02-15T10:00:00+03:00\"}";
    }

    private Fault fault(Operation operation, String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input))
                .fault();
    }
}
