package io.patchbay.effect;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.patchbay.connection.Connections;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What waits and what was given up, for each connection. Counted in the database from time to time and not at each reading: every node shows the
 * same numbers, those of the whole hub.
 */
public final class EffectGauges {

    private record Count(long connection, long number) {}

    private final JdbcClient jdbc;
    private final Connections connections;
    private final Clock clock;
    private final MultiGauge backlog;
    private final MultiGauge parked;

    EffectGauges(JdbcClient jdbc, Connections connections, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.connections = connections;
        this.clock = clock;
        this.backlog = MultiGauge.builder("patchbay.effect.backlog")
                .description("Calls whose time to be looked at has come")
                .register(meters);
        this.parked = MultiGauge.builder("patchbay.effect.parked")
                .description("Effects that wait for a person")
                .register(meters);
    }

    /** Called by routes/effect/measure.camel.yaml. */
    public void measure() {
        show(backlog, counts("SELECT connection_id, count(*) FROM wake WHERE due_at <= " + clock.millis()));
        show(parked, counts("SELECT connection_id, count(*) FROM effect WHERE state = 'PARKED'"));
    }

    private Map<Long, Long> counts(String sql) {
        return jdbc
                .sql(sql + " GROUP BY connection_id")
                .query((row, number) -> new Count(row.getLong(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Count::connection, Count::number));
    }

    /** One row for each connection there is, also for one without work: a line that ends tells nothing. */
    private void show(MultiGauge gauge, Map<Long, Long> counts) {
        gauge.register(
                connections.all().stream()
                        .map(connection -> connection.id().value())
                        .map(id -> MultiGauge.Row.of(
                                Tags.of("connection", Long.toString(id)), counts.getOrDefault(id, 0L)))
                        .toList(),
                true);
    }
}
