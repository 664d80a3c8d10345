package io.patchbay.person;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sees to it that what was deleted is not left in the database's files. SQLite overwrites what it frees ({@code secure_delete}), in pages that first stand in the
 * write-ahead log, together with those from before: the log is written back and emptied. PostgreSQL does so by itself with its next vacuum.
 */
@Component
class Traceless {

    private static final Logger LOG = LoggerFactory.getLogger(Traceless.class);
    private static final int TRIES = 20;

    private final DataSource database;

    Traceless(DataSource database) {
        this.database = database;
    }

    /** Not inside a transaction. A reader that is at work keeps the log; then SQLite empties it the next time. */
    void wipe() {
        if (!isSqlite()) {
            return;
        }
        var jdbc = JdbcClient.create(database);
        for (int i = 0; i < TRIES; i++) {
            if (jdbc.sql("PRAGMA wal_checkpoint(TRUNCATE)")
                            .query((row, number) -> row.getInt(1))
                            .single()
                    == 0) {
                return;
            }
        }
        LOG.warn("person.log-kept: the database's log is in use; it is emptied with the next checkpoint.");
    }

    private boolean isSqlite() {
        try (var connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("SQLite");
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not tell what it is.", e);
        }
    }
}
