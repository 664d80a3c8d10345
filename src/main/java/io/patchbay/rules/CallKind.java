package io.patchbay.rules;

import io.patchbay.call.Call;
import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import java.util.EnumSet;
import java.util.Set;

/** What rules tell calls apart by. */
public enum CallKind {
    INBOUND_ANSWERED(Direction.INBOUND, true),
    INBOUND_MISSED(Direction.INBOUND, false),
    OUTBOUND_ANSWERED(Direction.OUTBOUND, true),
    OUTBOUND_UNANSWERED(Direction.OUTBOUND, false),
    /** Between colleagues, answered or not. */
    INTERNAL(Direction.INTERNAL, true);

    private final Direction direction;
    private final boolean answered;

    CallKind(Direction direction, boolean answered) {
        this.direction = direction;
        this.answered = answered;
    }

    /** What this call is, or what it may still become: while it goes on without an answer that is more than one kind. */
    static Set<CallKind> of(Call call, CallResult result) {
        var kinds = EnumSet.noneOf(CallKind.class);
        for (var kind : values()) {
            if (kind.direction == call.direction() && (kind == INTERNAL || kind.fits(call, result))) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private boolean fits(Call call, CallResult result) {
        if (result == CallResult.IN_PROGRESS && call.answeredAt().isEmpty()) {
            return true;
        }
        return answered == call.answeredAt().isPresent();
    }
}
