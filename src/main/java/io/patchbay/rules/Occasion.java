package io.patchbay.rules;

import io.patchbay.call.Call;
import io.patchbay.call.CallResult;

/**
 * A call at an instant, as rules see it.
 *
 * @param result      the verdict so far
 * @param knownClient the connected system knew the client before this call
 */
public record Occasion(Call call, CallResult result, boolean knownClient) {

    boolean isOver() {
        return result != CallResult.IN_PROGRESS;
    }
}
