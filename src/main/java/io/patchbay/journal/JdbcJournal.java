package io.patchbay.journal;

import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.CallId;
import io.patchbay.call.CallKey;
import io.patchbay.call.Direction;
import io.patchbay.call.Forgetting;
import io.patchbay.call.Leg;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LinkFact;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The journal in SQL that both databases understand.
 *
 * <p>Joins of one PBX connection take turns: a link or a history twin concerns calls that no unique key covers together, and turns also
 * rule out deadlocks. Connections do not wait for each other.
 */
@Repository
class JdbcJournal implements Journal {

    /** PBXs reuse the ids of legs, but not within a day. */
    private static final Duration LEG_KEY_HOLDS = Duration.ofHours(12);

    /** The longest time from an order to the first that the PBX tells of its call. */
    private static final Duration ORDER_WAITS = Duration.ofMinutes(2);

    /** How far a PBX's clock may lag behind the hub's. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    private static final String BEGUN = """
        call c WHERE c.company_id = ? AND c.started_at >= ? AND c.started_at < ?
          AND NOT EXISTS (SELECT 1 FROM call_redirect r WHERE r.old_id = c.id)\
        """;

    private final JdbcClient jdbc;
    private final ErasedPersons erased;
    private final Clock clock;
    private final CallTable table;

    JdbcJournal(JdbcClient jdbc, ErasedPersons erased, Clock clock) {
        this.jdbc = jdbc;
        this.erased = erased;
        this.clock = clock;
        this.table = new CallTable(jdbc);
    }

    @Override
    @Transactional
    public List<Joined> join(CompanyId company, List<CallFact> told) {
        var facts = told.stream().map(fact -> erased.without(company, fact)).toList();
        takeTurns(facts);
        var touched = new TreeSet<CallId>();
        var changed = new HashSet<CallId>();
        for (var fact : facts) {
            if (isGuess(fact)) {
                continue;
            }
            var id = callOf(company, fact, changed);
            touched.add(id);
            if (store(id, table.isErased(id) ? Forgetting.everybody().without(fact) : fact)) {
                changed.add(id);
            }
        }
        var calls = new TreeMap<CallId, Call>();
        current(changed).forEach(id -> calls.put(id, sumUp(id)));
        new TreeMap<>(calls).forEach((id, call) -> meetTwin(id, call, calls, changed));
        // only now: whatever can be known goes before a guess
        facts.stream()
                .filter(JdbcJournal::isGuess)
                .map(LinkFact.class::cast)
                .forEach(link -> guess(link, changed).ifPresent(id -> calls.put(id, sumUp(id))));
        var news = current(changed);
        return current(touched).stream()
                .map(id -> new Joined(id, calls.computeIfAbsent(id, this::load), news.contains(id)))
                .toList();
    }

    @Override
    public Optional<StoredCall> find(CompanyId company, CallId id) {
        return jdbc.sql("SELECT * FROM call WHERE id = ? AND company_id = ?")
                .params(current(id).value(), company.value())
                .query((row, ignored) -> head(row))
                .optional()
                .map(this::withFacts);
    }

    @Override
    public Optional<CallId> idOf(CallKey key) {
        return jdbc.sql("SELECT call_id FROM call_key WHERE connection_id = ? AND name = ?")
                .params(key.connection(), key.value())
                .query(JdbcJournal::id)
                .optional();
    }

    @Override
    public Instant heardAt(CallId id) {
        return Instant.ofEpochMilli(jdbc.sql("SELECT updated_at FROM call WHERE id = ?")
                .params(id.value())
                .query(Long.class)
                .optional()
                .orElse(0L));
    }

    @Override
    public List<CallId> formerIds(CallId id) {
        return jdbc.sql("SELECT old_id FROM call_redirect WHERE call_id = ? ORDER BY old_id")
                .param(id.value())
                .query(JdbcJournal::id)
                .list();
    }

    @Override
    public CallPage list(CallQuery query) {
        return table.list(query, clock.instant());
    }

    @Override
    public List<CallId> begun(CompanyId company, Instant from, Instant to, long after, int limit) {
        return jdbc.sql("SELECT c.id FROM " + BEGUN + " AND c.id > ? ORDER BY c.id LIMIT ?")
                .params(company.value(), from.toEpochMilli(), to.toEpochMilli(), after, limit)
                .query(JdbcJournal::id)
                .list();
    }

    @Override
    public long countBegun(CompanyId company, Instant from, Instant to) {
        return jdbc.sql("SELECT COUNT(*) FROM " + BEGUN)
                .params(company.value(), from.toEpochMilli(), to.toEpochMilli())
                .query(Long.class)
                .single();
    }

    @Override
    public List<StoredCall> openSince(Instant unansweredBefore, Instant answeredBefore, int limit) {
        return jdbc
                .sql("""
                    SELECT * FROM call WHERE ended_at IS NULL
                      AND last_news_at < CASE WHEN answered_at IS NULL THEN ? ELSE ? END
                      AND NOT EXISTS (SELECT 1 FROM call_redirect r WHERE r.old_id = call.id)
                    ORDER BY last_news_at, id LIMIT ?\
                    """)
                .params(unansweredBefore.toEpochMilli(), answeredBefore.toEpochMilli(), limit)
                .query((row, ignored) -> head(row))
                .list()
                .stream()
                .map(this::withFacts)
                .toList();
    }

    /**
     * Tells a call anew without somebody, in the caller's transaction: its facts, its legs, its names, and the rows it had before it turned out to be one with others.
     *
     * @param also what is told of it besides
     */
    void rewrite(CallId id, Forgetting forgetting, List<CallFact> also) {
        var facts = load(id).facts();
        takeTurns(List.copyOf(facts));
        for (var table : List.of("call_fact", "call_leg")) {
            jdbc.sql("DELETE FROM " + table + " WHERE call_id = ?")
                    .param(id.value())
                    .update();
        }
        facts.forEach(fact -> store(id, forgetting.without(fact)));
        also.forEach(fact -> store(id, forgetting.without(fact)));
        for (var name : names(id)) {
            var other = forgetting.name().apply(name);
            if (!other.equals(name)) {
                jdbc.sql("UPDATE call_key SET name = ? WHERE call_id = ? AND name = ?")
                        .params(other, id.value(), name)
                        .update();
            }
        }
        var call = sumUp(id);
        formerIds(id).forEach(former -> table.writePersons(former, call));
    }

