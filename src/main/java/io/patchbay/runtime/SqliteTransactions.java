package io.patchbay.runtime;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Lets go of SQLite's only write lock at the commit.
 *
 * <p>The driver's {@code commit()} begins the next transaction at once [code] sqlite-jdbc 3.54, SQLiteConnection: with IMMEDIATE it holds the lock again until
 * the connection goes back to the pool. What runs after a commit, such as sending wake-ups to the broker, then stops every other writer, and when it waits for one
 * of them, until the busy time-out. Going back to auto-commit commits, and begins nothing.
 */
final class SqliteTransactions extends JdbcTransactionManager {

    SqliteTransactions(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        var connection = ((JdbcTransactionObjectSupport) status.getTransaction())
                .getConnectionHolder()
                .getConnection();
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw translateException("commit", e);
        }
    }
}
