package io.patchbay.clicktocall;

import io.patchbay.call.EndCause;

/**
 * Why an order is not carried out.
 *
 * @param text    a key of the texts
 * @param members what the text names
 */
record Refusal(EndCause cause, String text, Object... members) {}
