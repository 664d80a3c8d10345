package io.patchbay.call;

import java.util.Optional;

/** What became of a call whose legs are all over. */
final class Verdict {

    private Verdict() {}

    static CallResult of(Call call) {
        if (call.legs().stream().anyMatch(Leg::spoke)) {
            return CallResult.ANSWERED;
        }
        if (call.legs().isEmpty() && call.order().isPresent()) {
            return CallResult.FAILED; // it was ordered, and no phone ever rang
        }
        return switch (call.direction()) {
            case INBOUND -> CallResult.MISSED;
            case OUTBOUND -> neverDialled(call) ? CallResult.CANCELLED : unanswered(call);
            case INTERNAL -> unanswered(call);
        };
    }

    /** A click-to-call whose own employee did not lift: the client was never called, so this is nobody's miss. */
    private static boolean neverDialled(Call call) {
        return call.legs().stream()
                .filter(leg -> leg.role() == SeatRole.EMPLOYEE)
                .allMatch(leg -> leg.ordered() && !leg.dialled());
    }

    private static CallResult unanswered(Call call) {
        return cause(call)
                .map(Verdict::told)
                .orElseGet(() -> gaveUp(call) ? CallResult.CANCELLED : CallResult.NO_ANSWER);
    }

    static Optional<EndCause> cause(Call call) {
        return call.legs().stream().flatMap(leg -> leg.cause().stream()).findFirst();
    }

    private static boolean gaveUp(Call call) {
        return call.legs().stream()
                .findFirst()
                .flatMap(Leg::endedBy)
                .filter(EndedBy.EMPLOYEE::equals)
                .isPresent();
    }

    private static CallResult told(EndCause cause) {
        return switch (cause) {
            case BUSY -> CallResult.BUSY;
            case NO_ANSWER -> CallResult.NO_ANSWER;
            case REFUSED_BY_EMPLOYEE -> CallResult.CANCELLED;
            case FORBIDDEN, UNKNOWN_NUMBER, UNREACHABLE, FAILED -> CallResult.FAILED;
        };
    }
}
