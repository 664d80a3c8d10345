package io.patchbay.intake;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.patchbay.connection.ClockMeter;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connector.Access.Pace;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How fast the hooks of each connection are read. What is over the pace is taken all the same and waits its turn, so that one sender gone mad delays nobody else. Once something
 * of a connection waits, whatever comes after it waits too. Counted on each node for itself. Thread-safe.
 */
@Component
class HookPace {

    private static final Logger LOG = LoggerFactory.getLogger(HookPace.class);

    private record Key(ConnectionId connection, List<Pace> pace) {}

    private final Connectors connectors;
    private final IntakeProperties properties;
    private final ClockMeter clock;
    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();
    private final Set<ConnectionId> waiting = ConcurrentHashMap.newKeySet();

    HookPace(Connectors connectors, IntakeProperties properties, Clock clock) {
        this.connectors = connectors;
        this.properties = properties;
        this.clock = new ClockMeter(clock);
    }

    /** Whether a hook that came just now is read at once; if not, it waits. */
    boolean admits(ConnectionId connection, String connector) {
        if (waiting.contains(connection)) {
            return false;
        }
        var admitted = bucket(connection, connector).tryConsume(1);
        if (!admitted) {
            waits(connection);
        }
        return admitted;
    }

    /** How many of those that wait may be read now, at most {@code most}; they count as read. */
    int release(ConnectionId connection, String connector, int most) {
        return (int) bucket(connection, connector).tryConsumeAsMuchAsPossible(most);
    }

    /** Something of the connection waits. */
    void waits(ConnectionId connection) {
        if (waiting.add(connection)) {
            LOG.warn("hook.pace-exceeded connection={}", connection);
        }
    }

    /** Nothing of the others waits any more. */
    void onlyWaiting(Set<ConnectionId> still) {
        for (var connection : Set.copyOf(waiting)) {
            if (!still.contains(connection)) {
                waiting.remove(connection);
                LOG.info("hook.pace-kept connection={}", connection);
            }
        }
    }

    private Bucket bucket(ConnectionId connection, String connector) {
        var pace = connectors
                .find(connector)
                .map(Connector::hookPace)
                .filter(own -> !own.isEmpty())
                .orElseGet(() -> List.of(properties.pace().asPace()));
        return buckets.computeIfAbsent(new Key(connection, pace), this::made);
    }

    private Bucket made(Key key) {
        var building = Bucket.builder().withCustomTimePrecision(clock);
        for (var one : key.pace()) {
            building.addLimit(Bandwidth.builder()
                    .capacity(one.capacity())
                    .refillGreedy(one.refill(), one.per())
                    .build());
        }
        return building.build();
    }
}
