package io.patchbay.call;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Takes a person out of facts and leaves the rest: when, how long, which way, by whom of the company. Pure.
 *
 * @param who  the parties to be forgotten
 * @param text whether a written text names the person
 * @param line whether a line of the company, as it was told, is the person
 * @param name a PBX's name of a call, a leg or a seat, without the person; the same for the same name
 * @param recordings whether what was said is forgotten too: then a recording is but a talk
 */
public record Forgetting(
        Predicate<Party> who,
        Predicate<String> text,
        Predicate<String> line,
        UnaryOperator<String> name,
        boolean recordings) {

    private static final String SOMEBODY = "erased";

    /** Every outside party, as in a call that was erased. Names of calls and legs stay. */
    public static Forgetting everybody() {
        return new Forgetting(
                party -> party instanceof PhoneNumber || party instanceof MalformedNumber,
                text -> text.chars().filter(Character::isDigit).count() > 6, // longer than an extension
                line -> false,
                name -> name,
                true);
    }

    /** What this one forgets, and of the other the names and lines: of a call that one person had with the company. */
    public Forgetting and(Forgetting other) {
        return new Forgetting(
                who.or(other.who),
                text.or(other.text),
                line.or(other.line),
                name.andThen(other.name)::apply,
                recordings);
    }

    public CallFact without(CallFact fact) {
        return switch (fact) {
            case LegFact leg -> without(leg);
            case LinkFact link -> new LinkFact(key(link.call()), key(link.other()), link.at(), link.certainty());
            case RecordingFact recording ->
                new RecordingFact(
                        key(recording.call()),
                        recording.at(),
                        recordings ? Optional.empty() : recording.recording().map(name),
                        recording.seat().map(this::seat),
                        recording.length());
            case OrderFact order -> without(order);
            case RefusalFact refusal ->
                new RefusalFact(
                        key(refusal.call()),
                        refusal.at(),
                        refusal.cause(),
                        text.test(refusal.why()) ? "" : refusal.why());
            case ExpiryFact expiry -> new ExpiryFact(key(expiry.call()), expiry.at());
            case ErasureFact erasure -> new ErasureFact(key(erasure.call()), erasure.at());
        };
    }

    private OrderFact without(OrderFact order) {
        return new OrderFact(
                key(order.call()),
                order.at(),
                seat(order.seat()),
                party(order.client()),
                order.order(),
                order.line().filter(told -> !line.test(told.number())),
                order.by(),
                order.callBack().map(words -> who.test(order.client()) || text.test(words) ? "" : words));
    }

    private LegFact without(LegFact leg) {
        return new LegFact(
                key(leg.call()),
                new LegKey(name.apply(leg.leg().value())),
                leg.at(),
                leg.phase(),
                seat(leg.seat()),
                leg.role(),
                leg.direction(),
                leg.client().map(claim -> new Claim<>(party(claim.value()), claim.certainty())),
                leg.line().filter(claim -> !line.test(claim.value().number())),
                leg.times(),
                leg.cause(),
                leg.endedBy(),
                leg.transfer()
                        .map(transfer ->
                                text.test(transfer.to()) ? new Transfer(SOMEBODY, transfer.kind()) : transfer));
    }

    private Party party(Party told) {
        return who.test(told) ? new HiddenNumber() : told;
    }

    private Seat seat(Seat seat) {
        return new Seat(name.apply(seat.id()));
    }

    private CallKey key(CallKey key) {
        return new CallKey(key.connection(), name.apply(key.value()));
    }
}