    private List<String> names(CallId id) {
        return jdbc.sql("SELECT name FROM call_key WHERE call_id = ?")
                .param(id.value())
                .query(String.class)
                .list();
    }

    private void meetTwin(CallId id, Call call, Map<CallId, Call> calls, Set<CallId> changed) {
        if (!current(id).equals(id)) {
            return; // it was the twin of one before it
        }
        twinOf(id, call).ifPresent(twin -> {
            var older = id.compareTo(twin) < 0 ? id : twin;
            merge(older.equals(id) ? twin : id, older, changed);
            calls.put(older, sumUp(older));
        });
    }

    private static boolean isGuess(CallFact fact) {
        return fact instanceof LinkFact link && link.isInferred();
    }

    /** Two that may be one are made one, unless each is known to be a call of its own. @return the call they became */
    private Optional<CallId> guess(LinkFact link, Set<CallId> changed) {
        var one = idOf(link.call());
        var other = idOf(link.other());
        if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
            return Optional.empty();
        }
        if (!isHistory(load(one.get())) && !isHistory(load(other.get()))) {
            return Optional.empty();
        }
        var older = one.get().compareTo(other.get()) < 0 ? one.get() : other.get();
        store(older, link);
        merge(older.equals(one.get()) ? other.get() : one.get(), older, changed);
        return Optional.of(older);
    }

    /** Holds the row of each connection until the transaction ends; in the order of their ids, so that no two wait for each other. */
    private void takeTurns(List<CallFact> facts) {
        facts.stream()
                .map(fact -> fact.call().connection())
                .distinct()
                .sorted()
                .forEach(connection -> jdbc.sql("""
                    INSERT INTO join_turn (connection_id, joins) VALUES (?, 1)
                    ON CONFLICT (connection_id) DO UPDATE SET joins = join_turn.joins + 1\
                    """).param(connection).update());
    }

    /** The call of a fact, found by all its names and made when there is none. */
    private CallId callOf(CompanyId company, CallFact fact, Set<CallId> changed) {
        var keys = fact instanceof LinkFact link ? List.of(link.call(), link.other()) : List.of(fact.call());
        var known = new TreeSet<CallId>();
        keys.forEach(key -> idOf(key).ifPresent(known::add));
        if (fact instanceof LegFact leg) {
            known.addAll(callsWith(leg));
            if (known.isEmpty()) {
                orderOf(company, leg).ifPresent(known::add);
            }
        }
        var id = known.isEmpty() ? table.create(company, fact.call().connection(), fact.at()) : known.first();
        known.tailSet(id, false).forEach(other -> merge(other, id, changed));
        for (var key : keys) {
            jdbc.sql("INSERT INTO call_key (connection_id, name, call_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                    .params(key.connection(), key.value(), id.value())
                    .update();
        }
        return id;
    }

    /**
     * The order that this leg fulfils, when the PBX tells of the call before it has told what it calls it. The number decides; on a leg that says of
     * itself that it was ordered some PBXs show the employee's own number, so there a single waiting order of the seat is enough.
     */
    private Optional<CallId> orderOf(CompanyId company, LegFact leg) {
        var orderedByPbx = leg.phase() == LegPhase.ORDERED;
        if (leg.role() != SeatRole.EMPLOYEE || !(orderedByPbx || isOutbound(leg))) {
            return Optional.empty();
        }
        var waiting = waitingOrders(company, leg);
        var ofNumber = waiting.stream()
                .filter(id -> leg.client()
                        .map(client -> client.value().equals(load(id).client()))
                        .orElse(false))
                .findFirst();
        return ofNumber.or(
                () -> orderedByPbx && waiting.size() == 1 ? Optional.of(waiting.getFirst()) : Optional.empty());
    }

    private static boolean isOutbound(LegFact leg) {
        return leg.direction()
                .filter(direction -> direction.value() == Direction.OUTBOUND)
                .isPresent();
    }

    /** Calls of which nothing is known but that the hub ordered them at this seat about then, the oldest first. */
    private List<CallId> waitingOrders(CompanyId company, LegFact leg) {
        return jdbc
                .sql("""
                    SELECT c.id FROM call c
                    WHERE c.company_id = ? AND c.started_at BETWEEN ? AND ? AND c.connection_id = ?
                      AND EXISTS (SELECT 1 FROM call_key k WHERE k.call_id = c.id AND k.name LIKE 'order:%')
                      AND NOT EXISTS (SELECT 1 FROM call_leg l WHERE l.call_id = c.id)
                    ORDER BY c.started_at, c.id\
                    """)
                .params(
                        company.value(),
                        leg.started().minus(ORDER_WAITS).toEpochMilli(),
                        leg.started().plus(CLOCKS_DIFFER).toEpochMilli(),
                        leg.call().connection())
                .query(JdbcJournal::id)
                .list()
                .stream()
                .filter(id -> waitsAt(load(id), leg.seat()))
                .toList();
    }

    private static boolean waitsAt(Call call, Seat seat) {
        return call.keys().size() == 1
                && call.order().filter(order -> order.seat().equals(seat)).isPresent();
    }

    private List<CallId> callsWith(LegFact leg) {
        var started = leg.started();
        return jdbc.sql("""
            SELECT DISTINCT call_id FROM call_leg
            WHERE connection_id = ? AND leg = ? AND started_at BETWEEN ? AND ?\
            """)
                .params(
                        leg.call().connection(),
                        leg.leg().value(),
                        started.minus(LEG_KEY_HOLDS).toEpochMilli(),
                        started.plus(LEG_KEY_HOLDS).toEpochMilli())
                .query(JdbcJournal::id)
                .list();
    }

    /** @return whether the fact is new */
    private boolean store(CallId id, CallFact fact) {
        var stored = StoredFact.of(fact);
        var added = jdbc.sql("INSERT INTO call_fact (call_id, hash, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(id.value(), stored.hash(), stored.json())
                .update();
        if (added > 0 && fact instanceof LegFact leg) {
            jdbc.sql("""
                INSERT INTO call_leg (call_id, leg, connection_id, seat, role, started_at, history)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
                """)
                    .params(
                            id.value(),
                            leg.leg().value(),
                            leg.call().connection(),
                            leg.seat().id(),
                            leg.role().name(),
                            leg.started().toEpochMilli(),
                            leg.isHistory())
                    .update();
        }
        return added > 0;
    }

    private void merge(CallId from, CallId into, Set<CallId> changed) {
        for (var table : List.of("call_fact", "call_leg")) {
            var name = table.equals("call_fact") ? "hash" : "leg";
            jdbc.sql("DELETE FROM " + table + " WHERE call_id = ? AND " + name + " IN (SELECT " + name + " FROM "
                            + table + " WHERE call_id = ?)")
                    .params(from.value(), into.value())
                    .update();
            move(table, from, into);
        }
        move("call_key", from, into);
        move("call_redirect", from, into);
        jdbc.sql("INSERT INTO call_redirect (old_id, call_id) VALUES (?, ?)")
                .params(from.value(), into.value())
                .update();
        changed.add(into);
    }

    private void move(String table, CallId from, CallId into) {
        jdbc.sql("UPDATE " + table + " SET call_id = ? WHERE call_id = ?")
                .params(into.value(), from.value())
                .update();
    }

    /** A history row without a session id is the same call as the events of the same seat, client and start. */
    private Optional<CallId> twinOf(CallId id, Call call) {
        return call.legs().stream()
                .flatMap(leg -> twinOf(id, call, leg).stream())
                .findFirst();
    }

    /**
     * The clients must agree where both have a number. A row without one (a hidden caller, the question before an attended transfer) has but
     * its seat and its start.
     */
    private Optional<CallId> twinOf(CallId id, Call call, Leg leg) {
        var history = isHistory(call);
        var client = call.client() instanceof PhoneNumber number ? number.e164() : "";
        return jdbc
                .sql("""
                    SELECT l.call_id FROM call_leg l JOIN call c ON c.id = l.call_id
                    WHERE l.connection_id = ? AND l.seat = ? AND l.started_at BETWEEN ? AND ? AND l.call_id <> ?
                      AND l.history = ? AND (c.client_e164 = ? OR (c.client_e164 IS NULL AND ?) OR ?)
                    ORDER BY CASE WHEN c.client_e164 = ? THEN 0 ELSE 1 END, ABS(l.started_at - ?), l.call_id\
                    """)
                .params(
                        call.keys().iterator().next().connection(),
                        leg.seat().id(),
                        leg.started().minus(Call.HISTORY_TOLERANCE).toEpochMilli(),
                        leg.started().plus(Call.HISTORY_TOLERANCE).toEpochMilli(),
                        id.value(),
                        !history,
                        client,
                        !history || client.isEmpty(), // then the other is the row, and may have no number
                        history && client.isEmpty(),
                        client,
                        leg.started().toEpochMilli())
                .query(JdbcJournal::id)
                .list()
                .stream()
                .filter(other -> history ? !hasHistory(other, leg) : isHistory(load(other)))
                .findFirst();
    }

    private static boolean isHistory(Call call) {
        return call.keys().stream().allMatch(CallKey::isHistory);
    }

    /** Then its row was there before, and this one tells of the next attempt of the same client. */
    private boolean hasHistory(CallId id, Leg leg) {
        return jdbc.sql("SELECT COUNT(*) FROM call_leg WHERE call_id = ? AND history = ? AND seat = ? AND"
                                + " started_at BETWEEN ? AND ?")
                        .params(
                                id.value(),
                                true,
                                leg.seat().id(),
                                leg.started().minus(Call.HISTORY_TOLERANCE).toEpochMilli(),
                                leg.started().plus(Call.HISTORY_TOLERANCE).toEpochMilli())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Call sumUp(CallId id) {
        var call = load(id);
        table.write(id, call, clock.instant());
        writeLegs(id, call);
        return call;
    }

    private void writeLegs(CallId id, Call call) {
        for (var leg : call.legs()) {
            jdbc.sql("UPDATE call_leg SET seat = ?, role = ?, started_at = ? WHERE call_id = ? AND leg = ?")
                    .params(
                            leg.seat().id(),
                            leg.role().name(),
                            leg.started().toEpochMilli(),
                            id.value(),
                            leg.key().value())
                    .update();
        }
    }

    private TreeSet<CallId> current(Iterable<CallId> ids) {
        var current = new TreeSet<CallId>();
        ids.forEach(id -> current.add(current(id)));
        return current;
    }

    /** The id that answers for this one; never more than one step away. */
    private CallId current(CallId id) {
        return jdbc.sql("SELECT call_id FROM call_redirect WHERE old_id = ?")
                .param(id.value())
                .query(JdbcJournal::id)
                .optional()
                .orElse(id);
    }

    private Call load(CallId id) {
        return Call.of(jdbc
                .sql("SELECT json FROM call_fact WHERE call_id = ? ORDER BY hash")
                .param(id.value())
                .query(String.class)
                .list()
                .stream()
                .map(StoredFact::read)
                .toList());
    }

    private StoredCall withFacts(Head head) {
        return new StoredCall(head.id(), head.company(), head.connection(), load(head.id()));
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                new CallId(row.getLong("id")), new CompanyId(row.getLong("company_id")), row.getLong("connection_id"));
    }

    private static CallId id(ResultSet row, int ignored) throws SQLException {
        return new CallId(row.getLong(1));
    }

    private record Head(CallId id, CompanyId company, long connection) {}
}
