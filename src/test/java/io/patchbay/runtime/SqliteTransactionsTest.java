package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class SqliteTransactionsTest {

    @Test // wake-ups are sent after the commit: the lock held meanwhile stopped all writers until the busy time-out
    void letOthersWriteWhileWorkRunsAfterTheCommit(@TempDir Path folder) {
        var url = "jdbc:sqlite:" + folder.resolve("t.db");
        try (var database = Databases.open(url, "", "", 2)) {
            JdbcClient.create(database).sql("CREATE TABLE t (n INT)").update();
            var written = new AtomicInteger();

            new TransactionTemplate(Databases.transactions(database)).executeWithoutResult(transaction -> {
                JdbcClient.create(database).sql("INSERT INTO t VALUES (1)").update();
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        written.set(writeAtOnce(url));
                    }
                });
            });

            assertThat(written).hasValue(1);
            assertThat(rows(database)).isEqualTo(2);
        }
    }

    @Test
    void undoWhatFailed(@TempDir Path folder) {
        var url = "jdbc:sqlite:" + folder.resolve("t.db");
        try (var database = Databases.open(url, "", "", 2)) {
            JdbcClient.create(database).sql("CREATE TABLE t (n INT)").update();
            var transactions = new TransactionTemplate(Databases.transactions(database));

            assertThatThrownBy(() -> transactions.executeWithoutResult(transaction -> {
                        JdbcClient.create(database)
                                .sql("INSERT INTO t VALUES (1)")
                                .update();
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");

            assertThat(rows(database)).isZero();
            assertThat(writeAtOnce(url)).isEqualTo(1);
        }
    }

    private static long rows(DataSource database) {
        return JdbcClient.create(database)
                .sql("SELECT COUNT(*) FROM t")
                .query(Long.class)
                .single();
    }

    /** Without any patience for a lock. */
    private static int writeAtOnce(String url) {
        try (var other = DriverManager.getConnection(url + "?busy_timeout=0");
                var statement = other.createStatement()) {
            return statement.executeUpdate("INSERT INTO t VALUES (2)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
