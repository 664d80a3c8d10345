package io.patchbay.backfill;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Comparing the PBX's history with the journal.
 *
 * @param every    how often
 * @param overlap  how far each comparison reaches back behind the one before: a row appears only after its call has ended
 * @param farthest how far the first comparison after a long stop reaches back
 * @param quiet    calls of which another row may have come less than this ago are left to the live events
 */
@ConfigurationProperties("patchbay.backfill")
public record BackfillProperties(
        @DefaultValue("3m") Duration every,
        @DefaultValue("2h") Duration overlap,
        @DefaultValue("7d") Duration farthest,
        @DefaultValue("30s") Duration quiet) {}
