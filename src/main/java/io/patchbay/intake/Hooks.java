package io.patchbay.intake;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The addresses at which connections receive hooks: {@code <public url>/hooks/<secret>}.
 *
 * <p>A secret is found by its hash, so the time of an answer tells nothing about how much of a guess was right.
 */
@Component
public class Hooks {

    /** 256 bits: not to be guessed, and short enough for every PBX's address field. */
    private static final int SECRET_BYTES = 32;

    private static final String SECRET_NAME = "hook";

    private final JdbcClient jdbc;
    private final Connections connections;
    private final Secrets secrets;
    private final IntakeProperties properties;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Hooks(JdbcClient jdbc, Connections connections, Secrets secrets, IntakeProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.connections = connections;
        this.secrets = secrets;
        this.properties = properties;
        this.clock = clock;
    }

    /** Whose hook this is; empty for an unknown secret. */
    public Optional<Owner> owner(String secret) {
        return jdbc.sql("SELECT h.connection_id, c.company_id, c.connector FROM hook h JOIN connection c ON c.id ="
                        + " h.connection_id WHERE h.secret_hash = :hash AND c.removed_at IS NULL")
                .param("hash", hash(secret))
                .query((row, n) -> new Owner(
                        new ConnectionId(row.getLong("connection_id")),
                        new CompanyId(row.getLong("company_id")),
                        row.getString("connector")))
                .optional();
    }

    /** The address of a connection; made at first asking. */
    public URI address(ConnectionId connection) {
        var secret = secrets.find(connection, SECRET_NAME).orElseGet(() -> make(connections.get(connection)));
        return URI.create(properties.publicUrl() + "/hooks/" + secret.reveal());
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
