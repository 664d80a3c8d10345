package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.patchbay.company.CompanyId;
import io.patchbay.connector.Operation;
import io.patchbay.testing.ConnectorBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every example body of every connector that takes hooks, spoilt in every way: each is understood or put aside with a reason, and the next whole one is read as
 * ever. {@code -Dspoilt.seed} and {@code -Dspoilt.rounds} make a longer run.
 */
class SpoiltHooksTest {

    private static final long SEED = Long.getLong("spoilt.seed", 20261125L);
    private static final int ROUNDS = Integer.getInteger("spoilt.rounds", 1);

    /** How often the queue has delivered it: the last time before it is put aside. */
    private static final int LAST_DELIVERY = 5;

    private static final Duration SLOWEST = Duration.ofSeconds(20); // of one hook, on a machine that is busy

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/xml",
            "application/x-www-form-urlencoded",
            "text/plain; charset=no-such-charset",
            "multipart/form-data; boundary=x",
            "");

    static Stream<String> connectors() throws IOException {
        try (var folders = Files.list(Path.of("connectors"))) {
            return folders
                    .filter(folder -> Files.isDirectory(folder.resolve("examples")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void aSpoiltHookIsPutAsideAndTheNextOneIsRead(String connector) throws IOException {
        try (var hub = ConnectorBench.of(connector).hub().start()) {
            if (!hub.connector().declares(Operation.DECODE_HOOK)) {
                return;
            }
            var random = new Random(SEED);
            var examples = examples(connector);
            for (var round = 0; round < ROUNDS; round++) {
                for (var example : examples) {
                    for (var mutation : Mutation.values()) {
                        var type = random.nextInt(3) == 0 ? TYPES.get(random.nextInt(TYPES.size())) : typeOf(example);
                        told(hub, example + " " + mutation, type, mutation.of(Files.readAllBytes(example), random));
                    }
                    told(hub, example + " whole", typeOf(example), Files.readAllBytes(example));
                }
            }
            assertThat(hub.database()
                            .jdbc()
                            .sql("SELECT COUNT(*) FROM raw_hook")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(ROUNDS * examples.size() * (Mutation.values().length + 1));
            assertThat(hub.database()
                            .jdbc()
                            .sql("SELECT COUNT(*) FROM raw_hook WHERE facts IS NULL AND (aside IS NULL OR aside = '')")
                            .query(Integer.class)
                            .single())
                    .as("each is understood, or says why not")
                    .isZero();
        }
    }

    /** As the queue does it: in one transaction, and what it told is joined. */
    private static void told(ConnectorBench hub, String what, String type, byte[] body) {
        var began = System.nanoTime();
        var hook = new Hook(
                UUID.randomUUID().toString(),
                new CompanyId(1),
                hub.connection().id(),
                hub.clock().instant(),
                "POST",
                type,
                "",
                Map.of(),
                body);
        try {
            var heard =
                    hub.bean(DecodeSteps.class).hear(hub.bean(SealedHooks.class).seal(hook), LAST_DELIVERY);
            hub.bean(TransactionTemplate.class)
                    .executeWithoutResult(status -> hub.bean(JoinSteps.class).join(heard));
        } catch (Throwable e) {
            fail("seed " + SEED + ", " + what + " as '" + type + "'", e);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(what).isLessThan(SLOWEST);
    }

    private static List<Path> examples(String connector) throws IOException {
        try (var files = Files.walk(Path.of("connectors", connector, "examples"))) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private static String typeOf(Path example) {
        var name = example.toString();
        return name.endsWith(".xml")
                ? "application/xml"
                : name.endsWith(".json") ? "application/json" : "application/x-www-form-urlencoded";
    }
}
