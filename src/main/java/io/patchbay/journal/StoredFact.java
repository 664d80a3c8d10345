package io.patchbay.journal;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.Certainty;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.EndCause;
import io.patchbay.call.EndedBy;
import io.patchbay.call.ErasureFact;
import io.patchbay.call.ExpiryFact;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.Line;
import io.patchbay.call.LinkFact;
import io.patchbay.call.MalformedNumber;
import io.patchbay.call.OrderFact;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.RefusalFact;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.call.Transfer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fact as the database keeps it: nothing is lost, and equal facts give equal text, so that its hash finds a repetition. Members are
 * only ever added, at the end and only where they say something, or the hashes of old facts would no longer fit.
 */
record StoredFact(String hash, String json) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static StoredFact of(CallFact fact) {
        var json = write(fact).toString();
        return new StoredFact(hashOf(json), json);
    }

    static CallFact read(String json) {
        var fact = JSON.readTree(json);
        var call = key(fact.path("call"));
        var at = Instant.ofEpochMilli(fact.path("at").asLong());
        return switch (fact.path("kind").asString()) {
            case "leg" -> leg(fact, call, at);
            case "link" ->
                new LinkFact(
                        call,
                        key(fact.path("other")),
                        at,
                        text(fact, "certainty", Certainty::valueOf).orElse(Certainty.STATED));
            case "recording" ->
                new RecordingFact(
                        call,
                        at,
                        text(fact, "recording", name -> name),
                        text(fact, "seat", Seat::new),
                        Duration.ofMillis(fact.path("millis").asLong()));
            case "order" ->
                new OrderFact(
                        call,
                        at,
                        new Seat(fact.path("seat").asString()),
                        party(fact.path("client")),
                        fact.path("order").asString(),
                        text(fact, "line", Line::new),
                        fact.has("by")
                                ? Optional.of(new OrderFact.Orderer(
                                        fact.path("by").path("connection").asLong(),
                                        fact.path("by").path("employee").asString()))
                                : Optional.empty(),
                        text(fact, "callBack", words -> words));
            case "refusal" ->
                new RefusalFact(
                        call,
                        at,
                        EndCause.valueOf(fact.path("cause").asString()),
                        fact.path("why").asString());
            case "expiry" -> new ExpiryFact(call, at);
            case "erasure" -> new ErasureFact(call, at);
            default ->
                throw new IllegalStateException("The journal holds a fact of unknown kind: "
                        + fact.path("kind").asString() + ". It was written by a newer version of the hub.");
        };
    }

    private static ObjectNode write(CallFact fact) {
        var json = JSON.createObjectNode();
        json.put("kind", kind(fact));
        json.set("call", key(fact.call()));
        json.put("at", fact.at().toEpochMilli());
        switch (fact) {
            case LegFact leg -> write(leg, json);
            case LinkFact link -> {
                json.set("other", key(link.other()));
                if (link.isInferred()) {
                    json.put("certainty", link.certainty().name());
                }
            }
            case RecordingFact recording -> {
                recording.recording().ifPresent(name -> json.put("recording", name));
                recording.seat().ifPresent(seat -> json.put("seat", seat.id()));
                json.put("millis", recording.length().toMillis());
            }
            case OrderFact order -> {
                json.put("seat", order.seat().id());
                json.set("client", party(order.client()));
                json.put("order", order.order());
                order.line().ifPresent(line -> json.put("line", line.number()));
                order.by()
                        .ifPresent(by -> json.putObject("by")
                                .put("connection", by.connection())
                                .put("employee", by.employee()));
                order.callBack().ifPresent(words -> json.put("callBack", words));
            }
            case RefusalFact refusal ->
                json.put("cause", refusal.cause().name()).put("why", refusal.why());
            case ExpiryFact ignored -> {
                // nothing but its instant
            }
            case ErasureFact ignored -> {
                // nothing but its instant
            }
        }
        return json;
    }

    private static void write(LegFact leg, ObjectNode json) {
        json.put("leg", leg.leg().value());
        json.put("phase", leg.phase().name());
        json.put("seat", leg.seat().id());
        json.put("role", leg.role().name());
        leg.direction()
                .ifPresent(d -> json.putObject("direction")
                        .put("value", d.value().name())
                        .put("certainty", d.certainty().name()));
        leg.client()
                .ifPresent(c -> json.set(
                        "client",
                        party(c.value()).put("certainty", c.certainty().name())));
        leg.line()
                .ifPresent(l -> json.putObject("line")
                        .put("number", l.value().number())
                        .put("certainty", l.certainty().name()));
        leg.times().started().ifPresent(at -> json.put("started", at.toEpochMilli()));
        leg.times().dialled().ifPresent(at -> json.put("dialled", at.toEpochMilli()));
        leg.times().answered().ifPresent(at -> json.put("answered", at.toEpochMilli()));
        leg.times().ended().ifPresent(at -> json.put("ended", at.toEpochMilli()));
        json.put("held", leg.times().held().toMillis());
        leg.cause().ifPresent(cause -> json.put("cause", cause.name()));
        leg.endedBy().ifPresent(by -> json.put("endedBy", by.name()));
        leg.transfer()
                .ifPresent(t -> json.putObject("transfer")
                        .put("to", t.to())
                        .put("kind", t.kind().name()));
    }

    private static LegFact leg(JsonNode fact, CallKey call, Instant at) {
        return new LegFact(
                call,
                new LegKey(fact.path("leg").asString()),
                at,
                LegPhase.valueOf(fact.path("phase").asString()),
                new Seat(fact.path("seat").asString()),
                SeatRole.valueOf(fact.path("role").asString()),
                claim(fact, "direction", d -> Direction.valueOf(d.path("value").asString())),
                claim(fact, "client", StoredFact::party),
                claim(fact, "line", l -> new Line(l.path("number").asString())),
                new LegTimes(
                        instant(fact, "started"),
                        instant(fact, "dialled"),
                        instant(fact, "answered"),
                        instant(fact, "ended"),
                        Duration.ofMillis(fact.path("held").asLong())),
                text(fact, "cause", EndCause::valueOf),
                text(fact, "endedBy", EndedBy::valueOf),
                Optional.of(fact.path("transfer"))
                        .filter(JsonNode::isObject)
                        .map(t -> new Transfer(
                                t.path("to").asString(),
                                Transfer.Kind.valueOf(t.path("kind").asString()))));
    }

    private static String kind(CallFact fact) {
        return switch (fact) {
            case LegFact ignored -> "leg";
            case LinkFact ignored -> "link";
            case RecordingFact ignored -> "recording";
            case OrderFact ignored -> "order";
            case RefusalFact ignored -> "refusal";
            case ExpiryFact ignored -> "expiry";
            case ErasureFact ignored -> "erasure";
        };
    }

    private static ObjectNode key(CallKey key) {
        return JSON.createObjectNode().put("connection", key.connection()).put("name", key.value());
    }

    private static CallKey key(JsonNode key) {
        return new CallKey(key.path("connection").asLong(), key.path("name").asString());
    }

    private static ObjectNode party(Party party) {
        var json = JSON.createObjectNode();
        return switch (party) {
            case PhoneNumber phone ->
                json.put("phone", phone.e164())
                        .put("national", phone.national())
                        .put("raw", phone.raw());
            case Extension extension -> json.put("extension", extension.digits());
            case HiddenNumber ignored -> json.put("hidden", true);
            case MalformedNumber malformed -> json.put("malformed", malformed.raw());
        };
    }

    private static Party party(JsonNode party) {
        if (party.has("phone")) {
            return new PhoneNumber(
                    party.path("phone").asString(),
                    party.path("national").asString(),
                    party.path("raw").asString());
        }
        if (party.has("extension")) {
            return new Extension(party.path("extension").asString());
        }
        return party.has("malformed")
                ? new MalformedNumber(party.path("malformed").asString())
                : new HiddenNumber();
    }

    private static <T> Optional<Claim<T>> claim(JsonNode fact, String member, Function<JsonNode, T> value) {
        return Optional.of(fact.path(member))
                .filter(JsonNode::isObject)
                .map(c -> new Claim<>(
                        value.apply(c), Certainty.valueOf(c.path("certainty").asString())));
    }

    private static Optional<Instant> instant(JsonNode fact, String member) {
        return fact.has(member)
                ? Optional.of(Instant.ofEpochMilli(fact.path(member).asLong()))
                : Optional.empty();
    }

    private static <T> Optional<T> text(JsonNode fact, String member, Function<String, T> value) {
        return fact.has(member) ? Optional.of(value.apply(fact.path(member).asString())) : Optional.empty();
    }

    private static String hashOf(String json) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
