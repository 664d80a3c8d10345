package io.patchbay.intake;

import inet.ipaddr.IPAddress;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.intake.HookAddress.Refusals;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The addresses at which connections receive hooks: {@code <public url>/hooks/<secret>}.
 *
 * <p>A secret is found by its hash, so the time of an answer tells nothing about how much of a guess was right. One whose end has come is looked up and answered
 * as one that never was.
 */
@Component
public class Hooks {

    /** 256 bits: not to be guessed, and short enough for every PBX's address field. */
    private static final int SECRET_BYTES = 32;

    private static final String SECRET_NAME = "hook";

    /** So long after its end an address is remembered, so that whoever still sends there is seen. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Connections connections;
    private final Secrets secrets;
    private final HookUse use;
    private final IntakeProperties properties;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Hooks(
            JdbcClient jdbc,
            TransactionOperations transactions,
            Connections connections,
            Secrets secrets,
            HookUse use,
            IntakeProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.connections = connections;
        this.secrets = secrets;
        this.use = use;
        this.properties = properties;
        this.clock = clock;
    }

    /** Whose hook this is, when it is not known who sent it. */
    public Optional<Owner> owner(String secret) {
        return owner(secret, Optional.empty());
    }

    /**
     * Whose hook this is; empty for an unknown secret, for one whose end has come, and for a sender who is not on the connection's list. The use, or the refusal, is noted.
     *
     * @param sender empty when it is not known
     */
    Optional<Owner> owner(String secret, Optional<IPAddress> sender) {
        var hash = hash(secret);
        return jdbc.sql("SELECT h.connection_id, c.company_id, c.connector, c.hook_networks, h.ends_at FROM hook h"
                        + " JOIN connection c ON c.id = h.connection_id WHERE h.secret_hash = :hash AND"
                        + " c.removed_at IS NULL")
                .param("hash", hash)
                .query((row, n) -> new Found(
                        new Owner(
                                new ConnectionId(row.getLong("connection_id")),
                                new CompanyId(row.getLong("company_id")),
                                row.getString("connector")),
                        AddressList.of(row.getString("hook_networks")),
                        time(row, "ends_at")))
                .optional()
                .filter(found -> permits(found, hash, sender))
                .map(Found::owner);
    }

    private record Found(Owner owner, AddressList senders, Optional<Instant> ends) {}

    private boolean permits(Found found, String hash, Optional<IPAddress> sender) {
        if (!found.senders().permits(sender)) {
            use.refused(found.owner().connection(), sender);
            return false;
        }
        use.now(hash, sender);
        return found.ends().filter(end -> !clock.instant().isBefore(end)).isEmpty();
    }

    /** The address of a connection; made at first asking. */
    public URI address(ConnectionId connection) {
        var secret = secrets.find(connection, SECRET_NAME)
                .orElseGet(() -> alone(
                        connection,
                        () -> secrets.find(connection, SECRET_NAME)
                                .orElseGet(() -> make(connections.get(connection)))));
        return URI.create(properties.publicUrl() + "/hooks/" + secret.reveal());
    }

    /**
     * Gives the connection a new address. The one before works on.
     *
     * @param overlap    how long, from when the system has the new one
     * @param registered false: that counts from {@link #registered}; true: from now
     */
    public void change(ConnectionId connection, Duration overlap, boolean registered) {
        alone(connection, () -> {
            var now = clock.instant();
            jdbc.sql("DELETE FROM hook WHERE connection_id = ? AND ends_at < ?")
                    .params(connection.value(), now.minus(REMEMBERED).toEpochMilli())
                    .update();
            jdbc.sql("UPDATE hook SET superseded_at = ?, overlap_millis = ? WHERE connection_id = ? AND superseded_at"
                            + " IS NULL")
                    .params(now.toEpochMilli(), overlap.toMillis(), connection.value())
                    .update();
            if (registered) {
                beginEnds(connection);
            }
            return make(connections.get(connection));
        });
    }

    /**
     * The system has this address now: the ends of those before begin.
     *
     * @return false when the address was changed meanwhile, so that it does not have the connection's
     */
    public boolean registered(ConnectionId connection, URI address) {
        return alone(connection, () -> {
            var same = address.equals(address(connection));
            if (same) {
                beginEnds(connection);
            }
            return same;
        });
    }

