package io.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcClientsTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final long CRM = 8;
    private static final Instant TEN = Instant.parse("2026-11-25T07:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final PhoneNumber NUMBER = (PhoneNumber) new NumberPlan("RU").read("+79000001235");
    private static final ClientRecord ANNA =
            new ClientRecord("contact", "17", "Anna", Optional.of("https://crm.example/17"), Optional.of("3"));

    @ParameterizedTest
    @EnumSource
    void remembersAndForgetsACard(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var clients = clients(database);
            var renamed = new ClientRecord("contact", "17", "Anna P.", Optional.empty(), Optional.empty());
            assertThat(clients.known(COMPANY, CRM, NUMBER)).isEmpty();

            clients.remember(COMPANY, CRM, NUMBER, ANNA);
            assertThat(clients.known(COMPANY, CRM, (PhoneNumber) new NumberPlan("RU").read("8 900 000-12-35")))
                    .contains(ANNA);
            assertThat(clients.known(COMPANY, 9, NUMBER)).isEmpty();

            clients.remember(COMPANY, CRM, NUMBER, renamed);
            assertThat(clients.known(COMPANY, CRM, NUMBER)).contains(renamed);

            clients.forget(COMPANY, CRM, NUMBER);
            assertThat(clients.known(COMPANY, CRM, NUMBER)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksAnewForACardThatChanged(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var clients = clients(database);
            clients.remember(COMPANY, CRM, NUMBER, ANNA);

            clients.changed(COMPANY, 9, "17");
            clients.changed(new CompanyId(2), CRM, "17");
            assertThat(clients.known(COMPANY, CRM, NUMBER)).contains(ANNA);

            clients.changed(COMPANY, CRM, "17");
            assertThat(clients.known(COMPANY, CRM, NUMBER)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsOneOfManyCreateACard(TestDatabase.Kind kind) throws Exception {
        try (var database = TestDatabase.of(kind);
                var threads = Executors.newFixedThreadPool(6)) {
            var clients = clients(database);

            var asked = threads.invokeAll(
                    Collections.nCopies(12, (Callable<Boolean>) () -> clients.claim(COMPANY, CRM, NUMBER, TEN, LEASE)));

            var granted = 0;
            for (var each : asked) {
                granted += each.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void freesAClaimByTimeOrByTheCard(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var clients = clients(database);

            assertThat(clients.claim(COMPANY, CRM, NUMBER, TEN, LEASE)).isTrue();
            assertThat(clients.claim(COMPANY, CRM, NUMBER, TEN.plus(LEASE).minusMillis(1), LEASE))
                    .isFalse();
            assertThat(clients.claim(COMPANY, CRM, NUMBER, TEN.plus(LEASE), LEASE))
                    .isTrue();

            clients.remember(COMPANY, CRM, NUMBER, ANNA);
            assertThat(clients.claim(COMPANY, CRM, NUMBER, TEN.plus(LEASE), LEASE))
                    .isTrue();
        }
    }

    private static JdbcClients clients(TestDatabase database) {
        var clock = Clock.fixed(TEN, ZoneOffset.UTC);
        var employees = new JdbcEmployees(database.jdbc(), clock);
        return new JdbcClients(
                database.jdbc(), new ClientDirectory(new ClientRows(database.jdbc(), clock), employees), clock);
    }
}
