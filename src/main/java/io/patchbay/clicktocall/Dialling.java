package io.patchbay.clicktocall;

import io.patchbay.call.EndCause;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.MalformedNumber;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import java.util.Optional;
import java.util.function.Predicate;

/** Which numbers an order may dial. Pure. */
final class Dialling {

    private final NumberPlan plan;
    private final Predicate<Extension> ofColleague;

    /** @param ofColleague whether an extension is one of the company's employees */
    Dialling(NumberPlan plan, Predicate<Extension> ofColleague) {
        this.plan = plan;
        this.ofColleague = ofColleague;
    }

    /** Why this is not dialled; empty for a number that is. A click in a CRM must never call the police. */
    Optional<Refusal> refusal(Party party) {
        return switch (party) {
            case PhoneNumber phone -> Optional.empty();
            case Extension extension
            when plan.isEmergency(extension.digits()) -> Optional.of(new Refusal(EndCause.FORBIDDEN, "emergency"));
            case Extension extension when ofColleague.test(extension) -> Optional.empty();
            case Extension extension -> Optional.of(new Refusal(EndCause.UNKNOWN_NUMBER, "short", extension.digits()));
            case MalformedNumber malformed ->
                Optional.of(new Refusal(EndCause.UNKNOWN_NUMBER, "malformed", malformed.raw()));
            case HiddenNumber ignored -> Optional.of(new Refusal(EndCause.UNKNOWN_NUMBER, "noNumber"));
        };
    }
}
