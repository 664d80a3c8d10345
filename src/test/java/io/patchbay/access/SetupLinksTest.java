package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.SetupLinks.Outcome;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.Audits;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class SetupLinksTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Password PASSWORD = Password.of("correct horse battery");

    @ParameterizedTest
    @EnumSource
    void letsOneOfManyIn(TestDatabase.Kind kind) throws Exception {
        try (var database = TestDatabase.of(kind);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var links = links(database);
            var secret = links.renew(COMPANY).orElseThrow();
            var start = new CountDownLatch(1);
            var tries = new ArrayList<Callable<Outcome>>();
            for (var i = 0; i < 6; i++) {
                var login = "owner" + i + "@example.org";
                tries.add(() -> {
                    start.await();
                    return links.use(secret, first(login));
                });
            }

            var results = tries.stream().map(threads::submit).toList();
            start.countDown();
            var winners = 0;
            for (var result : results) {
                winners += result.get() == Outcome.OWNER_MADE ? 1 : 0;
            }

            assertThat(winners).isEqualTo(1);
            assertThat(database.jdbc()
                            .sql("SELECT COUNT(*) FROM app_user")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            assertThat(links.isOpen(secret)).isFalse();
            assertThat(links.use(secret, first("late@example.org"))).isEqualTo(Outcome.LINK_SPENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReplacedUntilThereIsAUserAndNotMadeAfterwards(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var links = links(database);
            var older = links.renew(COMPANY).orElseThrow();
            var newer = links.renew(COMPANY).orElseThrow();

            assertThat(links.isOpen(older)).isFalse();
            assertThat(links.isOpen(newer)).isTrue();
            assertThat(database.jdbc()
                            .sql("SELECT hash FROM setup_link")
                            .query(String.class)
                            .single())
                    .doesNotContain(newer);
            assertThat(links.use(older, first("a@example.org"))).isEqualTo(Outcome.LINK_SPENT);
            assertThat(links.use(newer, first("a@example.org"))).isEqualTo(Outcome.OWNER_MADE);
            assertThat(links.renew(COMPANY)).isEmpty();
            assertThat(new Companies(database.jdbc()).get(COMPANY).title()).isEqualTo("Romashka");
            assertThat(users(database).signIn(" A@Example.org", "correct horse battery"))
                    .map(User::role)
                    .contains(Role.OWNER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysOpenWhenTheLoginBelongsToAnotherCompany(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            database.jdbc()
                    .sql("INSERT INTO company (id, title, region, time_zone, language, created_at)"
                            + " VALUES (2, 'Other', 'RU', 'UTC', 'en', 0)")
                    .update();
            users(database).create(new CompanyId(2), "a@example.org", "A", Role.OWNER, PASSWORD);
            var links = links(database);
            var secret = links.renew(COMPANY).orElseThrow();

            assertThat(links.use(secret, first("a@example.org"))).isEqualTo(Outcome.LOGIN_TAKEN);
            assertThat(links.isOpen(secret)).isTrue();
            assertThat(links.use(secret, first("b@example.org"))).isEqualTo(Outcome.OWNER_MADE);
        }
    }

    private static SetupLinks links(TestDatabase database) {
        return new SetupLinks(
                database.jdbc(), database.transactions(), users(database), Audits.in(database), Clock.systemUTC());
    }

    private static Users users(TestDatabase database) {
        return new Users(
                database.jdbc(),
                database.transactions(),
                new BCryptPasswordEncoder(4),
                Audits.in(database),
                Clock.systemUTC());
    }

    private static SetupLinks.FirstUser first(String login) {
        return new SetupLinks.FirstUser("Romashka", ZoneId.of("Asia/Yekaterinburg"), "Anna", login, PASSWORD);
    }
}
