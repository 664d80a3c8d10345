package io.patchbay.backfill;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.Certainty;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.Line;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One row of a PBX's history (docs/architecture.md, "history row"), told as a fact about one leg that is over.
 *
 * <p>A row without the PBX's session id gets a key of its own beginning with {@code history:}; the journal joins it to the call that push events told.
 */
record HistoryRow(JsonNode row) {

    Instant ended() {
        return row.hasNonNull("ended") ? instant("ended") : started().plusSeconds(talkSeconds());
    }

    CallFact fact(long connection, NumberPlan plan) {
        var own = "history:" + row.path("row").asString("");
        var call = row.path("call").asString("");
        var leg = row.path("leg").asString("");
        var direction = Direction.valueOf(row.path("direction").asString(""));
        var client = row.path("client").asString("");
        return new LegFact(
                new CallKey(connection, call.isEmpty() ? own : call),
                new LegKey(leg.isEmpty() ? own : leg),
                ended(),
                LegPhase.ENDED,
                new Seat(row.path("seat").asString("")),
                SeatRole.EMPLOYEE,
                Optional.of(Claim.stated(direction)),
                client.isEmpty() ? Optional.empty() : Optional.of(Claim.stated(plan.read(client))),
                line(plan),
                new LegTimes(Optional.of(started()), Optional.empty(), answered(), Optional.of(ended()), Duration.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<Claim<Line>> line(NumberPlan plan) {
        var line = row.path("line").asString("");
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Party read = plan.read(line);
        return Optional.of(
                new Claim<>(new Line(read instanceof PhoneNumber number ? number.e164() : line), Certainty.STATED));
    }

    /** History tells the talk time but not always the instant of the answer: then it is counted back from the end. */
    private Optional<Instant> answered() {
        if (row.hasNonNull("answered")) {
            return Optional.of(instant("answered"));
        }
        return row.path("result").asString("").equals("ANSWERED")
                ? Optional.of(ended().minusSeconds(talkSeconds()))
                : Optional.empty();
    }

    private long talkSeconds() {
        return row.path("talkSeconds").asLong(0);
    }

    private Instant started() {
        return instant("started");
    }

    private Instant instant(String member) {
        return Instant.ofEpochMilli(row.path(member).asLong(0));
    }
}
