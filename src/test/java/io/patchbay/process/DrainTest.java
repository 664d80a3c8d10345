package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.runtime.Databases;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A SIGTERM lets what is in hand come to its end, leaves the rest for the next start, and lets go of everything. */
class DrainTest {

    /** 128 + 15: ended by a SIGTERM, as an operating system expects. */
    private static final int TERMINATED = 143;

    /** Much longer than the minute after which an effect that was in hand when the hub died is taken up again. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String REGISTER = "telephony.externalcall.register";

    @Test
    void finishesTheEffectInHandAndLosesNoHookItAccepted(@TempDir Path folder) throws Exception {
        try (var office = new Office()) {
            var accepted = new AtomicInteger();
            try (var hub = HubProcess.launch(folder).ready();
                    var senders = Executors.newVirtualThreadPerTaskExecutor()) {
                var hook = office.connectTo(hub).pbxHook();
                office.portal.misbehave(DrainTest::registers, 1, Misbehaviour.late(Duration.ofSeconds(3)));
                office.pbx.play(office.pbx
                        .stories(Instant.now().minusSeconds(300))
                        .answered(
                                BeelineParty.outside("+79000001234"),
                                office.pbx.company().at("201")));
                await().atMost(PATIENCE)
                        .until(() -> office.portal.requests().stream().anyMatch(DrainTest::registers));
                var sending = senders.submit(sendUntilRefused(hub, hook, accepted));

                hub.terminate();

                assertThat(hub.exit()).as(hub.log()).isEqualTo(TERMINATED);
                sending.get();
                assertThat(office.portal.calls().size()).isEqualTo(1);
                assertThat(hub.log()).doesNotContain(" ERROR ");
                assertThat(folder.resolve("data/patchbay.db-wal")).doesNotExist();
                assertThat(entries(folder))
                        .as("the effect in hand is in the ledger")
                        .isEqualTo(1);
            }

            try (var again = HubProcess.launch(folder).ready()) {
                await().atMost(PATIENCE)
                        .until(() -> office.portal.calls().stream()
                                .anyMatch(call -> call.finish().isPresent()));
                await().atMost(PATIENCE)
                        .until(() -> again.metrics().contains("up") && hooksOf(folder, "text/x-own") >= accepted.get());
                assertThat(office.portal.calls()).hasSize(1);
                assertThat(accepted.get()).isPositive();
                assertThat(hooksOf(folder, "text/x-own")).isEqualTo(accepted.get());
            }
        }
    }

    @Test
    void isCutAtTheEndOfItsTimeAndResumesWhatItLeft(@TempDir Path folder) {
        try (var office = new Office()) {
            try (var hub =
                    HubProcess.launch(folder, "--patchbay.drain-seconds=2").ready()) {
                office.connectTo(hub);
                office.portal.misbehave(
                        DrainTest::registers, 1, Misbehaviour.hang().afterwards());
                office.pbx.play(office.pbx
                        .stories(Instant.now().minusSeconds(300))
                        .answered(
                                BeelineParty.outside("+79000001235"),
                                office.pbx.company().at("201")));
                await().atMost(PATIENCE).until(() -> !office.portal.calls().isEmpty());
                var from = Instant.now();

                hub.terminate();

                assertThat(hub.exit()).as(hub.log()).isEqualTo(TERMINATED);
                assertThat(Duration.between(from, Instant.now())).isLessThan(Duration.ofSeconds(12));
            }

            try (var again = HubProcess.launch(folder).ready()) {
                await().atMost(PATIENCE)
                        .until(() -> office.portal.calls().stream()
                                .anyMatch(call -> call.finish().isPresent()));
                assertThat(office.portal.calls()).as(again.log()).hasSize(1);
            }
        }
    }

    private static boolean registers(Request request) {
        return request.path().toLowerCase(Locale.ROOT).contains(REGISTER);
    }

    private static Callable<Void> sendUntilRefused(HubProcess hub, URI hook, AtomicInteger accepted) {
        return () -> {
            try {
                while (hub.hook(hook, "text/x-own", "ping".getBytes()).statusCode() == 200) {
                    accepted.incrementAndGet();
                }
            } catch (UncheckedIOException doorIsShut) {
                return null;
            }
            return null;
        };
    }

    private static long entries(Path folder) {
        return count(
                folder,
                "SELECT COUNT(*) FROM effect WHERE kind = 'OPEN_CALL' AND state = 'DONE' AND external_id IS NOT NULL");
    }

    private static long hooksOf(Path folder, String contentType) {
        return count(folder, "SELECT COUNT(*) FROM raw_hook WHERE headers LIKE '%" + contentType + "%'");
    }

    private static long count(Path folder, String sql) {
        assertThat(Files.exists(folder.resolve("data/patchbay.db"))).isTrue();
        try (var database = Databases.open("jdbc:sqlite:" + folder.resolve("data/patchbay.db"), "", "", 1)) {
            return JdbcClient.create(database).sql(sql).query(Long.class).single();
        }
    }
}
