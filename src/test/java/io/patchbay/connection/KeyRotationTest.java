package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.audit.Action;
import io.patchbay.audit.Actor;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.audit.Verification;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connection.store.JdbcSecrets;
import io.patchbay.connection.store.JdbcTokenStore;
import io.patchbay.connection.store.VaultProof;
import io.patchbay.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

class KeyRotationTest {

    private static final int HOOKS = 450; // several batches

    private final VaultKey old = VaultKey.random();
    private final VaultKey fresh = VaultKey.random();
    private final Vault both = new Vault(fresh, List.of(old));

    private Connection fill(TestDatabase database) {
        var vault = new Vault(old, List.of());
        new VaultProof(database.jdbc()).check(vault);
        var connection = new JdbcConnections(database.jdbc(), database.transactions(), Clock.systemUTC())
                .add(new CompanyId(1), "parrot", "CRM", Map.of());
        var secrets = new JdbcSecrets(database.jdbc(), database.transactions(), vault, Clock.systemUTC());
        for (var i = 0; i < 150; i++) {
            secrets.keep(connection.id(), "secret" + i, new Secret("value" + i));
        }
        new JdbcTokenStore(database.jdbc(), database.transactions(), vault)
                .replace(
                        connection.id(),
                        new Secret("access"),
                        Optional.of(new Secret("refresh")),
                        Instant.parse("2026-11-25T10:00:00Z"));
        for (var i = 0; i < HOOKS; i++) {
            database.jdbc()
                    .sql("INSERT INTO raw_hook (company_id, connection_id, hook_id, received_at, headers, sealed_body)"
                            + " VALUES (1, ?, ?, 0, '{}', ?)")
                    .params(
                            connection.id().value(),
                            "hook" + i,
                            vault.seal(("body" + i).getBytes(StandardCharsets.UTF_8), KeyRotation.HOOK_PURPOSE))
                    .update();
        }
        audit(database, vault).note(new CompanyId(1), Deed.of(Action.HUB_STARTED));
        return connection;
    }

    private static Audit audit(TestDatabase database, Vault vault) {
        return new Audit(database.jdbc(), database.transactions(), vault, () -> Actor.HUB, Clock.systemUTC());
    }

    private static void everythingOpens(TestDatabase database, Connection connection, Vault vault) {
        var secrets = new JdbcSecrets(database.jdbc(), database.transactions(), vault, Clock.systemUTC());
        for (var i = 0; i < 150; i++) {
            assertThat(secrets.find(connection.id(), "secret" + i).map(Secret::reveal))
                    .contains("value" + i);
        }
        assertThat(new JdbcTokenStore(database.jdbc(), database.transactions(), vault)
                        .find(connection.id())
                        .refresh()
                        .map(Secret::reveal))
                .contains("refresh");
        assertThat(new Verification(database.jdbc(), vault)
                        .verify(new CompanyId(1))
                        .isWhole())
                .isTrue();
        var bodies = database.jdbc()
                .sql("SELECT sealed_body FROM raw_hook ORDER BY id")
                .query((row, number) -> row.getBytes(1))
                .list();
        for (var i = 0; i < HOOKS; i++) {
            assertThat(new String(vault.open(bodies.get(i), KeyRotation.HOOK_PURPOSE), StandardCharsets.UTF_8))
                    .isEqualTo("body" + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterItTheOldKeyIsNotNeededForAnything(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var connection = fill(database);
            new VaultProof(database.jdbc()).check(both);

            var done = new KeyRotation(database.jdbc(), database.transactions(), both).run(rows -> {});

            assertThat(done).isEqualTo(150 + 1 + HOOKS + 1);
            var alone = new Vault(fresh, List.of());
            new VaultProof(database.jdbc()).check(alone);
            everythingOpens(database, connection, alone);
        }
    }

    /** The work of a batch is done and lost at its commit, wherever the process dies. */
    @ParameterizedTest
    @EnumSource
    void cutAtAnyBatchItLosesNothingAndIsFinishedLater(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var connection = fill(database);
            new VaultProof(database.jdbc()).check(both);
            for (var batch = 1; batch <= 4; batch++) {
                var dying = new Dying(database.transactions(), batch);
                assertThatThrownBy(() -> new KeyRotation(database.jdbc(), dying, both).run(rows -> {}))
                        .isInstanceOf(Killed.class);
                everythingOpens(database, connection, both);
            }

            new KeyRotation(database.jdbc(), database.transactions(), both).run(rows -> {});

            everythingOpens(database, connection, new Vault(fresh, List.of()));
            assertThat(new KeyRotation(database.jdbc(), database.transactions(), both).run(rows -> {}))
                    .as("nothing is left to do")
                    .isZero();
        }
    }

    private static final class Killed extends RuntimeException {}

    /** Dies inside the given transaction, after its statements and before its commit. */
    private static final class Dying implements TransactionOperations {

        private final TransactionOperations real;
        private final AtomicInteger left;

        Dying(TransactionOperations real, int at) {
            this.real = real;
            this.left = new AtomicInteger(at);
        }

        @Override
        public <T> @Nullable T execute(TransactionCallback<T> action) {
            return real.execute(status -> {
                var result = action.doInTransaction(status);
                if (left.decrementAndGet() == 0) {
                    throw new Killed();
                }
                return result;
            });
        }
    }
}
