package io.patchbay.watch;

import io.patchbay.company.Companies;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.RateLimits;
import io.patchbay.connection.TokenStore;
import io.patchbay.connector.Auth;
import io.patchbay.connector.Connector.Kind;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
import io.patchbay.intake.Hooks;
import io.patchbay.journal.RawHooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers how connections are doing. The numbers are counted in the database: every node tells the same. */
@Component
public class Standings {

    private record Tried(int all, int failed) {}

    private final ConnectionHealth health;
    private final RawHooks hooks;
    private final Hooks addresses;
    private final TokenStore tokens;
    private final RateLimits limits;
    private final Connectors connectors;
    private final Companies companies;
    private final HabitBook habits;
    private final JdbcClient jdbc;
    private final WatchProperties properties;
    private final Clock clock;

    public Standings(
            ConnectionHealth health,
            RawHooks hooks,
            Hooks addresses,
            TokenStore tokens,
            RateLimits limits,
            Connectors connectors,
            Companies companies,
            HabitBook habits,
            JdbcClient jdbc,
            WatchProperties properties,
            Clock clock) {
        this.health = health;
        this.hooks = hooks;
        this.addresses = addresses;
        this.tokens = tokens;
        this.limits = limits;
        this.connectors = connectors;
        this.companies = companies;
        this.habits = habits;
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    public Standing of(Connection connection) {
        var id = connection.id();
        var heard = hooks.lastFrom(id.value());
        var tried = tried(connection);
        var pair = tokens.find(id);
        return new Standing(
                connection,
                health.of(id),
                heard,
                silent(connection, heard),
                count("SELECT COUNT(*) FROM wake WHERE connection_id = ? AND due_at <= ?", id.value(), clock.millis()),
                hooks.held(id.value()),
                count("SELECT COUNT(*) FROM effect WHERE connection_id = ? AND state = 'PARKED'", id.value()),
                limits.usedPercent(id),
                pair.access().map(token -> pair.expiresAt()),
                pair.refresh().isPresent() || logsInAnew(connection),
                addresses.use(id),
                can(connection, Operation.SUBSCRIBE),
                tried.all(),
                tried.failed());
    }

    /** By a login of its own making, which needs no refresh token. */
    private boolean logsInAnew(Connection connection) {
        return connectors
                .find(connection.connector())
                .flatMap(connector -> connector.auth(connection.settings()))
                .filter(Auth.Login.class::isInstance)
                .isPresent();
    }

    private boolean can(Connection connection, Operation operation) {
        return connectors
                .find(connection.connector())
                .filter(connector -> connector.can(operation, connection.settings()))
                .isPresent();
    }

    private Optional<Duration> silent(Connection connection, Optional<Instant> heard) {
        var tells = connectors
                .find(connection.connector())
                .filter(connector ->
                        connector.kind() == Kind.PBX && connector.can(Operation.DECODE_HOOK, connection.settings()))
                .isPresent();
        if (!tells || !connection.enabled()) {
            return Optional.empty();
        }
        var from = heard.filter(at -> at.isAfter(connection.changedAt())).orElse(connection.changedAt());
        return Optional.of(habits.of(connection.company())
                .hours()
                .between(
                        from,
                        clock.instant(),
                        companies.get(connection.company()).zone()));
    }

    private Tried tried(Connection connection) {
        return jdbc.sql("""
            SELECT COUNT(*), COUNT(a.fault) FROM attempt a JOIN effect e ON e.id = a.effect_id
            WHERE a.at > ? AND e.connection_id = ?\
            """)
                .params(
                        clock.instant().minus(properties.failuresWindow()).toEpochMilli(),
                        connection.id().value())
                .query((row, number) -> new Tried(row.getInt(1), row.getInt(2)))
                .single();
    }

    private int count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Integer.class).single();
    }
}
