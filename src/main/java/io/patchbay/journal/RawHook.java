package io.patchbay.journal;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.Optional;

/**
 * @param facts how many facts came of it; empty until it was understood
 * @param aside why it was put aside; empty when it was not
 */
public record RawHook(
        long id,
        CompanyId company,
        long connection,
        String hookId,
        Instant receivedAt,
        String headersJson,
        byte[] sealedBody,
        Optional<Integer> facts,
        Optional<String> note,
        Optional<String> aside) {}
