package io.patchbay.backfill;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.Certainty;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.Line;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One row of a PBX's history (docs/architecture.md, "history row"): one leg that is over.
 *
 * <p>A row without the PBX's session id gets a key of its own beginning with {@code history:}; the journal joins it to the call that push events told.
 *
 * @param row       the same whenever the row is read
 * @param call      the session's id, if the PBX tells it
 * @param extension of the seat
 * @param ended     empty when the PBX tells but the length of the talk
 * @param talk      zero when nobody spoke
 * @param recorded  the PBX has a recording of it
 */
record HistoryRow(
        long connection,
        String row,
        Optional<String> call,
        Optional<String> leg,
        Seat seat,
        Optional<String> extension,
        Direction direction,
        Party client,
        Optional<Line> line,
        Instant started,
        Optional<Instant> answered,
        Optional<Instant> ended,
        Duration talk,
        boolean spoke,
        boolean recorded) {

    /** @throws IllegalArgumentException when it is no row of a call; the message names the member and holds no number */
    static HistoryRow read(JsonNode row, long connection, NumberPlan plan) {
        var started = instant(row, "started").orElseThrow(() -> missing("started"));
        var answered = instant(row, "answered");
        var spoke = answered.isPresent() || row.path("result").asString("").equals("ANSWERED");
        return new HistoryRow(
                connection,
                text(row, "row").orElseThrow(() -> missing("row")),
                text(row, "call"),
                text(row, "leg"),
                new Seat(text(row, "seat").orElseThrow(() -> missing("seat"))),
                text(row, "extension"),
                direction(text(row, "direction").orElseThrow(() -> missing("direction"))),
                text(row, "client").map(plan::read).orElse(new HiddenNumber()),
                text(row, "line").map(line -> line(line, plan)),
                started,
                answered,
                instant(row, "ended"),
                spoke ? Duration.ofSeconds(Math.max(0, row.path("talkSeconds").asLong(0))) : Duration.ZERO,
                spoke,
                row.path("recorded").asBoolean(false));
    }

    CallKey key() {
        return new CallKey(connection, call.orElse(own()));
    }

    /** As far as the row tells; without a word of the PBX the earliest end there can be. */
    Instant end() {
        return ended.orElse(answered.orElse(started).plus(talk));
    }

    List<CallFact> facts() {
        var facts = new ArrayList<CallFact>();
        facts.add(new LegFact(
                key(),
                new LegKey(leg.orElse(own())),
                end(),
                LegPhase.ENDED,
                seat,
                SeatRole.EMPLOYEE,
                Optional.of(Claim.stated(direction)),
                client instanceof HiddenNumber && direction != Direction.INBOUND
                        ? Optional.empty()
                        : Optional.of(Claim.stated(client)),
                line.map(number -> new Claim<>(number, Certainty.STATED)),
                new LegTimes(Optional.of(started), Optional.empty(), answer(), Optional.of(end()), Duration.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        if (recorded && spoke && call.isPresent()) {
            facts.add(new RecordingFact(key(), end(), Optional.empty(), Optional.of(seat), talk));
        }
        return facts;
    }

    private String own() {
        return "history:" + row;
    }

    /** History tells the talk time but not always the instant of the answer: then it is counted back from the end. */
    private Optional<Instant> answer() {
        return answered.or(() -> spoke ? Optional.of(end().minus(talk)) : Optional.empty());
    }

    private static Line line(String written, NumberPlan plan) {
        return new Line(plan.read(written) instanceof PhoneNumber number ? number.e164() : written);
    }

    private static Direction direction(String word) {
        try {
            return Direction.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its direction is none that the hub knows", e);
        }
    }

    private static Optional<Instant> instant(JsonNode row, String member) {
        return Optional.of(row.path(member).asLong(0))
                .filter(millis -> millis > 0)
                .map(Instant::ofEpochMilli);
    }

    private static Optional<String> text(JsonNode row, String member) {
        return Optional.of(row.path(member).asString("")).filter(text -> !text.isBlank());
    }

    private static IllegalArgumentException missing(String member) {
        return new IllegalArgumentException("it has no " + member);
    }
}
