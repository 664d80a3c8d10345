package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.Access.Pace;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

    private static final ConnectionId ONE = new ConnectionId(1);
    private static final Pace TEN = new Pace(10, 10, Duration.ofSeconds(1));

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final List<Duration> naps = new ArrayList<>();

    private Pacer pacer(Pace... pace) {
        return pacer(List.of(pace), 0.2);
    }

    private Pacer pacer(List<Pace> pace, double reserve) {
        return new Pacer(Buckets.inThisProcess(clock).of(ONE, pace), pace, reserve, clock, this::nap);
    }

    private void nap(long nanos) {
        naps.add(Duration.ofNanos(nanos));
        clock.advance(Duration.ofNanos(nanos));
    }

    private static int goes(Pacer pacer, Urgency urgency) {
        for (var gone = 0; gone < 1000; gone++) {
            if (refusal(pacer, urgency, Duration.ZERO) != null) {
                return gone;
            }
        }
        return 1000;
    }

    private static ConnectorException refusal(Pacer pacer, Urgency urgency, Duration longest) {
        try {
            pacer.await("/calls", urgency, longest);
            return null;
        } catch (ConnectorException e) {
            assertThat(e.fault()).isEqualTo(Fault.BUSY);
            return e;
        }
    }

    @Test
    void letsThroughAsManyAsTheCapacityAndThenAsFastAsTheRefill() {
        var pacer = pacer(TEN);

        assertThat(goes(pacer, Urgency.LIVE)).isEqualTo(10);
        assertThat(refusal(pacer, Urgency.LIVE, Duration.ZERO).retryAfter()).isEqualTo(Duration.ofMillis(100));

        clock.advance(Duration.ofMillis(350));
        assertThat(goes(pacer, Urgency.LIVE)).isEqualTo(3);

        clock.advance(Duration.ofHours(1));
        assertThat(goes(pacer, Urgency.LIVE))
                .as("no more than the capacity is saved up")
                .isEqualTo(10);
    }

    @Test
    void everyOneOfSeveralLimitsHolds() {
        var pacer = pacer(new Pace(3, 3, Duration.ofSeconds(1)), new Pace(5, 5, Duration.ofHours(1)));

        assertThat(goes(pacer, Urgency.LIVE)).isEqualTo(3);
        clock.advance(Duration.ofSeconds(1));
        assertThat(goes(pacer, Urgency.LIVE)).isEqualTo(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(refusal(pacer, Urgency.LIVE, Duration.ZERO).retryAfter()).isGreaterThan(Duration.ofMinutes(11));
    }

    @Test
    void waitsForATurnThatComesInTimeAndRefusesALaterOneAtOnce() {
        var pacer = pacer(new Pace(1, 1, Duration.ofSeconds(10)));
        goes(pacer, Urgency.LIVE);

        assertThat(refusal(pacer, Urgency.LIVE, Duration.ofSeconds(5)).retryAfter())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(naps).isEmpty();

        assertThat(refusal(pacer, Urgency.LIVE, Duration.ofSeconds(10))).isNull();
        assertThat(naps).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void theBackgroundLeavesAReserveToWhatIsLive() {
        var pacer = pacer(TEN);

        assertThat(goes(pacer, Urgency.BACKGROUND)).isEqualTo(8);
        assertThat(refusal(pacer, Urgency.BACKGROUND, Duration.ZERO).retryAfter())
                .isEqualTo(Duration.ofMillis(100));
        assertThat(goes(pacer, Urgency.LIVE)).isEqualTo(2);
        assertThat(refusal(pacer, Urgency.BACKGROUND, Duration.ZERO).retryAfter())
                .isEqualTo(Duration.ofMillis(300));

        clock.advance(Duration.ofMillis(300));
        assertThat(goes(pacer, Urgency.BACKGROUND)).isEqualTo(1);
    }

    @Test
    void theReserveHoldsInEachOfSeveralLimits() {
        var pacer = pacer(TEN, new Pace(100, 100, Duration.ofHours(1)));
        var gone = 0;
        for (var second = 0; second < 60; second++) {
            gone += goes(pacer, Urgency.BACKGROUND);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(gone).as("80 and what came back in a minute").isBetween(80, 82);
        assertThat(goes(pacer, Urgency.LIVE)).isEqualTo(10);
    }

    @Test
    void theBackgroundWaitsWhileALiveRequestWaits() {
        var inTheQueue = new ArrayList<ConnectorException>();
        var pace = List.of(TEN);
        var bucket = Buckets.inThisProcess(clock).of(ONE, pace);
        var background = new Pacer(bucket, pace, 0, clock, this::nap);
        var live = new Pacer(bucket, pace, 0, clock, nanos -> {
            // the live request sleeps; at this very moment work of the background asks for its turn
            inTheQueue.add(refusal(background, Urgency.BACKGROUND, Duration.ZERO));
            clock.advance(Duration.ofNanos(nanos));
            inTheQueue.add(refusal(background, Urgency.BACKGROUND, Duration.ZERO));
        });
        goes(live, Urgency.LIVE);

        assertThat(refusal(live, Urgency.LIVE, Duration.ofSeconds(1))).isNull();

        assertThat(inTheQueue)
                .as("neither before the live request's token is there, nor then")
                .doesNotContainNull();
        clock.advance(Duration.ofMillis(100));
        assertThat(refusal(background, Urgency.BACKGROUND, Duration.ZERO)).isNull();
    }

    @Test
    void aLiveRequestOvertakesTheBackgroundThatWaits() {
        var order = new ArrayList<String>();
        var pace = List.of(TEN);
        var bucket = Buckets.inThisProcess(clock).of(ONE, pace);
        var live = new Pacer(bucket, pace, 0.2, clock, this::nap);
        var background = new Pacer(bucket, pace, 0.2, clock, nanos -> {
            if (order.isEmpty()) {
                assertThat(refusal(live, Urgency.LIVE, Duration.ZERO))
                        .as("out of the reserve, at once")
                        .isNull();
                order.add("live");
            }
            nap(nanos);
        });
        goes(background, Urgency.BACKGROUND);

        assertThat(refusal(background, Urgency.BACKGROUND, Duration.ofSeconds(1)))
                .isNull();
        order.add("background");

        assertThat(order).containsExactly("live", "background");
        assertThat(naps)
                .as("once for its token, once more for the one that was overtaken with")
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(100));
    }

    @Test
    void theBackgroundIsPutOffWhenItsTurnDoesNotComeInItsTime() {
        var pacer = pacer(new Pace(2, 1, Duration.ofSeconds(10)));
        goes(pacer, Urgency.LIVE);

        var refusal = refusal(pacer, Urgency.BACKGROUND, Duration.ofSeconds(15));

        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(naps).as("in vain is not slept").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.9})
    void theBackgroundAlwaysGetsAShare(double reserve) {
        for (var capacity : new long[] {1, 2, 3, 5, 40}) {
            var pacer = pacer(List.of(new Pace(capacity, 1, Duration.ofSeconds(1))), reserve);
            assertThat(goes(pacer, Urgency.BACKGROUND))
                    .as("capacity %s", capacity)
                    .isPositive();
        }
    }

    @Test
    void staysAwayFromAPlaceOrFromTheWholeTargetAsLongAsItAsked() {
        var pacer = pacer(TEN);
        pacer.pausePlace("/calls", Duration.ofMinutes(10));

        assertThat(refusal(pacer, Urgency.LIVE, Duration.ofSeconds(5)).retryAfter())
                .isEqualTo(Duration.ofMinutes(10));
        assertThatCode(() -> pacer.await("/tasks", Urgency.LIVE, Duration.ZERO)).doesNotThrowAnyException();

        pacer.pauseAll(Duration.ofSeconds(30));
        pacer.pauseAll(Duration.ofSeconds(3));
        clock.advance(Duration.ofSeconds(29));
        assertThat(catchThrowableOfType(
                                ConnectorException.class, () -> pacer.await("/tasks", Urgency.LIVE, Duration.ZERO))
                        .retryAfter())
                .as("a shorter wish does not end a longer one")
                .isEqualTo(Duration.ofSeconds(1));

        clock.advance(Duration.ofMinutes(10));
        assertThat(refusal(pacer, Urgency.LIVE, Duration.ZERO)).isNull();
    }

    @Test
    void whereThereIsNoLimitNothingWaits() {
        assertThat(goes(pacer(), Urgency.BACKGROUND)).isEqualTo(1000);
    }

    @Test
    void stopsWaitingWhenTheHubStops() {
        var pace = List.of(TEN);
        var pacer = new Pacer(Buckets.inThisProcess(clock).of(ONE, pace), pace, 0.2, clock, nanos -> {
            throw new InterruptedException();
        });
        goes(pacer, Urgency.LIVE);

        assertThat(refusal(pacer, Urgency.LIVE, Duration.ofSeconds(5)).code()).isEqualTo("hub");
        assertThat(Thread.interrupted()).as("told to whoever called").isTrue();
        assertThat(refusal(pacer, Urgency.BACKGROUND, Duration.ofSeconds(5)).code())
                .isEqualTo("hub");
        assertThat(Thread.interrupted()).isTrue();
    }
}
