package io.patchbay.connection.store;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Secret;
import io.patchbay.connection.TokenPair;
import io.patchbay.connection.TokenStore;
import io.patchbay.connection.Vault;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** In the table {@code token}, sealed. */
public final class JdbcTokenStore implements TokenStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FIELD = "token";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Vault vault;

    public JdbcTokenStore(JdbcClient jdbc, TransactionOperations transactions, Vault vault) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.vault = vault;
    }

    @Override
    public TokenPair find(ConnectionId connection) {
        return jdbc.sql("SELECT version, sealed, expires_at, asked_at FROM token WHERE connection_id = ?")
                .param(connection.value())
                .query((row, number) -> Row.of(row))
                .optional()
                .map(row -> pair(connection, row))
                .orElse(TokenPair.NONE);
    }

    /** Read whole before anything else is asked: a second question while the first is open would want a second connection. */
    private record Row(long version, Optional<byte[]> pair, Instant expiresAt, boolean lost) {
        private static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("version"),
                    Optional.ofNullable(row.getBytes("sealed")),
                    Instant.ofEpochMilli(row.getLong("expires_at")),
                    row.getObject("asked_at") != null);
        }
    }

    private TokenPair pair(ConnectionId connection, Row row) {
        var opened = row.pair()
                .map(bytes -> vault.open(bytes, JdbcSecrets.purpose(jdbc, connection, FIELD)))
                .map(JSON::readTree);
        return new TokenPair(
                row.version(),
                opened.map(pair -> new Secret(pair.path("access").asString())),
                opened.filter(pair -> pair.hasNonNull("refresh"))
                        .map(pair -> new Secret(pair.path("refresh").asString())),
                row.expiresAt(),
                row.lost());
    }

    @Override
    public boolean hold(ConnectionId connection, String holder, Instant now, Instant until) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            jdbc.sql("""
                INSERT INTO token (connection_id, version, expires_at, held_until) VALUES (?, 0, 0, 0)
                ON CONFLICT (connection_id) DO NOTHING\
                """).param(connection.value()).update();
            return jdbc.sql("""
                UPDATE token SET holder = ?, held_until = ?
                WHERE connection_id = ? AND (held_until <= ? OR holder = ?)\
                """)
                            .params(holder, until.toEpochMilli(), connection.value(), now.toEpochMilli(), holder)
                            .update()
                    == 1;
        }));
    }

    @Override
    public void release(ConnectionId connection, String holder) {
        jdbc.sql("UPDATE token SET holder = NULL, held_until = 0 WHERE connection_id = ? AND holder = ?")
                .params(connection.value(), holder)
                .update();
    }

    @Override
    public void asking(ConnectionId connection, Instant now) {
        jdbc.sql("UPDATE token SET asked_at = ? WHERE connection_id = ?")
                .params(now.toEpochMilli(), connection.value())
                .update();
    }

    @Override
    public void notAsked(ConnectionId connection) {
        jdbc.sql("UPDATE token SET asked_at = NULL WHERE connection_id = ?")
                .param(connection.value())
                .update();
    }

    @Override
    public TokenPair replace(ConnectionId connection, Secret access, Optional<Secret> refresh, Instant expiresAt) {
        transactions.executeWithoutResult(transaction -> {
            var kept = refresh.or(() -> find(connection).refresh());
            var tokens = JsonNodeFactory.instance.objectNode().put("access", access.reveal());
            kept.ifPresent(secret -> tokens.put("refresh", secret.reveal()));
            var bytes = vault.seal(
                    tokens.toString().getBytes(StandardCharsets.UTF_8), JdbcSecrets.purpose(jdbc, connection, FIELD));
            jdbc.sql("""
                INSERT INTO token (connection_id, version, sealed, expires_at, held_until) VALUES (?, 1, ?, ?, 0)
                ON CONFLICT (connection_id) DO UPDATE SET version = token.version + 1, sealed = excluded.sealed,
                  expires_at = excluded.expires_at, asked_at = NULL\
                """)
                    .params(connection.value(), bytes, expiresAt.toEpochMilli())
                    .update();
        });
        return find(connection);
    }
}