    /** Whether an address that was replaced waits for the system to have the new one. */
    public boolean awaitsRegistration(ConnectionId connection) {
        return jdbc.sql("SELECT COUNT(*) FROM hook WHERE connection_id = ? AND superseded_at IS NOT NULL AND ends_at"
                                + " IS NULL")
                        .param(connection.value())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** From now on only the connection's address of today is known. */
    public void endFormer(ConnectionId connection) {
        jdbc.sql("UPDATE hook SET ends_at = :now WHERE connection_id = :connection AND superseded_at IS NOT NULL"
                        + " AND (ends_at IS NULL OR ends_at > :now)")
                .param("now", clock.millis())
                .param("connection", connection.value())
                .update();
    }

    /** How the address is used, and those before it. */
    public HookAddress use(ConnectionId connection) {
        var former = jdbc.sql("SELECT superseded_at, overlap_millis, ends_at, last_used_at FROM hook WHERE"
                        + " connection_id = ? AND superseded_at IS NOT NULL ORDER BY superseded_at DESC")
                .param(connection.value())
                .query((row, n) -> new HookAddress.Former(
                        Instant.ofEpochMilli(row.getLong("superseded_at")),
                        Duration.ofMillis(row.getLong("overlap_millis")),
                        time(row, "ends_at"),
                        time(row, "last_used_at")))
                .list();
        var today = jdbc
                .sql("SELECT last_used_at, last_used_from FROM hook WHERE connection_id = ? AND superseded_at IS"
                        + " NULL AND last_used_at IS NOT NULL")
                .param(connection.value())
                .query((row, n) -> new Last(
                        Instant.ofEpochMilli(row.getLong("last_used_at")),
                        Optional.ofNullable(row.getString("last_used_from"))))
                .list()
                .stream()
                .findFirst();
        return new HookAddress(
                today.map(Last::at), today.flatMap(Last::from), former, senders(connection), refusals(connection));
    }

    private record Last(Instant at, Optional<String> from) {}

    private AddressList senders(ConnectionId connection) {
        return jdbc.sql("SELECT hook_networks FROM connection WHERE id = ?")
                .param(connection.value())
                .query((row, n) -> AddressList.of(row.getString("hook_networks")))
                .optional()
                .orElse(AddressList.EMPTY);
    }

    private Optional<Refusals> refusals(ConnectionId connection) {
        return jdbc.sql("SELECT refused, since, last_at, last_from FROM hook_refusal WHERE connection_id = ?")
                .param(connection.value())
                .query((row, n) -> new Refusals(
                        row.getLong("refused"),
                        Instant.ofEpochMilli(row.getLong("since")),
                        Instant.ofEpochMilli(row.getLong("last_at")),
                        row.getString("last_from")))
                .optional();
    }

    /** Who may send hooks to a connection, at whichever of its addresses. What was refused before does not count any more. */
    public void permit(ConnectionId connection, AddressList senders) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("UPDATE connection SET hook_networks = ? WHERE id = ?")
                    .params(senders.toString(), connection.value())
                    .update();
            use.forgive(connection);
        });
    }

    private void beginEnds(ConnectionId connection) {
        jdbc.sql("UPDATE hook SET ends_at = ? + overlap_millis WHERE connection_id = ? AND superseded_at IS NOT NULL"
                        + " AND ends_at IS NULL")
                .params(clock.millis(), connection.value())
                .update();
    }

    /** In one transaction that holds the connection's row: two who change its address at once do so one after the other. */
    private <T> T alone(ConnectionId connection, Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> {
            jdbc.sql("UPDATE connection SET changed_at = changed_at WHERE id = ?")
                    .param(connection.value())
                    .update();
            return work.get();
        }));
    }

    private Secret make(Connection connection) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("INSERT INTO hook (secret_hash, connection_id, created_at) VALUES (:hash, :connection, :now)")
                .param("hash", hash(secret))
                .param("connection", connection.id().value())
                .param("now", clock.millis())
                .update();
        var fresh = new Secret(secret);
        secrets.keep(connection.id(), SECRET_NAME, fresh);
        return fresh;
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static String hash(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    /** The connection a hook belongs to. */
    public record Owner(ConnectionId connection, CompanyId company, String connector) {}
}
