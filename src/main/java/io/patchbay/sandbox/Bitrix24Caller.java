package io.patchbay.sandbox;

import java.util.Set;

/**
 * Who asks the portal.
 *
 * @param kind   an application may do all, a webhook may not register calls or bind events [doc] contracts/crm/bitrix24.md §2.1
 * @param name   tells callers apart for the limit of working time
 * @param userId in whose name; his rights count
 */
record Bitrix24Caller(Kind kind, String name, long userId, Set<String> scopes) {

    enum Kind {
        APPLICATION,
        WEBHOOK
    }

    /** Only an application with its own tokens may do this. */
    void mustBeApplication() {
        if (kind != Kind.APPLICATION) {
            throw new Bitrix24Refusal(403, "WRONG_AUTH_TYPE", "Current authorization type is denied for this method");
        }
    }
}
