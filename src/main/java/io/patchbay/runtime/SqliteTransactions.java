package io.patchbay.runtime;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions of a database with one writer: they take turns in the order in which they came, and a turn ends with the commit.
 *
 * <p>Who waits for his turn waits here, because SQLite's own wait sleeps in native code: it keeps a virtual thread's carrier, so that on two cores two waiting
 * writers keep the one who has the lock from going on; and it polls, so that whoever came later may go first.
 *
 * <p>The driver's {@code commit()} and {@code rollback()} begin the next transaction at once [code] sqlite-jdbc 3.54, SQLiteConnection: with IMMEDIATE they hold
 * the lock again until the connection goes back to the pool. What runs after a commit, such as sending wake-ups to the broker, then stops every other writer.
 * Going back to auto-commit commits, and begins nothing.
 */
final class SqliteTransactions extends JdbcTransactionManager {

    private final transient ReentrantLock turn = new ReentrantLock(true);
    private final transient Duration patience;

    /** @param patience how long one waits for those before him */
    SqliteTransactions(DataSource dataSource, Duration patience) {
        super(dataSource);
        this.patience = patience;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        awaitTurn();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error e) {
            endTurn();
            throw e;
        }
    }

    private void awaitTurn() {
        try {
            if (turn.tryLock(patience.toMillis(), MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException(
                    "Nothing was written: the wait for the database was interrupted.", e);
        }
        throw new CannotCreateTransactionException("Nothing was written: others have kept the database busy for "
                + patience.toSeconds() + " s. It is tried again; if it goes on, look at the disk's speed.");
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        release(connection(status), "commit");
        endTurn();
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        super.doRollback(status);
        release(connection(status), "end");
        endTurn();
    }

    /** After what neither commit nor rollback could end, the connection is given back here, and with it the lock. */
    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        super.doCleanupAfterCompletion(transaction);
        endTurn();
    }

    private void release(Connection connection, String task) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw translateException(task, e);
        }
    }

    private void endTurn() {
        if (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
    }

    private static Connection connection(DefaultTransactionStatus status) {
        return ((JdbcTransactionObjectSupport) status.getTransaction())
                .getConnectionHolder()
                .getConnection();
    }
}
