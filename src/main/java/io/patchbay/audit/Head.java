package io.patchbay.audit;

import java.nio.charset.StandardCharsets;

/**
 * Where a log ends. It is kept sealed beside the log: whoever has only the database can shorten the log, but cannot say that it ends there.
 *
 * @param number of the last line
 * @param hash   of the last line
 */
record Head(long number, String hash) {

    byte[] sealedBy(Seal seal, long company) {
        return seal.seal((number + ":" + hash).getBytes(StandardCharsets.UTF_8), purpose(company));
    }

    /** @throws RuntimeException when it was not sealed for this log */
    static Head opened(byte[] closed, Seal seal, long company) {
        var text = new String(seal.open(closed, purpose(company)), StandardCharsets.UTF_8).split(":", 2);
        return new Head(Long.parseLong(text[0]), text[1]);
    }

    static String purpose(long company) {
        return "company/" + company + "/audit";
    }
}
