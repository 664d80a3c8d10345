package io.patchbay.testing;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.EndCause;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.Line;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call told leg by leg, as facts: {@code new ToldCall(pbx, "c1", start).from("+79...").leg("201", 0, 5, 65).facts()}. */
public final class ToldCall {

    private final CallKey key;
    private final Instant start;
    private final List<CallFact> facts = new ArrayList<>();
    private String client = "";
    private Direction direction = Direction.INBOUND;

    public ToldCall(long pbx, String name, Instant start) {
        this.key = new CallKey(pbx, name);
        this.start = start;
    }

    public ToldCall from(String number) {
        client = number;
        return this;
    }

    public ToldCall to(String number) {
        client = number;
        direction = Direction.OUTBOUND;
        return this;
    }

    public ToldCall between() {
        direction = Direction.INTERNAL;
        return this;
    }

    /**
     * One leg. Times in seconds after the start.
     *
     * @param answered negative: nobody answered
     * @param ended    negative: still open
     */
    public ToldCall leg(String seat, int started, int answered, int ended) {
        return leg(seat, SeatRole.EMPLOYEE, started, answered, ended, Optional.empty());
    }

    public ToldCall leg(String seat, SeatRole role, int started, int answered, int ended, Optional<EndCause> cause) {
        var phase = ended >= 0 ? LegPhase.ENDED : answered >= 0 ? LegPhase.TALKING : LegPhase.RINGING;
        facts.add(new LegFact(
                key,
                new LegKey(key.value() + ":" + seat + "@" + started),
                start.plusSeconds(Math.max(started, Math.max(answered, ended))),
                phase,
                new Seat(seat),
                role,
                Optional.of(Claim.stated(direction)),
                Optional.of(Claim.stated(new NumberPlan("RU").read(client))),
                Optional.of(Claim.stated(new Line("+74950000100"))),
                new LegTimes(at(started), Optional.empty(), at(answered), at(ended), Duration.ZERO),
                cause,
                Optional.empty(),
                Optional.empty()));
        return this;
    }

    public List<CallFact> facts() {
        return facts;
    }

    private Optional<Instant> at(int second) {
        return second < 0 ? Optional.empty() : Optional.of(start.plusSeconds(second));
    }
}
