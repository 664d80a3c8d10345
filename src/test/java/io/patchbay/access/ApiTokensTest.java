package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.testing.Audits;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiTokensTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource
    void opensForTheIssuedSecretAndKeepsOnlyItsHash(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var tokens = tokens(database);

            var issued = tokens.issue(COMPANY, "Reports", Role.ADMIN, Set.of(), Optional.empty());

            assertThat(tokens.caller(issued.secret()))
                    .contains(new Caller(
                            COMPANY,
                            Caller.Kind.TOKEN,
                            issued.token().id(),
                            "Reports",
                            Role.ADMIN,
                            ApiToken.rightsOf(Role.ADMIN),
                            0));
            assertThat(tokens.caller(issued.secret() + "x")).isEmpty();
            assertThat(tokens.caller("")).isEmpty();
            assertThat(storedText(database)).doesNotContain(issued.secret()).hasSize(64);
            assertThat(issued).asString().doesNotContain(issued.secret());
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsAtItsTimeAndRemembersItsLastUseToTheMinute(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var tokens = tokens(database);
            var issued =
                    tokens.issue(COMPANY, "Trial", Role.ADMIN, Set.of(), Optional.of(NOON.plus(Duration.ofHours(1))));

            assertThat(tokens.caller(issued.secret())).isPresent();
            now.set(NOON.plusSeconds(59));
            assertThat(tokens.caller(issued.secret())).isPresent();
            assertThat(tokens.all(COMPANY).getFirst().lastUsedAt()).contains(NOON);
            now.set(NOON.plusSeconds(61));
            assertThat(tokens.caller(issued.secret())).isPresent();
            assertThat(tokens.all(COMPANY).getFirst().lastUsedAt()).contains(NOON.plusSeconds(61));
            now.set(NOON.plus(Duration.ofHours(1)));
            assertThat(tokens.caller(issued.secret())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRevokedByItsOwnCompanyOnly(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var tokens = tokens(database);
            var issued = tokens.issue(COMPANY, "Old", Role.ADMIN, Set.of(), Optional.empty());

            assertThat(tokens.revoke(new CompanyId(2), issued.token().id())).isFalse();
            assertThat(tokens.caller(issued.secret())).isPresent();
            assertThat(tokens.revoke(COMPANY, issued.token().id())).isTrue();
            assertThat(tokens.caller(issued.secret())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsTheEnvironment(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var tokens = tokens(database);
            var issued = tokens.issue(COMPANY, "By hand", Role.ADMIN, Set.of(), Optional.empty());

            tokens.provide(COMPANY, "first".repeat(8));
            tokens.provide(COMPANY, "first".repeat(8));
            assertThat(tokens.caller("first".repeat(8))).isPresent();
            assertThat(tokens.all(COMPANY)).hasSize(2);

            tokens.provide(COMPANY, "second".repeat(8));
            assertThat(tokens.caller("first".repeat(8))).isEmpty();
            assertThat(tokens.caller("second".repeat(8))).isPresent();

            tokens.provide(COMPANY, "");
            assertThat(tokens.caller("second".repeat(8))).isEmpty();
            assertThat(tokens.caller(issued.secret())).isPresent();
        }
    }

    private ApiTokens tokens(TestDatabase database) {
        return new ApiTokens(database.jdbc(), database.transactions(), Audits.in(database), clock);
    }

    private static String storedText(TestDatabase database) {
        return database.jdbc()
                .sql("SELECT hash FROM api_token")
                .query(String.class)
                .single();
    }
}
