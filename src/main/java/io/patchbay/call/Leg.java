package io.patchbay.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One party's part of a call, joined from all that was said about it. The order of the facts does not matter: every member is a
 * smallest, a greatest or a surest of them.
 *
 * @param dialled     a click-to-call reached the stage of dialling the client
 * @param ordered     the leg began as a click-to-call
 * @param ended       empty while the leg is open
 * @param lastNewsAt  the latest instant of which anything is known
 * @param endUnknown  the end is the safety timer's work, not the PBX's
 */
public record Leg(
        LegKey key,
        Seat seat,
        SeatRole role,
        Optional<Direction> direction,
        Instant started,
        boolean ordered,
        boolean dialled,
        Optional<Instant> answered,
        Optional<Instant> ended,
        Duration held,
        Optional<EndCause> cause,
        Optional<EndedBy> endedBy,
        Optional<Transfer> transfer,
        Instant lastNewsAt,
        boolean endUnknown) {

    /** @param facts of this leg, at least one, in any order */
    static Leg of(LegKey key, List<LegFact> facts, boolean expired) {
        var told = facts.stream().sorted(ORDER).toList();
        var first = told.getFirst();
        var times = told.stream().map(LegFact::times).toList();
        var news = told.stream()
                .flatMap(f -> Stream.concat(Stream.of(f.at()), instants(f.times())))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        // a history row may know but the start and the length of the talk: it counts where the events tell nothing
        var live = told.stream().filter(f -> !f.isHistory()).toList();
        var ended = endOf(live, false).or(() -> endOf(told, true));
        return new Leg(
                key,
                first.seat(),
                roleOf(told),
                Claims.surest(told, LegFact::direction),
                startOf(told),
                told.stream().anyMatch(f -> f.phase() == LegPhase.ORDERED),
                times.stream().anyMatch(t -> t.dialled().isPresent())
                        || told.stream().anyMatch(f -> f.phase() == LegPhase.RINGING || f.phase() == LegPhase.TALKING),
                answered(live, false).or(() -> answered(told, true)),
                ended.or(() -> expired ? Optional.of(news) : Optional.empty()),
                times.stream()
                        .map(LegTimes::held)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                firstOf(told, LegFact::cause),
                firstOf(told, LegFact::endedBy),
                firstOf(told, LegFact::transfer),
                news,
                ended.isEmpty() && expired);
    }

    /** An employee as soon as one fact says so: what he spoke must not be forgotten because another fact knows less. */
    static SeatRole roleOf(List<LegFact> facts) {
        return facts.stream().map(LegFact::role).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** When the PBX tells no answer, two who talk have answered: at the latest when this was first seen. */
    private static Optional<Instant> answered(List<LegFact> told, boolean history) {
        return told.stream()
                .flatMap(f -> f.times().answered().stream())
                .min(nearest(history))
                .or(() -> told.stream()
                        .filter(f -> f.phase() == LegPhase.TALKING || f.phase() == LegPhase.HELD)
                        .map(LegFact::at)
                        .min(Comparator.naturalOrder()));
    }

    /** The earliest start that any of the facts tells, else the instant of the earliest fact. */
    static Instant startOf(List<LegFact> facts) {
        return facts.stream()
                .flatMap(f -> f.times().started().stream())
                .min(Comparator.naturalOrder())
                .or(() -> facts.stream().map(LegFact::at).min(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static Optional<Instant> endOf(List<LegFact> facts, boolean history) {
        return facts.stream()
                .filter(f -> f.phase() == LegPhase.ENDED || f.phase() == LegPhase.TRANSFERRED)
                .map(f -> f.times().ended().orElse(f.at()))
                .min(nearest(history));
    }

    /** A row that tells no answer is taken as answered at its start; when it is told anew with more, the later instant is the true one. */
    private static Comparator<Instant> nearest(boolean history) {
        return history ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    public boolean isOpen() {
        return ended.isEmpty();
    }

    /** An employee and the other side spoke with each other. */
    public boolean spoke() {
        return role == SeatRole.EMPLOYEE && answered.isPresent();
    }

    /** The called employee's phone rings right now. */
    public boolean isRinging() {
        return role == SeatRole.EMPLOYEE && isOpen() && answered.isEmpty();
    }

    /** From answer to end; zero if nobody answered or the leg is still open. */
    public Duration talkTime() {
        return answered.isPresent() && ended.isPresent() ? between(answered.get(), ended.get()) : Duration.ZERO;
    }

    /** Total order of facts about one leg, so that equal sets give equal legs. */
    private static final Comparator<LegFact> ORDER = Comparator.comparing(LegFact::at)
            .thenComparing(LegFact::phase)
            .thenComparing(LegFact::seat)
            .thenComparing(LegFact::toString);

    private static <T> Optional<T> firstOf(List<LegFact> told, Function<LegFact, Optional<T>> member) {
        return told.stream().flatMap(f -> member.apply(f).stream()).findFirst();
    }

    private static Stream<Instant> instants(LegTimes times) {
        return Stream.of(times.started(), times.dialled(), times.answered(), times.ended())
                .flatMap(Optional::stream);
    }

    private static Duration between(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
