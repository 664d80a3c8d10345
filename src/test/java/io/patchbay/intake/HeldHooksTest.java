package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.journal.HeldHook;
import io.patchbay.journal.RawHooks;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hooks over the pace of their connection: 20 at once, then 10 a second. */
class HeldHooksTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final int AT_ONCE = 20;
    private static final int A_SECOND = 10;

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private ConnectorBench hub;
    private ConnectionId mad;
    private int hooks;

    @AfterEach
    void close() {
        hub.close();
    }

    private void open(TestDatabase.Kind kind) {
        hub = ConnectorBench.of("beeline")
                .hub()
                .on(kind)
                .clock(clock)
                .property("patchbay.intake.pace.capacity", Integer.toString(AT_ONCE))
                .property("patchbay.intake.pace.refill", Integer.toString(A_SECOND))
                .start();
        mad = hub.connection().id();
    }

    private ConnectionId another() {
        return hub.bean(Connections.class)
                .add(COMPANY, "beeline", "Another", Map.of())
                .id();
    }

    /** As the routes do: what is not admitted goes to the queue of those that wait, and from there to the database. @return whether it is read at once */
    private boolean comes(ConnectionId connection) {
        if (hub.bean(HookPace.class).admits(connection, "beeline")) {
            return true;
        }
        hub.bean(HeldHooks.class).hold(hook(connection));
        return false;
    }

    private byte[] hook(ConnectionId connection) {
        return hub.bean(SealedHooks.class)
                .seal(new Hook(
                        "hook-" + ++hooks,
                        COMPANY,
                        connection,
                        clock.instant(),
                        "POST",
                        "application/xml",
                        "",
                        Map.of(),
                        "<never>closed".getBytes(StandardCharsets.UTF_8)));
    }

    private int comeAtOnce(ConnectionId connection, int number) {
        int admitted = 0;
        for (int i = 0; i < number; i++) {
            admitted += comes(connection) ? 1 : 0;
        }
        return admitted;
    }

    private List<HeldHook> due() {
        return hub.bean(HeldHooks.class).due();
    }

    private int waiting(ConnectionId connection) {
        return hub.bean(RawHooks.class).held(connection.value());
    }

    private void read(HeldHook hook) {
        hub.bean(DecodeSteps.class).hearHeld(hook);
        hub.bean(HeldHooks.class).done(hook);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOverThePaceIsReadAtThePaceAndOldestFirst(TestDatabase.Kind kind) {
        open(kind);
        assertThat(comeAtOnce(mad, 100)).isEqualTo(AT_ONCE);
        assertThat(waiting(mad)).isEqualTo(80);
        assertThat(due()).as("at the same instant").isEmpty();

        var order = new ArrayList<Long>();
        for (int second = 1; second <= 8; second++) {
            clock.advance(Duration.ofSeconds(1));
            var turn = due();
            assertThat(turn).hasSize(A_SECOND);
            turn.forEach(hook -> order.add(hook.id()));
            turn.forEach(this::read);
        }

        assertThat(order).isSorted().doesNotHaveDuplicates();
        assertThat(waiting(mad)).isZero();
        assertThat(hub.database()
                        .jdbc()
                        .sql("SELECT COUNT(*) FROM raw_hook WHERE aside IS NOT NULL")
                        .query(Integer.class)
                        .single())
                .as("each was read, and none of them makes sense")
                .isEqualTo(80);
    }

    @Test
    void oneThatWentMadDelaysNobodyElse() {
        open(TestDatabase.Kind.SQLITE);
        var healthy = another();

        assertThat(comeAtOnce(mad, 5_000)).isEqualTo(AT_ONCE);

        assertThat(comeAtOnce(healthy, AT_ONCE)).isEqualTo(AT_ONCE);
        assertThat(waiting(healthy)).isZero();
    }

    @Test
    void whatComesWhileSomethingWaitsWaitsTooAndAllIsAsBeforeOnceNothingDoes() {
        open(TestDatabase.Kind.SQLITE);
        comeAtOnce(mad, AT_ONCE + 5);
        clock.advance(Duration.ofMinutes(1));
        assertThat(comes(mad)).as("five came before it").isFalse();

        due().forEach(this::read);
        assertThat(waiting(mad)).isZero();
        due();

        clock.advance(Duration.ofMinutes(1));
        assertThat(comeAtOnce(mad, AT_ONCE)).isEqualTo(AT_ONCE);
    }

    @ParameterizedTest
    @EnumSource
    void twoThatWentMadAreReadInTurnHoweverMuchOneOfThemSent(TestDatabase.Kind kind) {
        open(kind);
        var other = another();
        comeAtOnce(mad, 200);
        comeAtOnce(other, AT_ONCE + 3);
        clock.advance(Duration.ofSeconds(1));

        var turn = due();

        assertThat(turn).hasSize(A_SECOND + 3);
        assertThat(turn.subList(0, 6).stream()
                        .map(hook -> new ConnectionId(hook.connection()))
                        .filter(other::equals))
                .as("of the first six")
                .hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasInHandWhenTheHubDiedIsInHandAgainAndNobodyElseHasItMeanwhile(TestDatabase.Kind kind) {
        open(kind);
        comeAtOnce(mad, AT_ONCE + 5);
        clock.advance(Duration.ofSeconds(1));
        assertThat(due()).hasSize(5);
        clock.advance(Duration.ofSeconds(30));
        assertThat(due()).isEmpty();

        clock.advance(Duration.ofSeconds(31));

        assertThat(due()).hasSize(5).allMatch(hook -> hook.tries() == 2);
    }

    @Test
    void aHubThatStartsAgainKnowsWhatWaits() {
        open(TestDatabase.Kind.SQLITE);
        comeAtOnce(mad, AT_ONCE + 5);
        var fresh = new HookPace(hub.connectors(), hub.bean(IntakeProperties.class), clock);
        var steps = new HeldHooks(
                hub.bean(SealedHooks.class),
                hub.bean(RawHooks.class),
                hub.bean(DecodeSteps.class),
                fresh,
                hub.bean(Connections.class),
                clock);

        assertThat(steps.due()).hasSize(5);
        assertThat(fresh.admits(mad, "beeline")).isFalse();
    }

    @Test
    void whatCannotBeReadNowIsReadLaterAndTheOthersGoOn() {
        open(TestDatabase.Kind.SQLITE);
        comeAtOnce(mad, AT_ONCE + 2);
        clock.advance(Duration.ofSeconds(1));
        var turn = due();
        hub.bean(HeldHooks.class).later(turn.getFirst());
        read(turn.getLast());

        assertThat(due()).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        assertThat(due())
                .extracting(HeldHook::id)
                .containsExactly(turn.getFirst().id());
    }

    @Test
    void aRedeliveryHoldsNothingTwiceNorWhatWasRead() {
        open(TestDatabase.Kind.SQLITE);
        var bytes = hook(mad);
        var steps = hub.bean(HeldHooks.class);
        steps.hold(bytes);
        steps.hold(bytes);
        assertThat(waiting(mad)).isOne();
        due().forEach(this::read);

        steps.hold(bytes);

        assertThat(waiting(mad)).isZero();
    }

    @Test
    void nothingThatWaitsIsForgottenHoweverOldItIs() {
        open(TestDatabase.Kind.SQLITE);
        comeAtOnce(mad, AT_ONCE + 5);
        var ids = new HashSet<Long>();
        clock.advance(Duration.ofDays(90));

        hub.bean(RawHookRetention.class).run();

        due().forEach(hook -> ids.add(hook.id()));
        assertThat(ids).hasSize(5);
    }
}
