package io.patchbay.connection;

import java.util.List;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Seals everything that rests in the database anew with the vault's current key. May be cut at any instant and begun again: each row is whole before and after, a
 * row that has the current key already is passed by, and the proof of an old key goes only when nothing needs that key any more.
 *
 * <p>The hub must not run meanwhile: it would go on sealing with the key it knows. What waits in the broker stays sealed with the old key until it is read.
 */
public final class KeyRotation {

    /** What the bytes of a hook are sealed for. */
    public static final String HOOK_PURPOSE = "hook";

    /** What the key that hashes erased numbers is sealed for. */
    public static final String ERASURE_PURPOSE = "erasure";

    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Vault vault;

    public KeyRotation(JdbcClient jdbc, TransactionOperations transactions, Vault vault) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.vault = vault;
    }

    /** @param purpose of the bytes; name: of a secret, empty where a row has none */
    private record Row(long id, String name, String purpose, byte[] bytes) {}

    /**
     * Does all that is left to do.
     *
     * @param progress is told how many rows were sealed anew so far
     * @return how many there were
     * @throws VaultException when a row opens with none of the keys: nothing is lost, its key is missing
     */
    public long run(LongConsumer progress) {
        var done = 0L;
        for (long now; (now = secrets()) > 0; progress.accept(done)) {
            done += now;
        }
        for (long now; (now = tokens()) > 0; progress.accept(done)) {
            done += now;
        }
        for (long now; (now = hooks()) > 0; progress.accept(done)) {
            done += now;
        }
        for (long now; (now = erasureKey()) > 0; progress.accept(done)) {
            done += now;
        }
        for (long now; (now = auditHeads()) > 0; progress.accept(done)) {
            done += now;
        }
        jdbc.sql("DELETE FROM vault_key WHERE key_id <> ?")
                .param(vault.currentKeyId())
                .update();
        return done;
    }

    private long secrets() {
        return anew("""
            SELECT s.connection_id AS id, s.name AS name, s.sealed AS bytes,
              'company/' || c.company_id || '/connection/' || c.id || '/secret/' || s.name AS purpose
            FROM secret s JOIN connection c ON c.id = s.connection_id WHERE substr(s.sealed, 2, 8) <> ? LIMIT ?\
            """, "UPDATE secret SET sealed = ? WHERE connection_id = ? AND name = ? AND sealed = ?");
    }

    private long tokens() {
        return anew("""
            SELECT t.connection_id AS id, '' AS name, t.sealed AS bytes,
              'company/' || c.company_id || '/connection/' || c.id || '/token' AS purpose
            FROM token t JOIN connection c ON c.id = t.connection_id WHERE substr(t.sealed, 2, 8) <> ? LIMIT ?\
            """, "UPDATE token SET sealed = ? WHERE connection_id = ? AND '' = ? AND sealed = ?");
    }

    private long hooks() {
        return anew(
                "SELECT id, '' AS name, sealed_body AS bytes, '" + HOOK_PURPOSE
                        + "' AS purpose FROM raw_hook WHERE substr(sealed_body, 2, 8) <> ? LIMIT ?",
                "UPDATE raw_hook SET sealed_body = ? WHERE id = ? AND '' = ? AND sealed_body = ?");
    }

    private long erasureKey() {
        return anew(
                "SELECT id, '' AS name, sealed AS bytes, '" + ERASURE_PURPOSE
                        + "' AS purpose FROM erasure_key WHERE substr(sealed, 2, 8) <> ? LIMIT ?",
                "UPDATE erasure_key SET sealed = ? WHERE id = ? AND '' = ? AND sealed = ?");
    }

    private long auditHeads() {
        return anew("""
            SELECT company_id AS id, '' AS name, sealed AS bytes, 'company/' || company_id || '/audit' AS purpose
            FROM audit_head WHERE substr(sealed, 2, 8) <> ? LIMIT ?\
            """, "UPDATE audit_head SET sealed = ? WHERE company_id = ? AND '' = ? AND sealed = ?");
    }

    private long anew(String select, String update) {
        List<Row> rows = jdbc.sql(select)
                .params(vault.currentKeyIdBytes(), BATCH)
                .query((row, number) -> new Row(
                        row.getLong("id"), row.getString("name"), row.getString("purpose"), row.getBytes("bytes")))
                .list();
        transactions.executeWithoutResult(status -> rows.forEach(row -> jdbc.sql(update)
                .params(
                        vault.seal(vault.open(row.bytes(), row.purpose()), row.purpose()),
                        row.id(),
                        row.name(),
                        row.bytes())
                .update()));
        return rows.size();
    }
}
