package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.Line;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.OrderFact;
import io.patchbay.call.Party;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells a call fact by fact. Seconds count from {@link #START}. */
final class Story {

    static final Instant START = Instant.parse("2024-06-10T06:13:38Z");
    static final Seat ANNA = new Seat("101");
    static final Seat BORIS = new Seat("102");
    static final Seat VERA = new Seat("103");
    static final long PBX = 3;

    private final List<CallFact> facts = new ArrayList<>();
    private final CallKey key;
    private final Direction direction;
    private final Party client;

    private Story(String key, Direction direction, Party client) {
        this.key = new CallKey(PBX, key);
        this.direction = direction;
        this.client = client;
    }

    static Story inbound() {
        return from("+79000001235");
    }

    static Story from(String number) {
        return new Story("call-of-" + number, Direction.INBOUND, new NumberPlan("RU").read(number));
    }

    /** A call of the same client under a key and legs of its own. */
    static Story named(String key) {
        return new Story(key, Direction.INBOUND, new NumberPlan("RU").read("+79000001235"));
    }

    static Story of(Direction direction, Party client) {
        return new Story("call", direction, client);
    }

    static Instant at(long second) {
        return START.plusSeconds(second);
    }

    Story rings(Seat seat, long second) {
        return leg(seat, LegPhase.RINGING, second, SeatRole.EMPLOYEE, Optional.empty());
    }

    Story menu(long second, long ended) {
        return leg(new Seat("ivr"), LegPhase.TALKING, second, SeatRole.MENU, Optional.of(at(second)))
                .leg(new Seat("ivr"), LegPhase.ENDED, ended, SeatRole.MENU, Optional.of(at(second)));
    }

    Story answers(Seat seat, long second) {
        return leg(seat, LegPhase.TALKING, second, SeatRole.EMPLOYEE, Optional.of(at(second)));
    }

    Story ends(Seat seat, long second) {
        return leg(seat, LegPhase.ENDED, second, SeatRole.EMPLOYEE, Optional.empty());
    }

    /** A leg of its own: the hunt group comes back to the same employee. */
    Story ringsAgain(Seat seat, long second) {
        facts.add(fact(seat, "again-" + seat.id(), LegPhase.RINGING, second, SeatRole.EMPLOYEE, Optional.empty()));
        return this;
    }

    Story recorded(String recording, long second) {
        facts.add(
                new RecordingFact(key, at(second), Optional.of(recording), Optional.of(ANNA), Duration.ofSeconds(30)));
        return this;
    }

    /** The PBX says where to ask for a recording. */
    Story perhapsRecorded(long second) {
        facts.add(new RecordingFact(key, at(second), Optional.empty(), Optional.of(ANNA), Duration.ZERO));
        return this;
    }

    Story ordered(Seat seat, long second) {
        facts.add(new OrderFact(key, at(second), seat, client, "order-1"));
        return this;
    }

    Call call() {
        return Call.of(facts);
    }

    private Story leg(Seat seat, LegPhase phase, long second, SeatRole role, Optional<Instant> answered) {
        facts.add(fact(seat, "leg-" + seat.id(), phase, second, role, answered));
        return this;
    }

    private LegFact fact(
            Seat seat, String leg, LegPhase phase, long second, SeatRole role, Optional<Instant> answered) {
        return new LegFact(
                key,
                new LegKey(key.value() + "/" + leg),
                at(second),
                phase,
                seat,
                role,
                Optional.of(Claim.stated(direction)),
                Optional.of(Claim.stated(client)),
                Optional.of(Claim.stated(new Line("+79000000100"))),
                new LegTimes(
                        phase == LegPhase.RINGING ? Optional.of(at(second)) : Optional.empty(),
                        Optional.empty(),
                        answered,
                        phase == LegPhase.ENDED ? Optional.of(at(second)) : Optional.empty(),
                        Duration.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
