package io.patchbay.call;

import java.time.Instant;

/**
 * The ordered call was never made. It counts only while nothing is known of a leg: a PBX that says nothing may have made it all the same.
 *
 * @param why a sentence for the one who ordered it, in the company's language
 */
public record RefusalFact(CallKey call, Instant at, EndCause cause, String why) implements CallFact {}
