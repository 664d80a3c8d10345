package io.patchbay.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.CallId;
import io.patchbay.call.CallKey;
import io.patchbay.call.CallResult;
import io.patchbay.call.Certainty;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.ExpiryFact;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.Line;
import io.patchbay.call.LinkFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcJournalTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final long PBX = 7;
    private static final Instant TEN = Instant.parse("2026-11-25T07:00:00Z");
    private static final String CLIENT = "+79000001235";
    private static final Seat ANNA = new Seat("anna");
    private static final Seat BORIS = new Seat("boris");

    @ParameterizedTest
    @EnumSource
    void keepsACallAsItsFactsTellIt(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(100));
            var facts = answered("s1", "l1", ANNA, CLIENT, 0);

            var joined = join(database, journal, facts);

            assertThat(joined).hasSize(1);
            assertThat(joined.getFirst().changed()).isTrue();
            var stored = journal.find(COMPANY, joined.getFirst().id()).orElseThrow();
            assertThat(stored.call())
                    .isEqualTo(Call.of(facts))
                    .isEqualTo(joined.getFirst().call());
            assertThat(stored.connection()).isEqualTo(PBX);
            assertThat(journal.idOf(new CallKey(PBX, "s1"))).contains(stored.id());
            assertThat(journal.find(new CompanyId(2), stored.id())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesAFactOnce(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN);
            var facts = answered("s1", "l1", ANNA, CLIENT, 0);
            var first = join(database, journal, facts).getFirst();
            var revision = newest(journal).getFirst().revision();

            var again = join(database, journal, facts).getFirst();

            assertThat(again.id()).isEqualTo(first.id());
            assertThat(again.changed()).isFalse();
            assertThat(again.call()).isEqualTo(first.call());
            assertThat(newest(journal).getFirst().revision()).isEqualTo(revision);
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesAFactOnceThoughItsClockIsFinerThanAMillisecond(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN);
            var expiry = new ExpiryFact(new CallKey(PBX, "s1"), TEN.plusNanos(123_456));
            join(database, journal, List.of(expiry));

            assertThat(join(database, journal, List.of(expiry)).getFirst().changed())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sumsACallUpForLists(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(100));
            join(database, journal, answered("s1", "l1", ANNA, CLIENT, 0));

            var row = newest(journal).getFirst();

            assertThat(row.result()).isEqualTo(CallResult.ANSWERED);
            assertThat(row.direction()).isEqualTo(Direction.INBOUND);
            assertThat(row.client()).isEqualTo(new NumberPlan("RU").read(CLIENT));
            assertThat(row.line()).contains(new Line("+74950000100"));
            assertThat(row.startedAt()).isEqualTo(TEN);
            assertThat(row.answeredAt()).contains(TEN.plusSeconds(5));
            assertThat(row.endedAt()).contains(TEN.plusSeconds(65));
            assertThat(row.talkTime()).hasSeconds(60);
            assertThat(row.waitTime()).hasSeconds(5);
            assertThat(row.responsible()).contains(ANNA);
            assertThat(row.endUnknown()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsACallAsInProgressUntilItHasSettled(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var facts = answered("s1", "l1", ANNA, CLIENT, 0);
            var before =
                    journal(database, TEN.plusSeconds(65).plus(Call.SETTLING).minusMillis(1));
            var after = journal(database, TEN.plusSeconds(65).plus(Call.SETTLING));
            join(database, before, facts);

            assertThat(newest(before).getFirst().result()).isEqualTo(CallResult.IN_PROGRESS);
            assertThat(list(before, CallResult.IN_PROGRESS)).hasSize(1);
            assertThat(list(before, CallResult.ANSWERED)).isEmpty();
            assertThat(newest(after).getFirst().result()).isEqualTo(CallResult.ANSWERED);
            assertThat(list(after, CallResult.ANSWERED)).hasSize(1);
            assertThat(list(after, CallResult.IN_PROGRESS)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void mergesTwoCallsByALinkIntoTheOlder(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var one = answered("s1", "l1", ANNA, CLIENT, 0);
            var two = answered("s2", "l2", BORIS, CLIENT, 30);
            var link = new LinkFact(new CallKey(PBX, "s2"), new CallKey(PBX, "s1"), TEN.plusSeconds(40));
            var older = join(database, journal, one).getFirst().id();
            var younger = join(database, journal, two).getFirst().id();
            assertThat(younger).isNotEqualTo(older);

            var joined = join(database, journal, List.of(link));

            assertThat(joined).hasSize(1);
            assertThat(joined.getFirst().id()).isEqualTo(older);
            assertThat(joined.getFirst().call().legs()).hasSize(2);
            assertThat(journal.find(COMPANY, younger).orElseThrow().id()).isEqualTo(older);
            assertThat(journal.idOf(new CallKey(PBX, "s2"))).contains(older);
            assertThat(journal.formerIds(older)).containsExactly(younger);
            assertThat(newest(journal)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsOldIdsAfterRepeatedMerges(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var ids = IntStream.rangeClosed(1, 3)
                    .mapToObj(n -> join(database, journal, answered("s" + n, "l" + n, ANNA, CLIENT, n * 100))
                            .getFirst()
                            .id())
                    .toList();

            join(database, journal, List.of(new LinkFact(new CallKey(PBX, "s3"), new CallKey(PBX, "s2"), TEN)));
            join(database, journal, List.of(new LinkFact(new CallKey(PBX, "s2"), new CallKey(PBX, "s1"), TEN)));

            assertThat(journal.find(COMPANY, ids.get(2)).orElseThrow().id()).isEqualTo(ids.getFirst());
            assertThat(journal.formerIds(ids.getFirst())).containsExactly(ids.get(1), ids.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsALegUnderASecondCallKey(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var first = join(database, journal, answered("s1", "l1", ANNA, CLIENT, 0))
                    .getFirst()
                    .id();

            var second = join(database, journal, answered("s2", "l1", ANNA, CLIENT, 20))
                    .getFirst()
                    .id();

            assertThat(second).isEqualTo(first);
            assertThat(journal.idOf(new CallKey(PBX, "s2"))).contains(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesALegKeyOfAnotherDayOrConnectionForAnotherCall(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN);
            var first = join(database, journal, answered("s1", "l1", ANNA, CLIENT, 0))
                    .getFirst()
                    .id();

            var nextDay = join(database, journal, answered("s2", "l1", ANNA, CLIENT, 13 * 3600))
                    .getFirst()
                    .id();
            var elsewhere = join(
                            database,
                            journal,
                            List.of(leg(
                                    new CallKey(8, "s1"),
                                    "l1",
                                    LegPhase.RINGING,
                                    ANNA,
                                    CLIENT,
                                    0,
                                    times(0, null, null))))
                    .getFirst()
                    .id();

            assertThat(List.of(first, nextDay, elsewhere)).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinsAHistoryRowToItsCallWhicheverComesFirst(TestDatabase.Kind kind) {
        for (var historyFirst : List.of(true, false)) {
            try (var database = TestDatabase.of(kind)) {
                var journal = journal(database, TEN.plusSeconds(1000));
                var live = answered("s1", "l1", ANNA, CLIENT, 0);
                var row = List.<CallFact>of(leg(
                        new CallKey(PBX, "history:r1"),
                        "history:r1",
                        LegPhase.ENDED,
                        ANNA,
                        CLIENT,
                        68,
                        times(3, 7, 68)));

                var one = join(database, journal, historyFirst ? row : live).getFirst();
                var two = join(database, journal, historyFirst ? live : row).getFirst();

                assertThat(two.id()).isEqualTo(one.id());
                assertThat(two.call().legs())
                        .singleElement()
                        .satisfies(leg -> assertThat(leg.key()).isEqualTo(new LegKey("l1")));
                assertThat(newest(journal)).hasSize(1);
                assertThat(join(database, journal, row).getFirst().changed()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinsTwinsThatComeTogether(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var facts = new ArrayList<CallFact>(answered("s1", "l1", ANNA, CLIENT, 0));
            facts.add(leg(
                    new CallKey(PBX, "history:r1"), "history:r1", LegPhase.ENDED, ANNA, CLIENT, 65, times(1, 5, 65)));

            assertThat(join(database, journal, facts)).hasSize(1);
            assertThat(newest(journal)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsHistoryRowsOfOtherCallsApart(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            join(database, journal, answered("s1", "l1", ANNA, CLIENT, 0));

            join(database, journal, List.of(row("r1", BORIS, CLIENT, 0)));
            join(database, journal, List.of(row("r2", ANNA, "+79000009999", 0)));
            join(database, journal, List.of(row("r3", ANNA, CLIENT, 6)));

            assertThat(newest(journal)).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesEachOfTwoQuickAttemptsItsOwnHistoryRow(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            join(database, journal, List.of(row("r1", ANNA, CLIENT, 0)));
            join(database, journal, List.of(row("r2", ANNA, CLIENT, 4)));

            var first = join(database, journal, answered("s1", "l1", ANNA, CLIENT, 1))
                    .getFirst();
            var second = join(database, journal, answered("s2", "l2", ANNA, CLIENT, 5))
                    .getFirst();

            assertThat(first.id()).isNotEqualTo(second.id());
            assertThat(newest(journal)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinsARowWithoutANumberToTheEventsOfItsSeatAndStart(TestDatabase.Kind kind) {
        for (var historyFirst : List.of(true, false)) {
            try (var database = TestDatabase.of(kind)) {
                var journal = journal(database, TEN.plusSeconds(1000));
                var live = answered("s1", "l1", ANNA, "", 0);
                var row = List.of(row("r1", ANNA, "", 2));

                var one = join(database, journal, historyFirst ? row : live).getFirst();
                var two = join(database, journal, historyFirst ? live : row).getFirst();

                assertThat(two.id()).isEqualTo(one.id());
                assertThat(two.call().legs()).hasSize(1);
                assertThat(newest(journal)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsANumberedRowApartFromAHiddenCaller(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            join(database, journal, answered("s1", "l1", ANNA, "", 0));

            join(database, journal, List.of(row("r1", ANNA, CLIENT, 2)));

            assertThat(newest(journal)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesOneCallOfRowsThatAreGuessedToBeOne(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var facts = List.of(row("r1", ANNA, CLIENT, 0), row("r2", BORIS, CLIENT, 20), guess("r1", "r2"));

            var joined = join(database, journal, facts);

            assertThat(joined).singleElement().satisfies(one -> {
                assertThat(one.changed()).isTrue();
                assertThat(one.call().employees()).containsExactly(ANNA, BORIS);
            });
            assertThat(newest(journal)).hasSize(1);
            assertThat(join(database, journal, facts)).noneMatch(Joined::changed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGuessAddsWhatIsKnownFromTheHistoryAloneToACallThatWasHeard(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var heard = join(database, journal, answered("s1", "l1", BORIS, CLIENT, 20))
                    .getFirst();

            var joined = join(
                    database,
                    journal,
                    List.of(row("r1", ANNA, CLIENT, 0), row("r2", BORIS, CLIENT, 20), guess("r1", "r2")));

            assertThat(joined).singleElement().satisfies(one -> {
                assertThat(one.id()).isEqualTo(heard.id());
                assertThat(one.call().legs()).hasSize(2);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGuessMakesNoOneCallOfTwoThatWereHeardApart(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            join(database, journal, answered("s1", "l1", ANNA, CLIENT, 0));
            join(database, journal, answered("s2", "l2", BORIS, CLIENT, 20));

            join(
                    database,
                    journal,
                    List.of(row("r1", ANNA, CLIENT, 0), row("r2", BORIS, CLIENT, 20), guess("r1", "r2")));

            assertThat(newest(journal)).hasSize(2);
            assertThat(newest(journal))
                    .allSatisfy(call -> assertThat(journal.find(COMPANY, call.id())
                                    .orElseThrow()
                                    .call()
                                    .legs())
                            .hasSize(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameCallForFactsInAnyOrder(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var random = new Random(81);
            for (int round = 0; round < 12; round++) {
                var facts = new ArrayList<CallFact>(answered("a" + round, "la" + round, ANNA, CLIENT, 0));
                facts.addAll(answered("b" + round, "lb" + round, BORIS, CLIENT, 50));
                facts.add(new LinkFact(
                        new CallKey(PBX, "a" + round), new CallKey(PBX, "b" + round), TEN.plusSeconds(60)));
                var expected = Call.of(facts);
                facts.addAll(List.copyOf(facts));
                Collections.shuffle(facts, random);

                facts.forEach(fact -> join(database, journal, List.of(fact)));

                var id = journal.idOf(new CallKey(PBX, "a" + round)).orElseThrow();
                assertThat(journal.find(COMPANY, id).orElseThrow().call()).isEqualTo(expected);
                assertThat(newest(journal)).hasSize(round + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesOneCallOfFactsThatComeAtOnce(TestDatabase.Kind kind) throws Exception {
        try (var database = TestDatabase.of(kind);
                var threads = Executors.newFixedThreadPool(6)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var facts = new ArrayList<CallFact>();
            for (int call = 0; call < 8; call++) {
                facts.addAll(answered("s" + call, "l" + call, ANNA, CLIENT, call * 100));
                facts.addAll(answered("t" + call, "m" + call, BORIS, CLIENT, call * 100 + 50));
                facts.add(new LinkFact(
                        new CallKey(PBX, "s" + call), new CallKey(PBX, "t" + call), TEN.plusSeconds(call * 100)));
            }
            facts.addAll(List.copyOf(facts));
            Collections.shuffle(facts, new Random(4));

            var done = threads.invokeAll(facts.stream()
                    .map(fact -> (Callable<List<Joined>>) () -> join(database, journal, List.of(fact)))
                    .toList());
            for (var each : done) {
                each.get();
            }

            var rows = newest(journal);
            assertThat(rows).hasSize(8);
            assertThat(rows)
                    .allSatisfy(row -> assertThat(journal.find(COMPANY, row.id())
                                    .orElseThrow()
                                    .call()
                                    .facts())
                            .hasSize(7));
        }
    }

    @ParameterizedTest
    @EnumSource
    void undoesAJoinWithItsTransaction(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN);

            database.transactions().executeWithoutResult(transaction -> {
                journal.join(COMPANY, answered("s1", "l1", ANNA, CLIENT, 0));
                transaction.setRollbackOnly();
            });

            assertThat(newest(journal)).isEmpty();
            assertThat(journal.idOf(new CallKey(PBX, "s1"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesThroughCallsNewestFirstThoughNewOnesComeIn(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(10_000));
            for (int n = 0; n < 7; n++) {
                // three pairs begin at the same instant: the cursor must not lose one of them
                join(database, journal, answered("s" + n, "l" + n, ANNA, CLIENT, (n / 2) * 100));
            }
            var seen = new ArrayList<CallId>();
            Optional<String> cursor = Optional.empty();
            do {
                var page = journal.list(query(cursor, 3));
                page.items().forEach(row -> seen.add(row.id()));
                cursor = page.next();
                join(database, journal, answered("new" + seen.size(), "new" + seen.size(), ANNA, CLIENT, 5000));
            } while (cursor.isPresent());

            assertThat(seen).hasSize(7).doesNotHaveDuplicates();
            assertThat(new HashSet<>(seen)).hasSize(7);
            assertThatThrownBy(() -> journal.list(query(Optional.of("nonsense"), 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cursor");
        }
    }

    @ParameterizedTest
    @EnumSource
    void filtersByTimeDirectionEmployeeAndNumber(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(10_000));
            join(database, journal, answered("s1", "l1", ANNA, CLIENT, 0));
            join(database, journal, answered("s2", "l2", BORIS, "+79000009999", 100));

            assertThat(ids(journal, q -> q.from(TEN.plusSeconds(100)))).hasSize(1);
            assertThat(ids(journal, q -> q.to(TEN.plusSeconds(100)))).hasSize(1);
            assertThat(ids(journal, q -> q.direction(Direction.INBOUND))).hasSize(2);
            assertThat(ids(journal, q -> q.direction(Direction.OUTBOUND))).isEmpty();
            assertThat(ids(journal, q -> q.employee(BORIS))).hasSize(1);
            assertThat(ids(journal, q -> q.number(CLIENT))).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsOpenCallsThatFellSilent(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(10_000));
            join(database, journal, answered("over", "l1", ANNA, CLIENT, 0));
            var open = join(
                            database,
                            journal,
                            answered("open", "l2", ANNA, CLIENT, 100).subList(0, 1))
                    .getFirst()
                    .id();

            assertThat(journal.openSince(TEN.plusSeconds(100), TEN.plusSeconds(100), 10))
                    .isEmpty();
            assertThat(journal.openSince(TEN.plusSeconds(101), TEN.plusSeconds(101), 10))
                    .extracting(StoredCall::id)
                    .containsExactly(open);

            join(database, journal, List.of(new ExpiryFact(new CallKey(PBX, "open"), TEN.plusSeconds(9000))));

            assertThat(journal.openSince(TEN.plusSeconds(9999), TEN.plusSeconds(9999), 10))
                    .isEmpty();
            assertThat(newest(journal).getFirst().endUnknown()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesARecordingBeforeItsCall(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var journal = journal(database, TEN.plusSeconds(1000));
            var recording = new RecordingFact(
                    new CallKey(PBX, "s1"), TEN.plusSeconds(70), Optional.of("r"), Optional.of(ANNA), Duration.ZERO);
            var first = join(database, journal, List.of(recording)).getFirst().id();

            var joined = join(database, journal, answered("s1", "l1", ANNA, CLIENT, 0))
                    .getFirst();

            assertThat(joined.id()).isEqualTo(first);
            assertThat(joined.call().recordings()).containsExactly(recording);
        }
    }

    private static JdbcJournal journal(TestDatabase database, Instant now) {
        return new JdbcJournal(database.jdbc(), ErasedPersons.NONE, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static List<Joined> join(TestDatabase database, Journal journal, List<? extends CallFact> facts) {
        return database.transactions().execute(ignored -> journal.join(COMPANY, List.copyOf(facts)));
    }

    private static List<CallRow> newest(Journal journal) {
        return journal.list(CallQuery.newest(COMPANY, 100)).items();
    }

    private static List<CallRow> list(Journal journal, CallResult result) {
        return ids(journal, q -> q.result(result));
    }

    private static CallQuery query(Optional<String> cursor, int limit) {
        var query = CallQuery.newest(COMPANY, limit);
        return new CallQuery(
                COMPANY,
                query.from(),
                query.to(),
                query.direction(),
                query.result(),
                query.seats(),
                query.number(),
                cursor,
                limit);
    }

    private static List<CallRow> ids(Journal journal, java.util.function.UnaryOperator<Filter> filter) {
        var f = filter.apply(new Filter());
        return journal.list(new CallQuery(
                        COMPANY, f.from, f.to, f.direction, f.result, f.employee, f.number, Optional.empty(), 100))
                .items();
    }

    private static CallFact guess(String row, String other) {
        return new LinkFact(
                new CallKey(PBX, "history:" + row), new CallKey(PBX, "history:" + other), TEN, Certainty.INFERRED);
    }

    private static CallFact row(String row, Seat seat, String client, int second) {
        return leg(
                new CallKey(PBX, "history:" + row),
                "history:" + row,
                LegPhase.ENDED,
                seat,
                client,
                second + 60,
                times(second, second + 5, second + 60));
    }

    /** Rings at the second, is answered 5 s later and ends 60 s after that. */
    private static List<CallFact> answered(String call, String leg, Seat seat, String client, int second) {
        var key = new CallKey(PBX, call);
        return List.of(
                leg(key, leg, LegPhase.RINGING, seat, client, second, times(second, null, null)),
                leg(key, leg, LegPhase.TALKING, seat, client, second + 5, times(second, second + 5, null)),
                leg(key, leg, LegPhase.ENDED, seat, client, second + 65, times(second, second + 5, second + 65)));
    }

    private static LegTimes times(Integer started, Integer answered, Integer ended) {
        return new LegTimes(at(started), Optional.empty(), at(answered), at(ended), Duration.ZERO);
    }

    private static Optional<Instant> at(Integer second) {
        return Optional.ofNullable(second).map(TEN::plusSeconds);
    }

    private static LegFact leg(
            CallKey call, String leg, LegPhase phase, Seat seat, String client, int second, LegTimes times) {
        return new LegFact(
                call,
                new LegKey(leg),
                TEN.plusSeconds(second),
                phase,
                seat,
                SeatRole.EMPLOYEE,
                Optional.of(Claim.stated(Direction.INBOUND)),
                Optional.of(Claim.stated(new NumberPlan("RU").read(client))),
                Optional.of(Claim.stated(new Line("+74950000100"))),
                times,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static final class Filter {
        private Optional<Instant> from = Optional.empty();
        private Optional<Instant> to = Optional.empty();
        private Optional<Direction> direction = Optional.empty();
        private Optional<CallResult> result = Optional.empty();
        private Set<Seat> employee = Set.of();
        private Optional<String> number = Optional.empty();

        Filter from(Instant value) {
            from = Optional.of(value);
            return this;
        }

        Filter to(Instant value) {
            to = Optional.of(value);
            return this;
        }

        Filter direction(Direction value) {
            direction = Optional.of(value);
            return this;
        }

        Filter result(CallResult value) {
            result = Optional.of(value);
            return this;
        }

        Filter employee(Seat value) {
            employee = Set.of(value, new Seat("nobody"));
            return this;
        }

        Filter number(String value) {
            number = Optional.of(value);
            return this;
        }
    }
}
