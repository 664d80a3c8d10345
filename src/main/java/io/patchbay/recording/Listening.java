package io.patchbay.recording;

import io.patchbay.audit.Action;
import io.patchbay.audit.Actor;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.call.CallId;
import io.patchbay.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Writes down who listens to which recording. A player asks for one recording in many pieces: those that begin at the start are listenings of their own, a later
 * piece belongs to the one that was begun from the same address with the same link's holder, or is one itself.
 *
 * <p>Which were begun is kept in memory: a restart writes one down twice rather than none. Thread-safe.
 */
@Component
class Listening {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int REMEMBERED = 1_000;

    private record Key(long recording, Actor listener) {}

    private final Journal journal;
    private final Audit audit;
    private final Clock clock;

    private final Map<Key, Instant> begun = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    Listening(Journal journal, Audit audit, Clock clock) {
        this.journal = journal;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * To be told before the first byte is given away.
     *
     * @param fromStart whether this piece begins with the recording's first byte
     */
    void to(Recording recording, Actor listener, boolean fromStart) {
        if (isNew(new Key(recording.id(), listener), fromStart)) {
            audit.note(
                    recording.company(),
                    listener,
                    Deed.of(Action.RECORDING_HEARD, call(recording), "").with("recording", recording.id()));
        }
    }

    private synchronized boolean isNew(Key key, boolean fromStart) {
        var now = clock.instant();
        var known = begun.get(key);
        var fresh = fromStart || known == null || known.plus(LONGEST).isBefore(now);
        if (fresh) {
            begun.put(key, now);
        }
        return fresh;
    }

    private String call(Recording recording) {
        return journal.idOf(recording.call()).map(CallId::toString).orElse("");
    }
}
