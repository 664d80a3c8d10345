package io.patchbay.connection.store;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.connection.Vault;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Secrets in the table {@code secret}, sealed. */
public final class JdbcSecrets implements Secrets {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Vault vault;
    private final Clock clock;

    public JdbcSecrets(JdbcClient jdbc, TransactionOperations transactions, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public Optional<Secret> find(ConnectionId connection, String name) {
        return jdbc.sql("SELECT sealed FROM secret WHERE connection_id = ? AND name = ?")
                .params(connection.value(), name)
                .query((row, number) -> row.getBytes("sealed"))
                .optional()
                // not named sealed: the formatter takes that for the keyword
                .map(found -> vault.open(found, purpose(jdbc, connection, "secret/" + name)))
                .map(bytes -> new Secret(new String(bytes, StandardCharsets.UTF_8)));
    }

    @Override
    public Set<String> names(ConnectionId connection) {
        return new TreeSet<>(jdbc.sql("SELECT name FROM secret WHERE connection_id = ?")
                .param(connection.value())
                .query(String.class)
                .list());
    }

    @Override
    public void keep(ConnectionId connection, String name, Secret secret) {
        transactions.executeWithoutResult(transaction -> {
            var sealed = vault.seal(
                    secret.reveal().getBytes(StandardCharsets.UTF_8), purpose(jdbc, connection, "secret/" + name));
            jdbc.sql("""
                INSERT INTO secret (connection_id, name, sealed, changed_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (connection_id, name) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at\
                """)
                    .params(connection.value(), name, sealed, clock.millis())
                    .update();
            JdbcConnections.touched(jdbc, connection, clock);
        });
    }

    @Override
    public void forget(ConnectionId connection, String name) {
        transactions.executeWithoutResult(transaction -> {
            jdbc.sql("DELETE FROM secret WHERE connection_id = ? AND name = ?")
                    .params(connection.value(), name)
                    .update();
            JdbcConnections.touched(jdbc, connection, clock);
        });
    }

    /** What a value of this connection is sealed for: it opens nowhere else. */
    static String purpose(JdbcClient jdbc, ConnectionId connection, String field) {
        var company = jdbc.sql("SELECT company_id FROM connection WHERE id = ?")
                .param(connection.value())
                .query(Long.class)
                .optional()
                .orElseThrow(() ->
                        new ConnectorException(Fault.OURS, "There is no connection " + connection + " any more."));
        return "company/" + company + "/connection/" + connection + "/" + field;
    }
}
