package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Urgency;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connector.Access.Pace;
import io.patchbay.connector.ConnectorException;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One limit for all nodes that share a PostgreSQL database; the same in one process. */
class BucketsTest {

    private static final List<Pace> PACE =
            List.of(new Pace(10, 10, Duration.ofSeconds(1)), new Pace(50, 50, Duration.ofHours(1)));

    private static TestDatabase postgres;
    private static Connections connections;

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private ConnectionId connection;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.of(TestDatabase.Kind.POSTGRESQL);
        connections =
                new JdbcConnections(postgres.jdbc(), postgres.transactions(), new MovableClock(ConnectorBench.START));
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void connect() {
        connection =
                connections.add(new CompanyId(1), "parrot", "Test", Map.of()).id();
    }

    private Buckets buckets(TestDatabase.Kind kind) {
        return switch (kind) {
            case SQLITE -> Buckets.inThisProcess(clock);
            case POSTGRESQL -> node();
        };
    }

    private Buckets node() {
        return Buckets.inDatabase(postgres.dataSource(), clock);
    }

    private Pacer pacer(Buckets node) {
        return pacer(node, PACE);
    }

    private Pacer pacer(Buckets node, List<Pace> pace) {
        return new Pacer(node.of(connection, pace), pace, 0.2, clock, nanos -> clock.advance(Duration.ofNanos(nanos)));
    }

    private static boolean goes(Pacer pacer, Urgency urgency) {
        try {
            pacer.await("/calls", urgency, Duration.ZERO);
            return true;
        } catch (ConnectorException e) {
            return false;
        }
    }

    private static int howMany(Pacer pacer, Urgency urgency) {
        return (int) IntStream.generate(() -> goes(pacer, urgency) ? 1 : 0)
                .takeWhile(gone -> gone == 1)
                .limit(1000)
                .count();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void fillsAndRefillsTheSameWayWhereverItIsCounted(TestDatabase.Kind kind) {
        var pacer = pacer(buckets(kind));

        assertThat(howMany(pacer, Urgency.BACKGROUND)).isEqualTo(8);
        assertThat(howMany(pacer, Urgency.LIVE)).isEqualTo(2);
        clock.advance(Duration.ofMillis(250));
        assertThat(howMany(pacer, Urgency.LIVE)).isEqualTo(2);
        clock.advance(Duration.ofMillis(60));
        assertThat(howMany(pacer, Urgency.LIVE)).as("halves are kept").isEqualTo(1);
        clock.advance(Duration.ofSeconds(20));
        assertThat(howMany(pacer, Urgency.LIVE)).as("no more than the capacity").isEqualTo(10);
        pacer.await("/calls", Urgency.LIVE, Duration.ofSeconds(1));
        clock.advance(Duration.ofMinutes(1));
        howMany(pacer, Urgency.LIVE);
        clock.advance(Duration.ofMinutes(1));
        howMany(pacer, Urgency.LIVE);
        clock.advance(Duration.ofMinutes(1));
        assertThat(howMany(pacer, Urgency.LIVE)).as("the hour's limit").isLessThan(10);
    }

    @Test
    void twoNodesShareOneLimit() {
        var one = pacer(node());
        var other = pacer(node());

        assertThat(howMany(one, Urgency.LIVE)).isEqualTo(10);
        assertThat(howMany(other, Urgency.LIVE)).isZero();

        clock.advance(Duration.ofMillis(300));
        assertThat(howMany(other, Urgency.LIVE)).isEqualTo(3);
        assertThat(howMany(one, Urgency.LIVE)).isZero();
    }

    @Test
    void twoNodesAtOnceDoNotGetMoreThanOne() throws Exception {
        var pacers = List.of(pacer(node()), pacer(node()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = IntStream.range(0, 40)
                    .mapToObj(i -> (Callable<Boolean>) () -> goes(pacers.get(i % 2), Urgency.LIVE))
                    .toList();
            var gone = 0;
            for (var one : threads.invokeAll(tasks)) {
                gone += one.get() ? 1 : 0;
            }
            assertThat(gone).isEqualTo(10);
        }
    }

    @Test
    void theBackgroundOfOneNodeWaitsForALiveRequestOfAnother() {
        var background = pacer(node());
        var live = new Pacer(node().of(connection, PACE), PACE, 0.2, clock, nanos -> {
            clock.advance(Duration.ofNanos(nanos));
            assertThat(goes(background, Urgency.BACKGROUND)).isFalse();
        });
        howMany(live, Urgency.LIVE);

        live.await("/calls", Urgency.LIVE, Duration.ofSeconds(1));

        clock.advance(Duration.ofMillis(300));
        assertThat(goes(background, Urgency.BACKGROUND)).isTrue();
    }

    @Test
    void aStartOfANodeFillsNothing() {
        howMany(pacer(node()), Urgency.LIVE);

        assertThat(howMany(pacer(node()), Urgency.LIVE)).isZero();
    }

    @Test
    void anotherPaceOfANewerConnectorHoldsAtOnceAndFillsNothing() {
        howMany(pacer(node()), Urgency.LIVE);
        var slower = List.of(new Pace(2, 1, Duration.ofSeconds(1)), PACE.get(1));

        var pacer = pacer(node(), slower);
        clock.advance(Duration.ofMinutes(1));

        assertThat(howMany(pacer, Urgency.LIVE)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void newSettingsOfAConnectionFillNothing(TestDatabase.Kind kind) {
        var buckets = buckets(kind);
        howMany(pacer(buckets), Urgency.LIVE);

        assertThat(howMany(pacer(buckets), Urgency.LIVE)).isZero();
    }

    @Test
    void connectionsDoNotShareAndALeftOneLeavesNothing() {
        howMany(pacer(node()), Urgency.LIVE);
        var first = connection;
        connect();
        assertThat(howMany(pacer(node()), Urgency.LIVE)).isEqualTo(10);

        connections.remove(first);
        assertThat(postgres.jdbc()
                        .sql("SELECT count(*) FROM rate_limit WHERE connection_id = ?")
                        .param(first.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
