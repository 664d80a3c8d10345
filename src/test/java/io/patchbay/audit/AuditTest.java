package io.patchbay.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.audit.Verdict.Broken;
import io.patchbay.audit.Verdict.Flaw;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Vault;
import io.patchbay.connection.VaultKey;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;

/** The log as it is written, and what becomes of it when somebody with the database changes it behind the hub's back. */
class AuditTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Actor ANNA = new Actor(Actor.Kind.USER, 7, "Anna", "192.0.2.7");

    private final Vault vault = new Vault(VaultKey.random(), List.of());

    private Audit node(TestDatabase database) {
        return new Audit(database.jdbc(), database.transactions(), vault, () -> ANNA, Clock.systemUTC());
    }

    private Verdict verdict(TestDatabase database) {
        return new Verification(database.jdbc(), vault).verify(COMPANY);
    }

    private static List<AuditEntry> all(TestDatabase database) {
        return new AuditLog(database.jdbc())
                .find(new AuditQuery(
                        COMPANY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        10_000));
    }

    private void five(TestDatabase database) {
        var audit = node(database);
        for (var i = 1; i <= 5; i++) {
            audit.note(
                    COMPANY, Deed.of(Action.CONNECTION_CHANGED, i, "CRM " + i).changed("title", "a" + i, "b" + i));
        }
    }

    /** Somebody who may do everything with the database. */
    private static void behindTheBack(TestDatabase database, TestDatabase.Kind kind, String... statements) {
        var on = kind == TestDatabase.Kind.POSTGRESQL ? " ON audit_entry" : "";
        database.jdbc().sql("DROP TRIGGER audit_entry_stays" + on).update();
        if (kind == TestDatabase.Kind.SQLITE) {
            database.jdbc().sql("DROP TRIGGER audit_entry_remains").update();
        }
        for (var statement : statements) {
            assertThat(database.jdbc().sql(statement).update()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhoDidWhatFromWhereAndFromWhatToWhat(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            node(database)
                    .note(
                            COMPANY,
                            Deed.of(Action.CONNECTION_CHANGED, 3, "CRM, 'quoted' and \"twice\" \u0416")
                                    .changed("title", "Old", "New")
                                    .changed("same", "x", "x")
                                    .with("line", "+7 (900) 000-12-34")
                                    .secret("token"));

            var entry = all(database).getFirst();
            assertThat(entry.number()).isEqualTo(1);
            assertThat(entry.actor()).isEqualTo(ANNA);
            assertThat(entry.action()).contains(Action.CONNECTION_CHANGED);
            assertThat(entry.subject()).isEqualTo("connection-3");
            assertThat(entry.name()).isEqualTo("CRM, 'quoted' and \"twice\" \u0416");
            assertThat(entry.changes())
                    .containsExactly(
                            new Change("title", "Old", "New", false),
                            new Change("line", "", "7900***1234", false),
                            new Change("token", "", "", true));
            assertThat(verdict(database)).isEqualTo(new Verdict(1, entry.hash(), Optional.empty()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void standsWithTheChangeOrNotAtAll(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var audit = node(database);
            audit.note(COMPANY, Deed.of(Action.HUB_STARTED));
            database.transactions().executeWithoutResult(status -> {
                audit.note(COMPANY, Deed.of(Action.TOKEN_MADE, 1, "rolled back"));
                status.setRollbackOnly();
            });
            assertThatThrownBy(() -> database.transactions().executeWithoutResult(status -> {
                        audit.note(COMPANY, Deed.of(Action.TOKEN_MADE, 2, "broken"));
                        throw new IllegalStateException("the change failed");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            database.transactions().executeWithoutResult(status -> {
                audit.note(COMPANY, Deed.of(Action.TOKEN_MADE, 3, "kept"));
                audit.note(COMPANY, Deed.of(Action.TOKEN_REVOKED, 3, "kept"));
            });

            assertThat(all(database).stream().map(entry -> entry.number() + " " + entry.word()))
                    .containsExactly("3 token-revoked", "2 token-made", "1 hub-started");
            assertThat(verdict(database).isWhole()).isTrue();
        }
    }

    /** Two nodes, each with many writers, some of whom change their mind: no gap, no number twice, no fork. */
    @ParameterizedTest
    @EnumSource
    void staysOneChainHoweverManyWriteAtOnce(TestDatabase.Kind kind) throws Exception {
        try (var database = TestDatabase.of(kind);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var nodes = List.of(node(database), node(database));
            var all = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> database.transactions().executeWithoutResult(status -> {
                        nodes.get(i % 2).note(COMPANY, Deed.of(Action.CALL_REPLAYED, "c-" + i, ""));
                        if (i % 10 == 0) {
                            status.setRollbackOnly();
                        }
                    })))
                    .toList();
            for (var one : all) {
                one.get();
            }

            assertThat(verdict(database).broken()).isEmpty();
            assertThat(all(database).reversed().stream().mapToLong(AuditEntry::number))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 180).boxed().toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isLookedAtWhileOthersWrite(TestDatabase.Kind kind) throws Exception {
        try (var database = TestDatabase.of(kind);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = threads.submit(() -> IntStream.range(0, 150)
                    .forEach(i -> node(database).note(COMPANY, Deed.of(Action.CALL_REPLAYED, "c-" + i, ""))));
            do {
                assertThat(verdict(database).broken()).isEmpty();
            } while (!writing.isDone());
            writing.get();
            assertThat(verdict(database).lines()).isEqualTo(150);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDatabaseItselfRefusesToChangeOrRemoveALine(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);

            for (var statement : List.of(
                    "UPDATE audit_entry SET actor_name = 'Boris' WHERE number = 2",
                    "DELETE FROM audit_entry WHERE number = 5",
                    "DELETE FROM audit_entry")) {
                assertThatThrownBy(() -> database.jdbc().sql(statement).update())
                        .as(statement)
                        .isInstanceOf(DataAccessException.class)
                        .hasMessageContaining("The audit log only grows.");
            }
            assertThat(verdict(database).lines()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangedLineIsFoundWhicheverFieldItWas(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(database, kind);
            for (var set : List.of(
                    "at = at + 1",
                    "actor_kind = 'TOKEN'",
                    "actor_id = 8",
                    "actor_name = 'Boris'",
                    "address = ''",
                    "action = 'connection-added'",
                    "subject = 'connection-4'",
                    "subject_name = 'CRM'",
                    "changes = '[]'",
                    "hash = hash || '0'")) {
                database.transactions().executeWithoutResult(status -> {
                    database.jdbc()
                            .sql("UPDATE audit_entry SET " + set + " WHERE number = 3")
                            .update();
                    assertThat(verdict(database).broken()).as(set).contains(new Broken(3, Flaw.CHANGED));
                    assertThat(verdict(database).lines()).isEqualTo(2);
                    status.setRollbackOnly();
                });
            }
            assertThat(verdict(database).isWhole()).isTrue();
        }
    }

    /** Two fields whose border moved are not the same line. */
    @ParameterizedTest
    @EnumSource
    void aLetterThatMovedFromOneFieldToTheNextIsFound(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(
                    database,
                    kind,
                    "UPDATE audit_entry SET actor_name = 'Ann', address = 'a192.0.2.7' WHERE number = 2");

            assertThat(verdict(database).broken()).contains(new Broken(2, Flaw.CHANGED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineThatWasTakenOutOfTheMiddleIsMissing(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(database, kind, "DELETE FROM audit_entry WHERE number = 3");

            assertThat(verdict(database).broken()).contains(new Broken(3, Flaw.MISSING));
        }
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(
                    database,
                    kind,
                    "DELETE FROM audit_entry WHERE number = 3",
                    "UPDATE audit_entry SET number = 3 WHERE number = 4",
                    "UPDATE audit_entry SET number = 4 WHERE number = 5",
                    "UPDATE audit_head SET number = 4");

            assertThat(verdict(database).broken()).as("the others moved up").contains(new Broken(3, Flaw.CHANGED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoLinesThatChangedPlacesAreFound(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(
                    database,
                    kind,
                    "UPDATE audit_entry SET number = 99 WHERE number = 2",
                    "UPDATE audit_entry SET number = 2 WHERE number = 4",
                    "UPDATE audit_entry SET number = 4 WHERE number = 99");

            assertThat(verdict(database).broken()).contains(new Broken(2, Flaw.CHANGED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTailThatWasCutIsFoundAlsoWhenTheEndWasCorrected(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(database, kind, "DELETE FROM audit_entry WHERE number > 3");
            assertThat(verdict(database).broken()).contains(new Broken(4, Flaw.CUT));
            assertThat(verdict(database).lines()).isEqualTo(3);

            database.jdbc()
                    .sql("UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit_entry WHERE number = 3)")
                    .update();
            assertThat(verdict(database).broken())
                    .as("the seal still knows the fifth")
                    .contains(new Broken(4, Flaw.CUT));

            database.jdbc().sql("DELETE FROM audit_head").update();
            assertThat(verdict(database).broken().map(Broken::flaw)).contains(Flaw.UNSEALED);
        }
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(database, kind, "DELETE FROM audit_entry");
            assertThat(verdict(database).broken()).as("all of it").contains(new Broken(1, Flaw.CUT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHubThatGoesOnAfterTheCutDoesNotHealIt(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(database, kind, "DELETE FROM audit_entry WHERE number = 5");
            node(database).note(COMPANY, Deed.of(Action.HUB_STARTED));

            assertThat(verdict(database).broken()).contains(new Broken(5, Flaw.MISSING));
        }
    }

    /** Whoever has the database and knows the rule can write a chain that fits, but not its sealed end. */
    @ParameterizedTest
    @EnumSource
    void aChainThatWasComputedAnewDoesNotFitItsSeal(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(database, kind, "UPDATE audit_entry SET actor_name = 'Boris'");
            var hash = "";
            for (var line : database.jdbc()
                    .sql("SELECT * FROM audit_entry ORDER BY number")
                    .query(Line::of)
                    .list()) {
                hash = line.hash(hash);
                database.jdbc()
                        .sql("UPDATE audit_entry SET hash = ? WHERE number = ?")
                        .params(hash, line.number())
                        .update();
            }
            database.jdbc().sql("UPDATE audit_head SET hash = ?").param(hash).update();

            assertThat(verdict(database).broken()).contains(new Broken(5, Flaw.FORGED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineThatSomebodyElseAddedIsFound(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            behindTheBack(
                    database,
                    kind,
                    "INSERT INTO audit_entry SELECT company_id, 6, at, actor_kind, actor_id, actor_name, address,"
                            + " action, subject, subject_name, changes, hash FROM audit_entry WHERE number = 5");

            assertThat(verdict(database).broken().map(Broken::flaw)).contains(Flaw.FORGED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSealOfAnotherCompanyIsNone(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            database.jdbc()
                    .sql("INSERT INTO company (id, title, region, time_zone, language, created_at)"
                            + " VALUES (2, 'B', 'RU', 'Asia/Omsk', 'ru', 0)")
                    .update();
            five(database);
            node(database).note(new CompanyId(2), Deed.of(Action.HUB_STARTED));
            assertThat(new Verification(database.jdbc(), vault)
                            .verify(new CompanyId(2))
                            .lines())
                    .as("each company counts for itself")
                    .isEqualTo(1);

            database.jdbc()
                    .sql("UPDATE audit_head SET sealed = (SELECT sealed FROM audit_head WHERE company_id = 2)"
                            + " WHERE company_id = 1")
                    .update();
            assertThat(verdict(database).broken().map(Broken::flaw)).contains(Flaw.UNSEALED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByWhoWhatAndOnWhat(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            five(database);
            node(database).note(COMPANY, Actor.HUB, Deed.of(Action.HUB_STARTED));
            var log = new AuditLog(database.jdbc());

            assertThat(log.find(query("user-7", null, null))).hasSize(5);
            assertThat(log.find(query("hub", null, null)))
                    .extracting(AuditEntry::word)
                    .containsExactly("hub-started");
            assertThat(log.find(query("user-8", null, null))).isEmpty();
            assertThat(log.find(query("nonsense'", null, null))).isEmpty();
            assertThat(log.find(query(null, Action.CONNECTION_CHANGED, null))).hasSize(5);
            assertThat(log.find(query(null, null, "connection-4")))
                    .extracting(AuditEntry::number)
                    .containsExactly(4L);
        }
    }

    private static AuditQuery query(String actor, Action action, String subject) {
        return new AuditQuery(
                COMPANY,
                Optional.ofNullable(actor),
                Optional.ofNullable(action),
                Optional.ofNullable(subject),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                100);
    }
}
