package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The addresses of hooks over time. */
class HooksTest {

    private static final Duration DAY = Duration.ofHours(24);

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private ConnectorBench hub;
    private Hooks hooks;
    private ConnectionId id;

    private void open(TestDatabase.Kind kind) {
        hub = ConnectorBench.of("beeline").hub().on(kind).clock(clock).start();
        hooks = hub.bean(Hooks.class);
        id = hub.connection().id();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private String secret() {
        return hooks.address(id).getPath().substring("/hooks/".length());
    }

    private void written() {
        hub.bean(HookUse.class).write();
    }

    @ParameterizedTest
    @EnumSource
    void theOldSecretWorksUntilItsEndAndIsThenUnknown(TestDatabase.Kind kind) {
        open(kind);
        var old = secret();

        hooks.change(id, DAY, true);

        var fresh = secret();
        assertThat(fresh).isNotEqualTo(old).hasSizeGreaterThanOrEqualTo(43);
        assertThat(hooks.owner(fresh)).isPresent();
        clock.advance(DAY.minusMillis(1));
        assertThat(hooks.owner(old)).isEqualTo(hooks.owner(fresh)).isPresent();

        clock.advance(Duration.ofMillis(1));
        assertThat(hooks.owner(old)).isEmpty();
        assertThat(hooks.owner(fresh)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void theOldOneHasNoEndUntilTheSystemHasTheNewOne(TestDatabase.Kind kind) {
        open(kind);
        var old = secret();
        var oldAddress = hooks.address(id);
        hooks.change(id, DAY, false);
        clock.advance(Duration.ofDays(3));
        assertThat(hooks.owner(old)).isPresent();
        assertThat(hooks.awaitsRegistration(id)).isTrue();

        assertThat(hooks.registered(id, oldAddress))
                .as("a subscription with the old address that was on its way")
                .isFalse();
        assertThat(hooks.awaitsRegistration(id)).isTrue();
        assertThat(hooks.registered(id, hooks.address(id))).isTrue();

        assertThat(hooks.awaitsRegistration(id)).isFalse();
        assertThat(hooks.owner(old)).isPresent();
        clock.advance(DAY);
        assertThat(hooks.owner(old)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oldOnesAreEndedAtOnceWhateverTheirEndWasToBe(TestDatabase.Kind kind) {
        open(kind);
        var first = secret();
        hooks.change(id, DAY, true);
        var second = secret();
        hooks.change(id, DAY, false);

        hooks.endFormer(id);

        assertThat(hooks.owner(first)).isEmpty();
        assertThat(hooks.owner(second)).isEmpty();
        assertThat(hooks.owner(secret())).isPresent();
        assertThat(hooks.use(id).former()).hasSize(2).noneMatch(one -> one.worksAt(clock.instant()));
    }

    @ParameterizedTest
    @EnumSource
    void itIsKnownWhichAddressTheSystemStillUses(TestDatabase.Kind kind) {
        open(kind);
        var old = secret();
        hooks.owner(old);
        hooks.change(id, DAY, true);
        written();
        assertThat(hooks.use(id).stillUsed()).as("nothing came to the new one").isPresent();

        clock.advance(Duration.ofHours(1));
        hooks.owner(secret());
        written();
        assertThat(hooks.use(id).stillUsed()).isEmpty();

        clock.advance(DAY);
        var late = clock.instant();
        assertThat(hooks.owner(old)).isEmpty();
        written();
        assertThat(hooks.use(id).stillUsed().orElseThrow().lastUsed())
                .as("a call was lost, and it is known")
                .contains(late);
    }

    @ParameterizedTest
    @EnumSource
    void ofManyWhoAskOrChangeAtOnceAllSeeOneAddress(TestDatabase.Kind kind) throws Exception {
        open(kind);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> ask = this::secret;
            var seen = new HashSet<String>();
            for (var answer :
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> ask).toList())) {
                seen.add(answer.get());
            }
            assertThat(seen).containsExactly(secret());

            Callable<Object> change = () -> {
                hooks.change(id, DAY, true);
                return "";
            };
            for (var done : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> change).toList())) {
                done.get();
            }
        }
        assertThat(hooks.use(id).former()).hasSize(8);
        assertThat(hub.database()
                        .jdbc()
                        .sql("SELECT COUNT(*) FROM hook WHERE superseded_at IS NULL")
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(hooks.owner(secret())).isPresent();
    }

    @Test
    void noSecretStandsInTheDatabase() {
        open(TestDatabase.Kind.SQLITE);
        var old = secret();
        hooks.change(id, DAY, true);
        var fresh = secret();

        var rows = hub.database()
                .jdbc()
                .sql("SELECT h.*, s.sealed FROM hook h JOIN secret s ON s.connection_id = h.connection_id")
                .query()
                .listOfRows();

        assertThat(rows).hasSize(2);
        assertThat(rows.toString()).doesNotContain(old, fresh);
    }

    @Test
    void addressesWhoseEndIsLongPastAreForgottenAtTheNextChange() {
        open(TestDatabase.Kind.SQLITE);
        hooks.address(id);
        hooks.change(id, DAY, true);
        clock.advance(Duration.ofDays(40));
        assertThat(hooks.use(id).former()).hasSize(1);

        hooks.change(id, DAY, true);

        assertThat(hooks.use(id).former()).hasSize(1);
    }

    @Test
    void aRemovedConnectionHasNoAddressAnyMore() {
        open(TestDatabase.Kind.SQLITE);
        var old = secret();
        hooks.change(id, DAY, true);
        var fresh = secret();

        hub.bean(Connections.class).remove(id);

        assertThat(hooks.owner(old)).isEmpty();
        assertThat(hooks.owner(fresh)).isEmpty();
    }
}
