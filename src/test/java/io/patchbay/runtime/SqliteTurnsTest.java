package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

class SqliteTurnsTest {

    private final TestDatabase database = TestDatabase.of(TestDatabase.Kind.SQLITE);
    private final SqliteTransactions manager = new SqliteTransactions(database.dataSource(), Duration.ofSeconds(20));
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void writersWaitWithoutHoldingACarrierAndGoInTheOrderTheyCame() {
        var wrote = new CopyOnWriteArrayList<Integer>();
        List<Thread> writers = new ArrayList<>();

        transaction.executeWithoutResult(first -> {
            for (int i = 0; i < 40; i++) { // many more than the machine has cores
                var turn = i;
                var writer = Thread.ofVirtual().start(() -> transaction.executeWithoutResult(later -> wrote.add(turn)));
                writers.add(writer);
                await().pollInterval(Duration.ofMillis(1))
                        .pollDelay(Duration.ZERO)
                        .until(() -> writer.getState() == Thread.State.TIMED_WAITING);
            }
            assertThat(wrote).isEmpty();
        });

        await().until(() -> writers.stream().noneMatch(Thread::isAlive));
        assertThat(wrote).hasSize(40).isSorted();
    }

    @Test
    void aFailedTransactionLetsTheNextOneIn() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    throw new IllegalStateException("broken on purpose");
                }))
                .hasMessage("broken on purpose");

        assertThat(inAnotherThread(() -> transaction.execute(status -> "written")))
                .isEqualTo("written");
    }

    @Test
    void aTransactionThatCannotBeginLetsTheNextOneIn() {
        database.dataSource().close();

        assertThatThrownBy(() -> transaction.execute(status -> "written"))
                .isInstanceOf(CannotCreateTransactionException.class);
        assertThat(inAnotherThread(() -> {
                    try {
                        return transaction.execute(status -> "written");
                    } catch (CannotCreateTransactionException e) {
                        return String.valueOf(e.getMessage());
                    }
                }))
                .doesNotContain("others have kept");
    }

    @Test
    void whoWaitsTooLongIsToldSo() {
        var impatient = new SqliteTransactions(database.dataSource(), Duration.ofMillis(10));

        new TransactionTemplate(impatient).executeWithoutResult(first -> {
            var said = inAnotherThread(() -> {
                try {
                    return new TransactionTemplate(impatient).execute(status -> "written");
                } catch (CannotCreateTransactionException e) {
                    return String.valueOf(e.getMessage());
                }
            });
            assertThat(said).contains("others have kept the database busy");
        });
    }

    private static String inAnotherThread(java.util.function.Supplier<String> work) {
        return java.util.concurrent.CompletableFuture.supplyAsync(work, Thread::startVirtualThread)
                .orTimeout(15, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }
}
