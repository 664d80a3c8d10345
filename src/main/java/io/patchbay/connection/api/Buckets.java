package io.patchbay.connection.api;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.patchbay.connection.ClockMeter;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connector.Access.Pace;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Where the requests of each connection are counted: in this process, or in a PostgreSQL database for all nodes of the hub together. What is left
 * and how it comes back is the same in both.
 *
 * <p>Nodes that share a database go by their own clocks; a node whose clock is ahead lets the difference through once.
 */
public sealed interface Buckets {

    /** For a hub of one node. */
    static Buckets inThisProcess(Clock clock) {
        return new Local(new ClockMeter(clock), new ConcurrentHashMap<>());
    }

    /** For several nodes on one PostgreSQL database; each request costs one small transaction there. */
    static Buckets inDatabase(DataSource postgres, Clock clock) {
        return new Shared(Bucket4jPostgreSQL.selectForUpdateBasedBuilder(postgres)
                .table("rate_limit")
                .idColumn("connection_id")
                .stateColumn("state")
                .clientClock(new ClockMeter(clock))
                .build());
    }

    /** The bucket of a connection, full only when it is asked for the first time; empty when there is no limit. */
    Optional<Bucket> of(ConnectionId connection, List<Pace> pace);

    /** @param known by connection and pace: new settings of a connection do not fill its bucket */
    record Local(TimeMeter clock, Map<Key, Bucket> known) implements Buckets {

        record Key(ConnectionId connection, List<Pace> pace) {}

        @Override
        public Optional<Bucket> of(ConnectionId connection, List<Pace> pace) {
            return pace.isEmpty()
                    ? Optional.empty()
                    : Optional.of(known.computeIfAbsent(new Key(connection, pace), ignored -> bucket(pace)));
        }

        private Bucket bucket(List<Pace> pace) {
            var building = Bucket.builder().withCustomTimePrecision(clock);
            bandwidths(pace).forEach(building::addLimit);
            return building.build();
        }
    }

    /** Rows of the table {@code rate_limit}. */
    record Shared(ProxyManager<Long> rows) implements Buckets {

        @Override
        public Optional<Bucket> of(ConnectionId connection, List<Pace> pace) {
            if (pace.isEmpty()) {
                return Optional.empty();
            }
            var building = BucketConfiguration.builder();
            bandwidths(pace).forEach(building::addLimit);
            var wanted = building.build();
            var bucket = rows.builder().build(connection.value(), () -> wanted);
            if (rows.getProxyConfiguration(connection.value())
                    .filter(stored -> !stored.equals(wanted))
                    .isPresent()) {
                bucket.replaceConfiguration(
                        wanted, TokensInheritanceStrategy.AS_IS); // a newer connector has another pace
            }
            return Optional.of(bucket);
        }
    }

    private static List<Bandwidth> bandwidths(List<Pace> pace) {
        return pace.stream()
                .map(one -> Bandwidth.builder()
                        .capacity(one.capacity())
                        .refillGreedy(one.refill(), one.per())
                        .id(one.toString()) // so that what is left of an unchanged one survives a change of the others
                        .build())
                .toList();
    }
}
