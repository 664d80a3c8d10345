package io.patchbay.journal;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.Certainty;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.EndCause;
import io.patchbay.call.EndedBy;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.Line;
import io.patchbay.call.LinkFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.call.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads facts as connectors tell them (docs/architecture.md, "Facts"): numbers as the PBX wrote them, times in epoch milliseconds. */
public final class FactJson {

    private FactJson() {}

    /**
     * @param connection the PBX connection whose names the fact uses
     * @param plan       of the company
     * @throws MalformedFactException when a member that must be there is missing or makes no sense
     */
    public static CallFact read(JsonNode fact, long connection, NumberPlan plan) {
        var call = new CallKey(connection, text(fact, "call"));
        var at = instant(fact, "at").orElseThrow(() -> missing("at"));
        return switch (text(fact, "kind")) {
            case "leg" -> leg(fact, call, at, plan);
            case "link" -> new LinkFact(call, new CallKey(connection, text(fact, "other")), at);
            case "recording" ->
                new RecordingFact(
                        call,
                        at,
                        optionalText(fact, "recording").map(RecordingFact::atPbx),
                        optionalText(fact, "seat").map(Seat::new),
                        Duration.ofMillis(Math.round(number(fact, "seconds") * 1000)));
            default -> throw malformed("kind", text(fact, "kind"), "leg, link or recording");
        };
    }

    private static LegFact leg(JsonNode fact, CallKey call, Instant at, NumberPlan plan) {
        return new LegFact(
                call,
                new LegKey(text(fact, "leg")),
                at,
                one(LegPhase.class, fact, "phase").orElseThrow(() -> missing("phase")),
                new Seat(text(fact, "seat")),
                one(SeatRole.class, fact, "role").orElse(SeatRole.EMPLOYEE),
                member(fact, "direction")
                        .flatMap(d -> one(Direction.class, d, "value")
                                .map(direction -> new Claim<>(direction, certainty(d)))),
                member(fact, "client").flatMap(c -> party(c, plan).map(party -> new Claim<>(party, certainty(c)))),
                member(fact, "line")
                        .flatMap(l -> optionalText(l, "number").map(n -> new Claim<>(line(n, plan), certainty(l)))),
                new LegTimes(
                        instant(fact, "started"),
                        instant(fact, "dialled"),
                        instant(fact, "answered"),
                        instant(fact, "ended"),
                        Duration.ofMillis(Math.round(number(fact, "heldMillis")))),
                one(EndCause.class, fact, "cause"),
                one(EndedBy.class, fact, "endedBy"),
                member(fact, "transfer")
                        .map(t -> new Transfer(
                                text(t, "to"),
                                one(Transfer.Kind.class, t, "kind").orElse(Transfer.Kind.BLIND))));
    }

    /** Absent when the PBX said nothing of the other side; an empty number is a hidden one. */
    private static Optional<Party> party(JsonNode client, NumberPlan plan) {
        return client.path("hidden").asBoolean(false)
                ? Optional.of(new HiddenNumber())
                : member(client, "number").map(number -> plan.read(number.asString()));
    }

    private static Line line(String written, NumberPlan plan) {
        return new Line(plan.read(written) instanceof PhoneNumber number ? number.e164() : written);
    }

    private static Certainty certainty(JsonNode claim) {
        return one(Certainty.class, claim, "certainty").orElse(Certainty.STATED);
    }

    private static <E extends Enum<E>> Optional<E> one(Class<E> type, JsonNode of, String member) {
        return optionalText(of, member).map(word -> {
            try {
                return Enum.valueOf(type, word);
            } catch (IllegalArgumentException unknown) {
                throw malformed(member, word, java.util.Arrays.toString(type.getEnumConstants()));
            }
        });
    }

    private static Optional<Instant> instant(JsonNode of, String member) {
        return member(of, member).map(value -> {
            if (!value.isNumber() || value.doubleValue() <= 0) {
                throw malformed(member, value.toString(), "epoch milliseconds");
            }
            return Instant.ofEpochMilli(value.asLong());
        });
    }

    private static double number(JsonNode of, String member) {
        return member(of, member)
                .map(value -> {
                    if (!value.isNumber() || value.doubleValue() < 0) {
                        throw malformed(member, value.toString(), "a number");
                    }
                    return value.doubleValue();
                })
                .orElse(0.0);
    }

    private static String text(JsonNode of, String member) {
        return optionalText(of, member).orElseThrow(() -> missing(member));
    }

    /** An id may be written as a number; blank is as good as absent. */
    private static Optional<String> optionalText(JsonNode of, String member) {
        return member(of, member)
                .map(value -> {
                    if (value.isContainer()) {
                        throw malformed(member, "a structure", "text");
                    }
                    return value.asString().strip();
                })
                .filter(text -> !text.isEmpty());
    }

    private static Optional<JsonNode> member(JsonNode of, String name) {
        return of.hasNonNull(name) ? Optional.of(of.path(name)) : Optional.empty();
    }

    private static MalformedFactException missing(String member) {
        return new MalformedFactException("Could not read a fact: it has no \"" + member + "\".");
    }

    private static MalformedFactException malformed(String member, String found, String wanted) {
        return new MalformedFactException(
                "Could not read a fact: \"" + member + "\" is " + found + ", wanted " + wanted + ".");
    }
}
