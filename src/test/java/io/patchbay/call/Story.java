package io.patchbay.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells a call as a PBX would, event by event; seconds count from {@link #START}. */
final class Story {

    static final Instant START = Instant.parse("2026-11-25T07:00:00Z");
    static final Seat ANNA = new Seat("u-anna");
    static final Seat BORIS = new Seat("u-boris");
    static final Seat CLARA = new Seat("u-clara");
    static final Seat GROUP = new Seat("g-sales");
    static final Seat MENU = new Seat("m-greeting");
    static final Party CLIENT = new NumberPlan("RU").read("+79000001235");
    static final Line LINE = new Line("+74950000100");

    private final List<CallFact> facts = new ArrayList<>();
    private CallKey call = new CallKey(7, "s1");
    private Direction direction = Direction.INBOUND;
    private Party other = CLIENT;

    static Story inbound() {
        return new Story();
    }

    static Story outbound() {
        var story = new Story();
        story.direction = Direction.OUTBOUND;
        return story;
    }

    static Story internal() {
        var story = new Story();
        story.direction = Direction.INTERNAL;
        story.other = new Extension("202");
        return story;
    }

    static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1000));
    }

    Story from(Party party) {
        other = party;
        return this;
    }

    /** What follows is told under another call key. */
    Story session(String key, Direction way, Party party) {
        call = new CallKey(7, key);
        direction = way;
        other = party;
        return this;
    }

    Story rings(String leg, Seat seat, double second) {
        return tell(leg, seat, LegPhase.RINGING, second, times(second, null, null), null, null);
    }

    Story answers(String leg, Seat seat, double started, double second) {
        return tell(leg, seat, LegPhase.TALKING, second, times(started, second, null), null, null);
    }

    /** The PBX says only that they talk, not since when. */
    Story talks(String leg, Seat seat, double second) {
        return tell(leg, seat, LegPhase.TALKING, second, times(null, null, null), null, null);
    }

    Story ends(String leg, Seat seat, double second) {
        return tell(leg, seat, LegPhase.ENDED, second, times(null, null, second), null, null);
    }

    Story fails(String leg, Seat seat, double second, EndCause cause) {
        return tell(leg, seat, LegPhase.ENDED, second, times(null, null, second), cause, null);
    }

    Story hangsUp(String leg, Seat seat, double second, EndedBy by) {
        return tell(leg, seat, LegPhase.ENDED, second, times(null, null, second), null, by);
    }

    Story transfers(String leg, Seat seat, double second, String to, Transfer.Kind kind) {
        facts.add(new LegFact(
                call,
                new LegKey(leg),
                at(second),
                LegPhase.TRANSFERRED,
                seat,
                role(seat),
                Optional.of(Claim.stated(direction)),
                Optional.of(Claim.stated(other)),
                Optional.of(Claim.stated(LINE)),
                times(null, null, second),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Transfer(to, kind))));
        return this;
    }

    /** A click-to-call was accepted: the employee's own phone rings. */
    Story orders(String leg, Seat seat, double second) {
        facts.add(new OrderFact(call, at(second), seat, CLIENT, "o-1"));
        return tell(leg, seat, LegPhase.ORDERED, second, times(second, null, null), null, null);
    }

    Story links(String key, double second) {
        facts.add(new LinkFact(call, new CallKey(7, key), at(second)));
        return this;
    }

    Story isRecorded(double second) {
        facts.add(new RecordingFact(call, at(second), Optional.of("r-1"), Optional.of(ANNA), Duration.ofSeconds(60)));
        return this;
    }

    Story expires(double second) {
        facts.add(new ExpiryFact(call, at(second)));
        return this;
    }

    /** A row of the PBX's history, which names neither session nor leg. */
    Story isListed(String row, Seat seat, double started, double answered, double ended) {
        var before = call;
        call = new CallKey(7, "history:" + row);
        tell("history:" + row, seat, LegPhase.ENDED, ended, times(started, answered, ended), null, null);
        call = before;
        return this;
    }

    List<CallFact> facts() {
        return List.copyOf(facts);
    }

    Call call() {
        return Call.of(facts);
    }

    private Story tell(
            String leg, Seat seat, LegPhase phase, double second, LegTimes times, EndCause cause, EndedBy by) {
        facts.add(new LegFact(
                call,
                new LegKey(leg),
                at(second),
                phase,
                seat,
                role(seat),
                Optional.of(Claim.stated(direction)),
                Optional.of(Claim.stated(other)),
                Optional.of(Claim.stated(LINE)),
                times,
                Optional.ofNullable(cause),
                Optional.ofNullable(by),
                Optional.empty()));
        return this;
    }

    private static SeatRole role(Seat seat) {
        return seat.equals(GROUP) ? SeatRole.GROUP : seat.equals(MENU) ? SeatRole.MENU : SeatRole.EMPLOYEE;
    }

    private static LegTimes times(Double started, Double answered, Double ended) {
        return new LegTimes(instant(started), Optional.empty(), instant(answered), instant(ended), Duration.ZERO);
    }

    private static Optional<Instant> instant(Double second) {
        return Optional.ofNullable(second).map(Story::at);
    }
}
