package io.patchbay.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One conversation of a client with the company, however often transferred: a join of facts.
 *
 * <p>{@link #with} is commutative, associative and idempotent, because a call is nothing but its set of facts and all else is
 * computed from the set. Facts may come late, twice or in any order, from push or from history. State only climbs: what one fact
 * answered no other fact can make missed.
 */
public final class Call {

    /**
     * How long after its last leg a call may still go on: a hunt group rings the next employee only after the one before was released.
     * contracts/pbx/beeline.md, section 3.2, asks for 1-2 s.
     */
    public static final Duration SETTLING = Duration.ofSeconds(2);

    /** How far the PBX's history and its events may differ about the start of one leg. */
    public static final Duration HISTORY_TOLERANCE = Duration.ofSeconds(5);

    private static final Comparator<LegFact> BY_TIME = Comparator.comparing(LegFact::at)
            .thenComparing(LegFact::leg)
            .thenComparing(LegFact::phase)
            .thenComparing(LegFact::toString)
            .thenComparing(Call::clientInFull); // the text masks it, and two numbers may look alike

    private static final Comparator<Leg> BY_ANSWER = Comparator.comparing(
                    (Leg leg) -> leg.answered().orElse(Instant.MAX))
            .thenComparing(Leg::key);

    /** Who asks a colleague and joins him with the client is answered at the same instant as the colleague, but speaks no longer. */
    private static final Comparator<Leg> BY_END =
            Comparator.comparing((Leg leg) -> leg.ended().orElse(Instant.MAX)).thenComparing(BY_ANSWER);

    private final Set<CallFact> facts;
    private final List<LegFact> told;
    private final List<Leg> legs;

    private Call(Set<CallFact> facts) {
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("A call needs at least one fact.");
        }
        this.facts = Collections.unmodifiableSet(facts);
        this.told = facts.stream()
                .filter(LegFact.class::isInstance)
                .map(LegFact.class::cast)
                .sorted(BY_TIME)
                .toList();
        this.legs = join(told, facts.stream().anyMatch(ExpiryFact.class::isInstance));
    }

    public static Call of(CallFact... facts) {
        return of(List.of(facts));
    }

    /** @throws IllegalArgumentException when there is no fact */
    public static Call of(Collection<? extends CallFact> facts) {
        return new Call(new LinkedHashSet<>(facts));
    }

    public Call with(CallFact fact) {
        if (facts.contains(fact)) {
            return this;
        }
        var more = new LinkedHashSet<>(facts);
        more.add(fact);
        return new Call(more);
    }

    /** The two were one call all the time. */
    public Call with(Call other) {
        var all = new LinkedHashSet<>(facts);
        all.addAll(other.facts);
        return new Call(all);
    }

    public Set<CallFact> facts() {
        return facts;
    }

    /** Since when nobody is told who it was with; empty for a call whose outside party was not erased. */
    public Optional<Instant> erasedAt() {
        return facts.stream()
                .filter(ErasureFact.class::isInstance)
                .map(CallFact::at)
                .min(Comparator.naturalOrder());
    }

    /** Every name of this call, the smallest first. */
    public Set<CallKey> keys() {
        var keys = new TreeSet<CallKey>();
        for (var fact : facts) {
            keys.add(fact.call());
            if (fact instanceof LinkFact link) {
                keys.add(link.other());
            }
        }
        return keys;
    }

    /** In the order in which they began. */
    public List<Leg> legs() {
        return legs;
    }

    /** Our own click-to-call, if this call is one. */
    public Optional<OrderFact> order() {
        return facts.stream()
                .filter(OrderFact.class::isInstance)
                .map(OrderFact.class::cast)
                .min(Comparator.comparing(OrderFact::at)
                        .thenComparing(OrderFact::order)
                        .thenComparing(OrderFact::call)
                        .thenComparing(OrderFact::seat));
    }

    /** What the surest fact says. A leg that meets a client tells more about the call than one between colleagues. */
    public Direction direction() {
        if (order().isPresent()) {
            return Direction.OUTBOUND;
        }
        return outsideDirection()
                .or(() -> Claims.surest(told, LegFact::direction))
                .orElse(Direction.INBOUND);
    }

    /** Neither the PBX nor an order of ours said which way the call goes. */
    public boolean directionIsGuessed() {
        return order().isEmpty()
                && told.stream()
                        .flatMap(f -> f.direction().stream())
                        .noneMatch(
                                c -> c.value() == direction() && c.certainty().compareTo(Certainty.GUESSED) > 0);
    }

    /** The other side. A public number is preferred to all else that was said, since inner hand-overs show inner numbers. */
    public Party client() {
        var ordered = order().map(OrderFact::client);
        if (ordered.isPresent()) {
            return ordered.get();
        }
        var claims = told.stream().filter(f -> f.client().isPresent()).toList();
        var ofClient = claims.stream().filter(this::isOutside).toList();
        return phone(ofClient)
                .or(() -> phone(claims))
                .or(() -> Claims.surest(ofClient, LegFact::client))
                .or(() -> Claims.surest(claims, LegFact::client))
                .orElse(new HiddenNumber());
    }

    public Optional<Line> line() {
        return Claims.surest(told, LegFact::line).or(() -> order().flatMap(OrderFact::line));
    }

    public Instant startedAt() {
        return legs.stream()
                .map(Leg::started)
                .min(Comparator.naturalOrder())
                .or(() -> facts.stream().map(CallFact::at).min(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** When an employee and the client began to speak; empty when nobody did. */
    public Optional<Instant> answeredAt() {
        return legs.stream()
                .filter(Leg::spoke)
                .flatMap(l -> l.answered().stream())
                .min(Comparator.naturalOrder());
    }

    /** The end of the last leg; empty while one is open. */
    public Optional<Instant> endedAt() {
        return isOpen()
                ? Optional.empty()
                : legs.stream()
                        .flatMap(l -> l.ended().stream())
                        .max(Comparator.naturalOrder())
                        .or(this::closing);
    }

    public boolean isOpen() {
        return legs.isEmpty() ? closing().isEmpty() : legs.stream().anyMatch(Leg::isOpen);
    }

    /** The instant from which the verdict stands; empty while a leg is open. */
    public Optional<Instant> settledAt() {
        return endedAt().map(end -> end.plus(SETTLING));
    }

    /** The end was not seen: the safety timer closed the call. */
    public boolean endIsUnknown() {
        return expiry().isPresent()
                && (legs.isEmpty() ? refusal().isEmpty() : legs.stream().anyMatch(Leg::endUnknown));
    }

    /** Why an ordered call was never made; empty for every call of which the PBX told anything. */
    public Optional<RefusalFact> refusal() {
        return legs.isEmpty()
                ? facts.stream()
                        .filter(RefusalFact.class::isInstance)
                        .map(RefusalFact.class::cast)
                        .min(Comparator.comparing(RefusalFact::at)
                                .thenComparing(RefusalFact::cause)
                                .thenComparing(RefusalFact::why)
                                .thenComparing(RefusalFact::call))
                : Optional.empty();
    }

    /** Why it failed; empty for an answered call, and where nobody told. */
    public Optional<EndCause> cause() {
        return answeredAt().isPresent()
                ? Optional.empty()
                : refusal().map(RefusalFact::cause).or(() -> Verdict.cause(this));
    }

    /** The latest instant of which anything is known: from here the safety timer counts. */
    public Instant lastNewsAt() {
        return legs.stream()
                .map(Leg::lastNewsAt)
                .max(Comparator.naturalOrder())
                .or(() -> facts.stream().map(CallFact::at).max(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** The verdict on the whole call. A ringing phone never decides it: it stands only {@link #SETTLING} after the last leg. */
    public CallResult result(Instant now) {
        return settledAt().filter(settled -> !now.isBefore(settled)).isEmpty()
                ? CallResult.IN_PROGRESS
                : Verdict.of(this);
    }

    /** Time in which at least one employee spoke; parallel legs of a transfer count once. */
    public Duration talkTime() {
        var total = Duration.ZERO;
        var until = Instant.MIN;
        var spoken = legs.stream()
                .filter(l -> l.spoke() && l.ended().isPresent())
                .sorted(Comparator.comparing((Leg l) -> l.answered().orElseThrow()))
                .toList();
        for (var leg : spoken) {
            var from = max(leg.answered().orElseThrow(), until);
            var to = leg.ended().orElseThrow();
            if (to.isAfter(from)) {
                total = total.plus(Duration.between(from, to));
                until = to;
            }
        }
        return total;
    }

    /** From the beginning to the answer, or to the end when nobody answered; zero while neither is known. */
    public Duration waitTime() {
        return answeredAt()
                .or(this::endedAt)
                .map(until -> Duration.between(startedAt(), until))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** Employees in the order in which the call came to them, each once. */
    public List<Seat> employees() {
        return legs.stream()
                .filter(l -> l.role() == SeatRole.EMPLOYEE)
                .map(Leg::seat)
                .distinct()
                .toList();
    }

    /** The person of this call; when nobody spoke, the first who was rung; empty when the call reached nobody. */
    public Optional<Seat> responsible(ResponsibleRule rule) {
        var spoke = legs.stream().filter(Leg::spoke).toList();
        var chosen = switch (rule) {
            case LAST_SPOKE -> spoke.stream().max(BY_END).map(Leg::seat);
            case FIRST_SPOKE -> spoke.stream().min(BY_ANSWER).map(Leg::seat);
            case FIRST_RANG -> Optional.<Seat>empty();
        };
        return chosen.or(() -> employees().stream().findFirst()).or(() -> order().map(OrderFact::seat));
    }

    public Set<RecordingFact> recordings() {
        var found = new LinkedHashSet<RecordingFact>();
        facts.stream()
                .filter(RecordingFact.class::isInstance)
                .map(RecordingFact.class::cast)
                .sorted(Comparator.comparing(RecordingFact::at).thenComparing(RecordingFact::toString))
                .forEach(found::add);
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Call call && call.facts.equals(facts);
    }

    @Override
    public int hashCode() {
        return facts.hashCode();
    }

    @Override
    public String toString() {
        return "Call" + keys() + " of " + facts.size() + " facts";
    }

    /** What ends a call that never had a leg. */
    private Optional<Instant> closing() {
        return Stream.concat(refusal().map(RefusalFact::at).stream(), expiry().stream())
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> expiry() {
        return facts.stream()
                .filter(ExpiryFact.class::isInstance)
                .map(CallFact::at)
                .min(Comparator.naturalOrder());
    }

    private boolean isOutside(LegFact fact) {
        return fact.direction().filter(c -> c.value() != Direction.INTERNAL).isPresent();
    }

    private Optional<Direction> outsideDirection() {
        return Claims.surest(told.stream().filter(this::isOutside).toList(), LegFact::direction);
    }

    private static Optional<Party> phone(List<LegFact> claims) {
        return Claims.surest(
                claims.stream()
                        .filter(f -> f.client().orElseThrow().value() instanceof PhoneNumber)
                        .toList(),
                LegFact::client);
    }

    private static String clientInFull(LegFact fact) {
        return fact.client()
                .map(claim -> claim.value() instanceof PhoneNumber number
                        ? number.e164()
                        : claim.value().raw())
                .orElse("");
    }

    private static List<Leg> join(List<LegFact> told, boolean expired) {
        var byKey = new TreeMap<LegKey, List<LegFact>>();
        told.forEach(f ->
                byKey.computeIfAbsent(f.leg(), ignored -> new ArrayList<>()).add(f));
        foldHistory(byKey);
        return byKey.entrySet().stream()
                .map(leg -> Leg.of(leg.getKey(), leg.getValue(), expired))
                .sorted(Comparator.comparing(Leg::started).thenComparing(Leg::key))
                .toList();
    }

    /** A history row does not know how the events named its leg: it belongs to the one of the same seat with the nearest start. */
    private static void foldHistory(TreeMap<LegKey, List<LegFact>> byKey) {
        var rows = new TreeMap<LegKey, List<LegFact>>();
        byKey.forEach((key, facts) -> {
            if (facts.stream().allMatch(LegFact::isHistory)) {
                rows.put(key, facts);
            }
        });
        var live = new TreeMap<>(byKey);
        live.keySet().removeAll(rows.keySet());
        var twins =
                new TreeMap<LegKey, List<LegFact>>(); // all found before any is folded, since folding may move a start
        rows.forEach((key, row) -> live.entrySet().stream()
                .filter(leg ->
                        leg.getValue().getFirst().seat().equals(row.getFirst().seat()))
                // of one role, or an employee's leg could seem answered until its role is told
                .filter(leg -> Leg.roleOf(leg.getValue()) == Leg.roleOf(row))
                .filter(leg -> apart(leg.getValue(), row).compareTo(HISTORY_TOLERANCE) <= 0)
                .min(Comparator.comparing(leg -> apart(leg.getValue(), row)))
                .ifPresent(leg -> twins.put(key, leg.getValue())));
        twins.forEach((row, leg) -> {
            leg.addAll(rows.getOrDefault(row, List.of()));
            byKey.remove(row);
        });
    }

    private static Duration apart(List<LegFact> one, List<LegFact> other) {
        return Duration.between(Leg.startOf(one), Leg.startOf(other)).abs();
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
