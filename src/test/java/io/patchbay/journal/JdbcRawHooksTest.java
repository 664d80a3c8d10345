package io.patchbay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.testing.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcRawHooksTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Instant TEN = Instant.parse("2026-11-25T07:00:00Z");

    @ParameterizedTest
    @EnumSource
    void keepsARedeliveredHookOnce(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var hooks = new JdbcRawHooks(database.jdbc());
            byte[] body = {0, 1, -1};

            var id = hooks.keep(COMPANY, 7, "h1", TEN, "{}", body);

            assertThat(hooks.keep(COMPANY, 7, "h1", TEN.plusSeconds(1), "{}", body))
                    .isEqualTo(id);
            assertThat(hooks.keep(COMPANY, 7, "h2", TEN, "{}", body)).isNotEqualTo(id);
            var kept = hooks.find(id).orElseThrow();
            assertThat(kept.sealedBody()).isEqualTo(body);
            assertThat(kept.receivedAt()).isEqualTo(TEN);
            assertThat(kept.facts()).isEmpty();
            assertThat(kept.aside()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhenAConnectionWasHeardOfLast(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var hooks = new JdbcRawHooks(database.jdbc());
            hooks.keep(COMPANY, 7, "h1", TEN.plusSeconds(9), "{}", new byte[0]);
            hooks.keep(COMPANY, 7, "h2", TEN, "{}", new byte[0]);
            hooks.keep(COMPANY, 8, "h3", TEN.plusSeconds(20), "{}", new byte[0]);

            assertThat(hooks.lastFrom(7)).contains(TEN.plusSeconds(9));
            assertThat(hooks.lastFrom(9)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatBecameOfAHook(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var hooks = new JdbcRawHooks(database.jdbc());
            var id = hooks.keep(COMPANY, 7, "h1", TEN, "{}", new byte[] {1});

            hooks.putAside(id, "no such kind");
            assertThat(hooks.find(id).orElseThrow().aside()).contains("no such kind");

            hooks.understood(id, 0, "a keep-alive");
            var understood = hooks.find(id).orElseThrow();
            assertThat(understood.aside()).isEmpty();
            assertThat(understood.facts()).contains(0);
            assertThat(understood.note()).contains("a keep-alive");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgetsOldHooks(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var hooks = new JdbcRawHooks(database.jdbc());
            var old = hooks.keep(COMPANY, 7, "h1", TEN, "{}", new byte[] {1});
            var young = hooks.keep(COMPANY, 7, "h2", TEN.plusSeconds(1), "{}", new byte[] {1});

            assertThat(hooks.forgetBefore(TEN.plusSeconds(1), 10)).isEqualTo(1);
            assertThat(hooks.find(old)).isEmpty();
            assertThat(hooks.find(young)).isPresent();
        }
    }
}
