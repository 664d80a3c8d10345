package io.patchbay.effect;

import io.patchbay.call.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Passes the tests of {@link JdbcWakes}. */
final class InMemoryWakes implements Wakes {

    private record Key(CallId call, long connection) {}

    private record Row(Wake wake, Instant sendAt) {}

    private final Map<Key, Row> rows = new LinkedHashMap<>();

    @Override
    public synchronized void wake(
            CallId call, long connection, String group, boolean live, Instant dueAt, Instant sendAt) {
        rows.merge(
                new Key(call, connection),
                new Row(new Wake(call, connection, group, live, dueAt, dueAt.toEpochMilli()), sendAt),
                (old, fresh) -> new Row(
                        new Wake(
                                call,
                                connection,
                                group,
                                live,
                                earlier(old.wake().dueAt(), dueAt),
                                old.wake().revision() + 1),
                        earlier(old.sendAt(), sendAt)));
    }

    @Override
    public synchronized Optional<Wake> of(CallId call, long connection) {
        return Optional.ofNullable(rows.get(new Key(call, connection))).map(Row::wake);
    }

    @Override
    public synchronized List<Wake> take(Instant now, Duration again, int limit) {
        var due = rows.values().stream()
                .filter(row -> !row.sendAt().isAfter(now))
                .sorted(Comparator.comparing((Row row) -> !row.wake().live()).thenComparing(Row::sendAt))
                .limit(limit)
                .map(Row::wake)
                .toList();
        due.forEach(wake -> rows.put(new Key(wake.call(), wake.connection()), new Row(wake, now.plus(again))));
        return due;
    }

    @Override
    public synchronized Map<Long, Integer> open() {
        return rows.keySet().stream().collect(Collectors.groupingBy(Key::connection, Collectors.summingInt(key -> 1)));
    }

    @Override
    public synchronized void looked(Wake seen, Optional<Instant> next) {
        rows.computeIfPresent(new Key(seen.call(), seen.connection()), (key, row) -> {
            if (row.wake().revision() != seen.revision()) {
                return row;
            }
            return next.map(at -> new Row(
                            new Wake(seen.call(), seen.connection(), seen.group(), seen.live(), at, seen.revision()),
                            at))
                    .orElse(null);
        });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
