package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.MegaplanAccount;
import io.patchbay.sandbox.MegaplanLogin;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What takes a memory: a call from its ring to its recording, log-ins, duplicates, pages. The rest is told in connectors/megaplan/contract. */
class MegaplanContractTest {

    private static final String CALL = """
        {"id": "c-1", "direction": "INBOUND", "result": "ANSWERED", "clientNumber": "+79991231212", "clientNumberKind": "PHONE",
         "startedAt": "2026-03-09T10:30:00+03:00", %s}\
        """;
    private static final String ENDED =
            CALL.formatted("\"answeredAt\": \"2026-03-09T10:30:12+03:00\", \"endedAt\": \"2026-03-09T10:32:40+03:00\"");
    private static final String RINGING = CALL.formatted("\"answeredAt\": null");

    private final MovableClock time = new MovableClock(ConnectorBench.START);
    private final MegaplanAccount account = new MegaplanAccount(time);
    private final ConnectorBench bench = ConnectorBench.of("megaplan")
            .at(account.address())
            .setting("host", "romashka.megaplan.ru")
            .setting("user", MegaplanLogin.USER)
            .secret("password", "secret-1")
            .start();

    @AfterEach
    void close() {
        bench.close();
        account.close();
    }

    @Test
    void aCallIsOneFromItsRingToItsRecordings() {
        var anna = account.employee("Анна 🌷", "102");
        var client = bench.run(
                Operation.CREATE_CLIENT, "{\"number\": \"+79991231212\", \"name\": \"Иван\", \"employee\": null}");

        var opened = bench.run(Operation.OPEN_CALL, withPeople(RINGING, anna, client));
        bench.run(Operation.CLOSE_CALL, withPeople(ENDED, anna, client));
        attach("1.mp3");
        attach("2.mp3");
        attach("1.mp3"); // once more after a time-out

        assertThat(account.calls()).hasSize(1);
        var call = account.calls().getFirst();
        assertThat(call.path("id")).isEqualTo(opened.path("id"));
        assertThat(call.path("state").asString()).isEqualTo("finished");
        assertThat(call.at("/timeFrom/value").asString()).isEqualTo("2026-03-09T10:30:12+03:00");
        assertThat(call.path("recordLinks")).hasSize(2);
        assertThat(call.at("/fromUser/contentType").asString()).isEqualTo("ContractorHuman");
        assertThat(call.at("/toUser/id").asString()).isEqualTo(anna);
    }

    @Test
    void aCallWhoseOpeningWasNotHeardOfIsSeenBeforeItIsOpenedAgain() {
        account.misbehave(
                request -> request.path().endsWith("/callInfo"),
                1,
                Misbehaviour.cut().afterwards());
        assertThat(fault(Operation.OPEN_CALL, "{\"call\": " + RINGING + "}").fault())
                .isEqualTo(Fault.UNREACHABLE);

        var found = bench.run(Operation.FIND_LOGGED_CALL, "{\"kind\": \"open-call\", \"call\": " + RINGING + "}");

        assertThat(found.path("found").asBoolean()).isTrue();
        assertThat(bench.run(Operation.FIND_LOGGED_CALL, "{\"kind\": \"close-call\", \"call\": " + ENDED + "}")
                        .path("found")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void closingTwiceAndClosingACallThatIsGoneLeavesOneFinishedCall() {
        bench.run(Operation.OPEN_CALL, "{\"call\": " + RINGING + "}");
        account.forgetCalls();

        bench.run(Operation.CLOSE_CALL, "{\"call\": " + ENDED + ", \"entry\": \"5012\"}");
        bench.run(Operation.CLOSE_CALL, "{\"call\": " + ENDED + ", \"entry\": \"5012\"}");

        assertThat(account.calls()).hasSize(1);
        assertThat(account.calls().getFirst().path("state").asString()).isEqualTo("finished");
    }

    @Test
    void loggingAfterwardsTwiceIsOneCall() {
        bench.set("way", "after");

        bench.run(Operation.LOG_CALL, "{\"call\": " + ENDED + "}");
        bench.run(Operation.LOG_CALL, "{\"call\": " + ENDED + "}");

        assertThat(account.calls()).hasSize(1);
    }

    @Test
    void makesNoSecondClientOfANumber() {
        var client = "{\"number\": \"+79991231212\", \"name\": \"Ёлкин <Иван> & Ко 🙂\", \"employee\": null}";

        var first = bench.run(Operation.CREATE_CLIENT, client);
        var second = bench.run(Operation.CREATE_CLIENT, client);

        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(account.contractors()).hasSize(1);
        assertThat(account.contractors().getFirst().path("firstName").asString())
                .isEqualTo("Ёлкин <Иван> & Ко 🙂");
        assertThat(bench.run(Operation.FIND_CLIENT, "{\"number\": \"+79991231212\", \"national\": \"9991231212\"}")
                        .path("clients"))
                .hasSize(1);
    }

    @Test
    void listsEveryEmployeeWithHisExtension() {
        for (var i = 0; i < 150; i++) {
            account.employee("Сотрудник " + i, i < 120 ? String.valueOf(200 + i) : "");
        }

        var first = bench.run(Operation.LIST_EMPLOYEES, "{}");
        var second = bench.run(
                Operation.LIST_EMPLOYEES, "{\"cursor\": \"" + first.path("next").asString() + "\"}");

        assertThat(first.path("employees")).hasSize(100);
        assertThat(second.path("employees")).hasSize(50);
        assertThat(second.at("/employees/19/extension").asString()).isEqualTo("319");
        assertThat(second.at("/employees/20").has("extension")).isFalse();
        assertThat(second.has("next")).isFalse();
        assertThat(first.has("warning")).isFalse();
    }

    @Test
    void logsInOnceAndRenewsByTheRefreshToken() {
        find();
        find();
        assertThat(account.login().passwordLogins()).isEqualTo(1);

        passes(MegaplanLogin.LIFE.plusMinutes(1));
        find();

        assertThat(account.login().renewals()).isEqualTo(1);
        assertThat(account.login().passwordLogins()).isEqualTo(1);
    }

    @Test
    void asksForTheNewPasswordAndGoesOnWithIt() {
        find();
        account.login().password("secret-2");
        passes(Duration.ofMinutes(1));
        assertThat(fault(Operation.FIND_CLIENT, "{\"number\": \"+79991231212\"}")
                        .fault())
                .isEqualTo(Fault.SETUP);

        bench.keepSecret("password", "secret-2");
        passes(Duration.ofMinutes(1));

        assertThat(find().path("clients")).isEmpty();
    }

    private void attach(String file) {
        bench.run(
                Operation.ATTACH_RECORDING,
                "{\"call\": " + ENDED + ", \"recording\": {\"url\": \"https://hub.example.com/r/" + file + "\"}}");
    }

    private static String withPeople(String call, String employee, JsonNode client) {
        return "{\"call\": " + call + ", \"entry\": \"x\", \"employee\": {\"id\": \"" + employee
                + "\", \"extension\": \"102\"}, \"client\": " + client + "}";
    }

    private JsonNode find() {
        return bench.run(Operation.FIND_CLIENT, "{\"number\": \"+79991231212\", \"national\": \"9991231212\"}");
    }

    private ConnectorException fault(Operation operation, String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input));
    }

    /** On both sides. */
    private void passes(Duration span) {
        time.advance(span);
        bench.clock().advance(span);
    }
}
