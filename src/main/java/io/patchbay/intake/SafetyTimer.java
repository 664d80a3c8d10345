package io.patchbay.intake;

import io.patchbay.call.ExpiryFact;
import io.patchbay.journal.Joined;
import io.patchbay.journal.Journal;
import io.patchbay.journal.StoredCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Closes calls whose end never came, and marks them so. A true end that comes later still counts. */
@Component
@EnableConfigurationProperties(SafetyTimer.Limits.class)
public class SafetyTimer {

    private static final Logger LOG = LoggerFactory.getLogger(SafetyTimer.class);
    private static final int AT_ONCE = 200;

    private final Journal journal;
    private final Limits limits;
    private final Clock clock;

    public SafetyTimer(Journal journal, Limits limits, Clock clock) {
        this.journal = journal;
        this.limits = limits;
        this.clock = clock;
    }

    /** In the caller's transaction. */
    public List<Joined> expire() {
        var now = clock.instant();
        var closed = new ArrayList<Joined>();
        for (var open : journal.openSince(now.minus(limits.longestRing()), now.minus(limits.longestTalk()), AT_ONCE)) {
            closed.addAll(close(open, now));
        }
        return closed;
    }

    private List<Joined> close(StoredCall open, Instant now) {
        LOG.info("call.end-not-seen company={} call={}", open.company(), open.id());
        var key = open.call().keys().iterator().next();
        return journal.join(open.company(), List.of(new ExpiryFact(key, now)));
    }

    /**
     * How long a call may go on without any news.
     *
     * @param longestRing while nobody has answered
     * @param longestTalk while somebody speaks
     */
    @ConfigurationProperties("patchbay.call")
    public record Limits(
            @DefaultValue("10m") Duration longestRing,
            @DefaultValue("4h") Duration longestTalk) {}
}
