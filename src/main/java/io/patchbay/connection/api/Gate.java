package io.patchbay.connection.api;

import io.github.bucket4j.BlockingStrategy;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connector.ConnectorException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One request from asking to answer: breaker, pace, login, sending, judging, repeating after a renewed token; then health, metrics and log. */
final class Gate {

    private static final String CHECK = "check"; // what an administrator presses after a correction: always goes

    private final Targets targets;
    private final Exchanges exchanges;
    private final ConnectionHealth health;
    private final Buckets buckets;
    private final ApiProperties properties;
    private final Clock clock;
    private final BlockingStrategy sleep;
    private final RequestLog log;
    private final Map<ConnectionId, Guarded> guarded = new ConcurrentHashMap<>();

    Gate(
            Targets targets,
            Exchanges exchanges,
            ConnectionHealth health,
            Buckets buckets,
            ApiProperties properties,
            Clock clock,
            BlockingStrategy sleep,
            MeterRegistry meters) {
        this.targets = targets;
        this.exchanges = exchanges;
        this.health = health;
        this.buckets = buckets;
        this.properties = properties;
        this.clock = clock;
        this.sleep = sleep;
        this.log = new RequestLog(meters);
    }

    /** Breaker and pauses of a connection, forgotten when its settings change; what is left of its rate limit is not. */
    private record Guarded(Instant changedAt, Breaker breaker, Pacer pacer) {}

    /** @throws ConnectorException when there is no answer to hand on */
    Answer ask(ConnectionId connection, ApiRequest request, Asking asking) {
        var target = targets.of(connection);
        var guard = guard(target);
        enter(target, guard, request, asking);
        var line = log.begin(target, request, asking);
        try {
            var answer = exchanges.ask(target, request, asking, guard.pacer(), line);
            guard.breaker().answered();
            health.went(connection);
            line.done(answer.status());
            return answer;
        } catch (ConnectorException e) {
            failed(connection, guard.breaker(), e);
            line.failed(e);
            throw e;
        }
    }

    private void enter(Target target, Guarded guard, ApiRequest request, Asking asking) {
        var entered = false;
        try {
            guard.pacer().refuseWhilePaused(request.place());
            if (!asking.operation().equals(CHECK)) {
                guard.breaker().enter(clock.instant());
                entered = true;
            }
            guard.pacer().await(request.place(), asking.urgency(), properties.wait(asking.urgency()));
        } catch (ConnectorException e) {
            if (entered) {
                guard.breaker().left();
            }
            log.held(target, asking, e);
            throw e;
        }
    }

    private Guarded guard(Target target) {
        var connection = target.connection();
        return Optional.ofNullable(guarded.compute(
                        connection.id(),
                        (id, old) -> old != null && old.changedAt().equals(connection.changedAt())
                                ? old
                                : new Guarded(connection.changedAt(), new Breaker(), pacer(target))))
                .orElseThrow();
    }

    private Pacer pacer(Target target) {
        var pace = target.connector().access().pace();
        return new Pacer(buckets.of(target.connection().id(), pace), pace, properties.reserve(), clock, sleep);
    }

    private void failed(ConnectionId connection, Breaker breaker, ConnectorException e) {
        switch (e.fault()) {
            case REFUSED, NOT_SUPPORTED -> {
                breaker.answered();
                health.went(connection);
            }
            case BUSY -> {
                if (e.retryAfter().isPositive()) {
                    breaker.answered(); // a target that says when to come back is alive
                } else {
                    breaker.failed(e, clock.instant());
                }
                health.failed(connection, e);
            }
            case SETUP, UNREACHABLE -> {
                breaker.failed(e, clock.instant());
                health.failed(connection, e);
            }
            case OURS -> breaker.left();
        }
    }
}
