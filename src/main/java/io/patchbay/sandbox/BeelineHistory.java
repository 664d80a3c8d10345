package io.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Past calls and their recordings. Not thread-safe: the server's lock guards it. */
final class BeelineHistory {

    private static final int MOST_RECORDS = 100; // [code] contracts/pbx/beeline.md section 3.8

    private final Clock clock;
    private final BeelineIds ids;
    private final List<BeelineRow> rows = new ArrayList<>();
    private final List<Recorded> records = new ArrayList<>();
    private Duration recordingDelay = Duration.ZERO;

    BeelineHistory(Clock clock, BeelineIds ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * A stored recording.
     *
     * @param id digits, unique, growing
     */
    record Recorded(String id, BeelineRow row, Instant readyAt) {

        byte[] file() {
            return BeelineAudio.silence(row.talk());
        }
    }

    void recordingsAppearAfter(Duration delay) {
        recordingDelay = delay;
    }

    void add(BeelineRow row) {
        rows.add(row);
        if (row.isRecorded()) {
            records.add(new Recorded(ids.record(), row, row.ended().plus(recordingDelay)));
        }
    }

    /** Newest first. */
    List<BeelineRow> rows(Predicate<BeelineRow> wanted, int page, int pageSize) {
        return rows.stream()
                .filter(wanted)
                .sorted(Comparator.comparing(BeelineRow::started).reversed())
                .skip((long) page * pageSize)
                .limit(pageSize)
                .toList();
    }

    /** Oldest first, beginning after the record with this id; at most a hundred. */
    List<Recorded> records(Predicate<Recorded> wanted, String after) {
        return ready().stream()
                .filter(wanted)
                .filter(r -> after.isEmpty() || Long.parseLong(r.id()) > Long.parseLong(after))
                .limit(MOST_RECORDS)
                .toList();
    }

    Optional<Recorded> record(Predicate<Recorded> wanted) {
        return ready().stream().filter(wanted).findFirst();
    }

    void delete(Recorded recorded) {
        records.remove(recorded);
    }

    private List<Recorded> ready() {
        var now = clock.instant();
        return records.stream().filter(r -> !now.isBefore(r.readyAt())).toList();
    }
}
