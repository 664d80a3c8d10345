package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class DatabasesTest {

    @ParameterizedTest
    @EnumSource
    void migratesAndKnowsTheFirstCompany(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var title = database.jdbc()
                    .sql("SELECT title FROM company WHERE id = 1")
                    .query(String.class)
                    .single();

            assertThat(title).isEqualTo("Company");
        }
    }

    @Test
    void anotherWriterGoesOnWhileACommittedTransactionWakesOthers() {
        try (var database = TestDatabase.of(TestDatabase.Kind.SQLITE)) {
            var other = new AtomicReference<CompletableFuture<Integer>>();

            database.transactions().executeWithoutResult(transaction -> {
                rename(database, "First");
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        other.set(CompletableFuture.supplyAsync(() -> rename(database, "Second")));
                        assertThat(other.get()).succeedsWithin(Duration.ofSeconds(10));
                    }
                });
            });

            assertThat(other.get()).isCompletedWithValue(1);
        }
    }

    @Test
    void aTransactionThatGotNoLockSpoilsNoLaterOne(@TempDir Path folder) {
        var url = "jdbc:sqlite:" + folder.resolve("busy.db") + "?busy_timeout=50";
        try (var holder = Databases.open(url, "", "", 1);
                var pool = Databases.open(url, "", "", 1)) {
            var jdbc = JdbcClient.create(pool);
            jdbc.sql("CREATE TABLE seen (n INTEGER)").update();
            var waiting = new TransactionTemplate(Databases.transactions(pool));

            new TransactionTemplate(Databases.transactions(holder)).executeWithoutResult(holding -> {
                assertThatThrownBy(() -> waiting.executeWithoutResult(begun -> {}))
                        .isInstanceOf(TransactionException.class);
            });

            waiting.executeWithoutResult(
                    begun -> jdbc.sql("INSERT INTO seen VALUES (1)").update());
            assertThat(jdbc.sql("SELECT COUNT(*) FROM seen")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    private static int rename(TestDatabase database, String title) {
        return database.jdbc()
                .sql("UPDATE company SET title = ? WHERE id = 1")
                .param(title)
                .update();
    }
}
