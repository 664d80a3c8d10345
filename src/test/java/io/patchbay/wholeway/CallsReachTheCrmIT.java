package io.patchbay.wholeway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.directory.Employees;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineStories;
import io.patchbay.sandbox.BeelineStory;
import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.testing.NothingReadableInTheLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a PBX's event over real HTTP to what stands in the CRM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NothingReadableInTheLog.class)
class CallsReachTheCrmIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private BeelinePbx pbx;
    private Bitrix24Portal portal;
    private RunningHub hub;

    @BeforeAll
    void open(@TempDir Path data) {
        pbx = RunningHub.pbx();
        portal = new Bitrix24Portal(0, Clock.systemUTC());
        portal.employee(21, "Иван", "Петров", "201");
        portal.employee(22, "Анна", "Смирнова", "202");
        portal.contact("Мария", "Кузнецова", "8 (900) 000-12-34", 21);
        hub = new RunningHub(data);
        hub.connect(portal);
        hub.connect(pbx);
        await().atMost(PATIENCE)
                .until(() -> hub.bean(Employees.class).all(RunningHub.COMPANY).size() >= 3);
        await().atMost(PATIENCE)
                .until(() ->
                        !pbx.liveSubscriptions().isEmpty() && !portal.bindings().isEmpty());
        await().atMost(PATIENCE).until(() -> mapped() >= 2);
    }

    /** Employees whom both systems know. */
    private long mapped() {
        var employees = hub.bean(Employees.class);
        return employees.all(RunningHub.COMPANY).stream()
                .filter(employee -> employees.idsOf(employee.id()).size() == 2)
                .count();
    }

    @AfterAll
    void close() {
        hub.close();
        portal.close();
        pbx.close();
    }

    @BeforeEach
    void recordingsComeSoon() {
        pbx.recordingsAppearAfter(Duration.ZERO);
    }

    @Test
    void anAnsweredCallStandsThereOnceWithItsPersonLengthAndRecording() {
        var call = play(
                "+79000001234",
                s -> s.talking(Duration.ofSeconds(91))
                        .answered(client("+79000001234"), pbx.company().at("201")));

        assertThat(call.finish()).isPresent();
        assertThat(call.finish().get().userId()).isEqualTo(21);
        assertThat(call.finish().get().seconds()).isEqualTo(91);
        assertThat(call.finish().get().status()).isEqualTo("200");
        await().atMost(PATIENCE)
                .until(() ->
                        portal.call(call.callId()).orElseThrow().recording().isPresent());
    }

    @Test
    void aMissedCallIsMissedOnceAndSomebodyHasATask() {
        var before = portal.todos().size() + portal.tasks().size();

        var call = play(
                "+79000001301",
                s -> s.missed(client("+79000001301"), pbx.company().at("201")));

        assertThat(call.finish().orElseThrow().status()).isEqualTo("304");
        await().atMost(PATIENCE)
                .until(() -> portal.todos().size() + portal.tasks().size() == before + 1);
    }

    @Test
    void aCallThatRingsAtAllBelongsToTheOneWhoAnswered() {
        var call = play(
                "+79000001302",
                s -> s.ringsAll(
                        client("+79000001302"),
                        "9000000100",
                        pbx.company().at("201"),
                        List.of(pbx.company().at("202"))));

        assertThat(call.finish().orElseThrow().userId()).isEqualTo(21);
        assertThat(call.finish().orElseThrow().status()).isEqualTo("200");
    }

    @Test
    void aTransferredCallBelongsToTheLastWhoSpoke() {
        var call = play(
                "+79000001303",
                s -> s.blindTransfer(
                        client("+79000001303"),
                        "9000000100",
                        pbx.company().at("201"),
                        pbx.company().at("202"),
                        true));

        assertThat(call.finish().orElseThrow().userId()).isEqualTo(22);
    }

    @Test
    void anOutgoingCallIsOutgoing() {
        var call = play(
                "+79000001304",
                s -> s.outbound(
                        pbx.company().at("202"), client("+79000001304"), BeelineStories.OutboundOutcome.ANSWERED));

        assertThat(call.finish().orElseThrow().userId()).isEqualTo(22);
        assertThat(portal.problems()).isEmpty();
    }

    /** The story happened some minutes ago; its events come now, in order. Each test has a client number of its own. */
    private Bitrix24Portal.Call play(String number, Function<BeelineStories, BeelineStory> tell) {
        pbx.play(tell.apply(pbx.stories(Instant.now().minusSeconds(300))));
        await().atMost(PATIENCE).until(() -> finished(number).size() == 1);
        return finished(number).getFirst();
    }

    private List<Bitrix24Portal.Call> finished(String number) {
        return portal.calls().stream()
                .filter(call -> call.phone().equals(number) && call.finish().isPresent())
                .toList();
    }

    private static BeelineParty client(String number) {
        return BeelineParty.outside(number);
    }
}
