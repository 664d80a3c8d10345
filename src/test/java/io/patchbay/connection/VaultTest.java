package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connection.store.JdbcSecrets;
import io.patchbay.connection.store.VaultProof;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class VaultTest {

    private static final String PURPOSE = "company/1/connection/7/secret/token";
    private static final byte[] PLAIN = "correct horse".getBytes(StandardCharsets.UTF_8);

    private final VaultKey key = VaultKey.random();
    private final Vault vault = new Vault(key, List.of());

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open(vault.seal(PLAIN, PURPOSE), PURPOSE)).isEqualTo(PLAIN);
        assertThat(vault.open(vault.seal(new byte[0], PURPOSE), PURPOSE)).isEmpty();
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            var closed = vault.seal(PLAIN, PURPOSE);
            seen.add(HexFormat.of().formatHex(closed, 9, 21)); // where the IV stands
        }

        assertThat(seen).hasSize(1000);
        assertThat(new String(vault.seal(PLAIN, PURPOSE), StandardCharsets.ISO_8859_1))
                .doesNotContain("horse");
    }

    @Test
    void opensNothingOfWhichOneBitWasChanged() {
        var closed = vault.seal(PLAIN, PURPOSE);
        for (var i = 0; i < closed.length; i++) {
            var changed = closed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> vault.open(changed, PURPOSE))
                    .as("byte %s", i)
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining(PURPOSE)
                    .hasMessageNotContaining("horse");
        }
        for (var length = 0; length < closed.length; length++) {
            var cut = Arrays.copyOf(closed, length);
            assertThatThrownBy(() -> vault.open(cut, PURPOSE)).isInstanceOf(VaultException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "company/2/connection/7/secret/token",
                "company/1/connection/8/secret/token",
                "company/1/connection/7/secret/password",
                "company/1/connection/7/token",
                ""
            })
    void opensForTheSamePurposeOnly(String other) {
        var closed = vault.seal(PLAIN, PURPOSE);

        assertThatThrownBy(() -> vault.open(closed, other))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("was changed, or belongs to something else");
    }

    @Test
    void aKeyThatWasUsedBeforeOpensAndDoesNotSealAnyMore() {
        var old = vault.seal(PLAIN, PURPOSE);
        var next = new Vault(VaultKey.random(), List.of(key));

        assertThat(next.open(old, PURPOSE)).isEqualTo(PLAIN);
        var fresh = next.seal(PLAIN, PURPOSE);
        assertThatThrownBy(() -> vault.open(fresh, PURPOSE)).hasMessageContaining("which this hub does not have");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aRowMovedToAnotherPlaceIsWorthless(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var jdbc = database.jdbc();
            jdbc.sql("INSERT INTO company (id, title, region, time_zone, language, created_at)"
                            + " VALUES (2, 'Other', 'RU', 'Asia/Omsk', 'ru', 0)")
                    .update();
            var clock = new MovableClock(ConnectorBench.START);
            var connections = new JdbcConnections(jdbc, database.transactions(), clock);
            var secrets = new JdbcSecrets(jdbc, database.transactions(), vault, clock);
            var mine = connections
                    .add(new CompanyId(1), "parrot", "Mine", Map.of())
                    .id();
            var beside = connections
                    .add(new CompanyId(1), "parrot", "Beside", Map.of())
                    .id();
            var strange = connections
                    .add(new CompanyId(2), "parrot", "Strange", Map.of())
                    .id();
            secrets.keep(mine, "token", new Secret("correct horse"));
            secrets.keep(mine, "password", new Secret("another"));

            assertThat(secrets.find(mine, "token").map(Secret::reveal)).contains("correct horse");
            for (var thief : List.of(beside, strange)) {
                jdbc.sql("INSERT INTO secret (connection_id, name, sealed, changed_at)"
                                + " SELECT ?, name, sealed, changed_at FROM secret WHERE connection_id = ?")
                        .params(thief.value(), mine.value())
                        .update();
                assertThatThrownBy(() -> secrets.find(thief, "token")).isInstanceOf(VaultException.class);
            }
            jdbc.sql("UPDATE secret SET sealed = (SELECT s.sealed FROM secret s WHERE s.connection_id = ? AND s.name ="
                            + " 'token') WHERE connection_id = ? AND name = 'password'")
                    .params(mine.value(), mine.value())
                    .update();
            assertThatThrownBy(() -> secrets.find(mine, "password")).isInstanceOf(VaultException.class);
            jdbc.sql("UPDATE connection SET company_id = 2 WHERE id = ?")
                    .param(mine.value())
                    .update();
            assertThatThrownBy(() -> secrets.find(mine, "token")).isInstanceOf(VaultException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aKeyThatCannotOpenWhatIsStoredIsRefusedInOneSentence(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var proof = new VaultProof(database.jdbc());
            proof.check(vault);
            proof.check(vault);

            assertThatThrownBy(() -> proof.check(new Vault(VaultKey.random(), List.of())))
                    .isInstanceOf(VaultException.class)
                    .hasMessage("The vault key is not the one the stored secrets were sealed with (" + key.id()
                            + "). Put that key back, or add it to patchbay.vault.previous-keys.");

            proof.check(new Vault(VaultKey.random(), List.of(key)));
            database.jdbc()
                    .sql("UPDATE vault_key SET proof = ? WHERE key_id = ?")
                    .params(vault.seal("proof".getBytes(StandardCharsets.UTF_8), "something else"), key.id())
                    .update();
            assertThatThrownBy(() -> proof.check(vault)).isInstanceOf(VaultException.class);
        }
    }

    @Test
    void theFirstStartMakesAKeyForItsOwnerAloneAndTellsWhere(@TempDir Path folder) throws IOException {
        var file = folder.resolve("new/vault.key");
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var logger = (Logger) LoggerFactory.getLogger(VaultKey.class);
        logger.addAppender(log);
        try {
            var made = VaultKey.inFile(file);
            assertThat(VaultKey.inFile(file).id())
                    .as("the second start finds it")
                    .isEqualTo(made.id());
            assertThat(log.list).hasSize(1);
            assertThat(log.list.getFirst().getFormattedMessage())
                    .contains(file.toAbsolutePath().toString())
                    .doesNotContain(Files.readString(file));
        } finally {
            logger.detachAppender(log);
        }
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        assertThat(VaultKey.inFile(folder.resolve("other.key")).id())
                .isNotEqualTo(VaultKey.inFile(file).id());
    }

    @Test
    void aKeyOfTheEnvironmentIsTakenAndNoFileIsMade() throws IOException {
        try (var bench = ConnectorBench.of("parrot")
                .in(Path.of("src/test/resources/kit-connectors"))
                .property("patchbay.vault.key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
                .secret("token", "correct horse")
                .start()) {
            assertThat(bench.bean(Vault.class).currentKeyId())
                    .isEqualTo(VaultKey.ofBase64("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "here")
                            .id());
            assertThat(bench.database().folder().resolve("vault.key")).doesNotExist();
        }
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> VaultKey.ofBase64("not base 64!", "patchbay.vault.key"))
                .hasMessage("The vault key in patchbay.vault.key is not Base64. Give 32 bytes in Base64.");
        assertThatThrownBy(() -> VaultKey.ofBase64("c2hvcnQ=", "patchbay.vault.key"))
                .hasMessage(
                        "The vault key in patchbay.vault.key has 5 bytes. Give 32 bytes in Base64, e.g. from: openssl"
                                + " rand -base64 32");
    }

    @Test
    void nothingThatIsPrintedTellsTheKeyOrASecret() {
        assertThat(key.toString()).isEqualTo("key " + key.id());
        assertThat(new Secret("correct horse").toString()).isEqualTo("***");
        assertThat(new VaultProperties("secret-key", "file", List.of("old-key")).toString())
                .doesNotContain("secret-key", "old-key");
    }
}
