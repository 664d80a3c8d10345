package io.patchbay.journal;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;

/** @param changed whether anything was new; false for a repetition */
public record Joined(CallId id, Call call, boolean changed) {}
