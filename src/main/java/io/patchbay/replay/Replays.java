package io.patchbay.replay;

import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import io.patchbay.effect.Receiver;
import io.patchbay.effect.Receivers;
import io.patchbay.journal.Journal;
import io.patchbay.run.NotBegunException;
import io.patchbay.run.Range;
import io.patchbay.run.Run;
import io.patchbay.run.Runs;
import io.patchbay.run.Scope;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Begins replays, or refuses them with a {@link NotBegunException}. */
@Component
@EnableConfigurationProperties(ReplayProperties.class)
public class Replays {

    private final Runs runs;
    private final Journal journal;
    private final Receivers receivers;
    private final ReplayProperties properties;

    public Replays(Runs runs, Journal journal, Receivers receivers, ReplayProperties properties) {
        this.runs = runs;
        this.journal = journal;
        this.receivers = receivers;
        this.properties = properties;
    }

    /**
     * Of one call.
     *
     * @param preview to be shown first what it would do
     */
    public Run ofCall(CompanyId company, CallId call, Optional<Long> connection, String begunBy, boolean preview) {
        var found = journal.find(company, call)
                .orElseThrow(() -> new NotBegunException("call", "no-call", 0, "must be the id of a call."));
        return begin(
                company,
                within(company, connection).about(Replay.CALL, found.id().toString()),
                begunBy,
                preview);
    }

    /** Of the calls that began in a range of time, in one connection or in all. */
    public Run between(CompanyId company, Range range, Optional<Long> connection, String begunBy, boolean preview) {
        range.noLongerThan(properties.longest());
        var calls = journal.countBegun(company, range.from(), range.to());
        if (calls > properties.most()) {
            throw new NotBegunException(
                    "to",
                    "too-many",
                    properties.most(),
                    "must be nearer to from: the range holds " + calls + " calls, and a replay takes "
                            + properties.most() + " at most.");
        }
        return begin(company, within(company, connection).between(range.from(), range.to()), begunBy, preview);
    }

    /** Of all that was given up in a connection. */
    public Run parked(CompanyId company, long connection, String begunBy, boolean preview) {
        return begin(company, within(company, Optional.of(connection)).about(Replay.PARKED, "true"), begunBy, preview);
    }

    private Run begin(CompanyId company, Scope scope, String begunBy, boolean preview) {
        return preview
                ? runs.preview(company, Replay.KIND, scope, begunBy)
                : runs.begin(company, Replay.KIND, scope, begunBy);
    }

    private Scope within(CompanyId company, Optional<Long> connection) {
        if (connection.isPresent()
                && receivers.of(company).stream()
                        .filter(Receiver::isInterested)
                        .noneMatch(receiver -> receiver.connection() == connection.get())) {
            throw new NotBegunException(
                    "connection", "no-receiver", 0, "must be the id of a connection in which calls are written.");
        }
        return connection.map(Scope.COMPANY::of).orElse(Scope.COMPANY);
    }
}
