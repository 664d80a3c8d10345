package io.patchbay.watch;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import java.time.Instant;

/**
 * What people are told: one turn of one concern.
 *
 * @param key     the same at every try, so that a receiver knows a repetition
 * @param level   percent
 * @param subject one line in the company's language
 * @param body    some more
 */
record Alert(
        CompanyId company,
        ConnectionId connection,
        Concern concern,
        Turn turn,
        int level,
        Instant since,
        Instant at,
        String subject,
        String body,
        String key) {}
