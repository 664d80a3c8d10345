package io.patchbay.process;

import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.connection.KeyRotation;
import io.patchbay.connection.Vault;
import io.patchbay.connection.VaultKeys;
import io.patchbay.connection.VaultProperties;
import io.patchbay.runtime.Databases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a hub remembers, read from its data folder with its own key by whoever checks it. The hub may be running. */
final class HubMemory implements AutoCloseable {

    private final HikariDataSource database;
    private final JdbcClient jdbc;
    private final Vault vault;

    HubMemory(Path folder) {
        var data = folder.resolve("data");
        database = Databases.open("jdbc:sqlite:" + data.resolve("patchbay.db"), "", "", 1);
        jdbc = JdbcClient.create(database);
        vault = new VaultKeys(new VaultProperties("", "", List.of()), data).open(jdbc);
    }

    /**
     * A hook that was accepted.
     *
     * @param text  what came, opened
     * @param aside why it was put aside, if it was
     */
    record Event(String text, Optional<String> aside) {}

    /** @param connector whose connections they came to */
    List<Event> events(String connector) {
        return jdbc.sql("""
            SELECT h.sealed_body, h.aside FROM raw_hook h JOIN connection c ON c.id = h.connection_id WHERE c.connector = ?\
            """)
                .param(connector)
                .query((row, number) -> new Event(
                        new String(vault.open(row.getBytes(1), KeyRotation.HOOK_PURPOSE), StandardCharsets.UTF_8),
                        Optional.ofNullable(row.getString(2))))
                .list();
    }

    /**
     * Ids of the calls that have a name with this session in it; of those with this number and start when none has, since a PBX's history may not know the session.
     * One is right.
     */
    Set<Long> calls(String session, String number, Instant start) {
        var named = jdbc.sql("""
            SELECT COALESCE(r.call_id, k.call_id) FROM call_key k LEFT JOIN call_redirect r ON r.old_id = k.call_id
            WHERE k.name LIKE ?\
            """).param("%" + session + "%").query(Long.class).set();
        return named.isEmpty()
                ? jdbc.sql("""
                    SELECT id FROM call WHERE client_e164 = ? AND started_at = ? AND id NOT IN (SELECT old_id FROM call_redirect)\
                    """)
                        .params(number, start.toEpochMilli())
                        .query(Long.class)
                        .set()
                : named;
    }

    /** Ids of all calls with this number, without those that turned out to be another one. */
    Set<Long> callsWith(String number) {
        return jdbc.sql("SELECT id FROM call WHERE client_e164 = ? AND id NOT IN (SELECT old_id FROM call_redirect)")
                .param(number)
                .query(Long.class)
                .set();
    }

    /** Every name of a call at its PBX. */
    Set<String> names(long call) {
        return jdbc.sql("""
            SELECT name FROM call_key WHERE call_id = ? OR call_id IN (SELECT old_id FROM call_redirect WHERE call_id = ?)\
            """).params(call, call).query(String.class).set();
    }

    /** What the ledger has that is not done, as {@code CREATE_TASK WAITING: the target's words}. */
    List<String> undone() {
        return jdbc.sql("SELECT kind || ' ' || state || ': ' || last_error FROM effect WHERE state NOT IN ('DONE',"
                        + " 'SKIPPED')")
                .query(String.class)
                .list();
    }

    long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    @Override
    public void close() {
        database.close();
    }
}
