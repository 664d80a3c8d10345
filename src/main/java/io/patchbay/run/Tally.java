package io.patchbay.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came of how many, by outcome. Immutable; adding is commutative. */
public final class Tally {

    public static final Tally NONE = new Tally(Map.of());

    private final Map<Outcome, Long> counts;

    private Tally(Map<Outcome, Long> counts) {
        this.counts = counts;
    }

    /**
     * One line of a tally. The words have texts in both languages: {@code run.outcome.<word>} and {@code run.of.<of>}.
     *
     * @param word       what came of it, e.g. {@code done}, {@code skipped}
     * @param connection where; empty when it is no connection's matter
     * @param of         what it was or why, e.g. an operation's word; empty for no more to say
     */
    public record Outcome(String word, Optional<Long> connection, String of) implements Comparable<Outcome> {

        private static final Comparator<Outcome> ORDER = Comparator.comparing(Outcome::word)
                .thenComparing(outcome -> outcome.connection().orElse(0L))
                .thenComparing(Outcome::of);

        @Override
        public int compareTo(Outcome other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param count at least 1 */
    public record Line(Outcome outcome, long count) {}

    public static Tally of(String word, long count) {
        return NONE.and(word, count);
    }

    public Tally and(String word, long count) {
        return and(new Outcome(word, Optional.empty(), ""), count);
    }

    public Tally and(String word, long connection, String of, long count) {
        return and(new Outcome(word, Optional.of(connection), of), count);
    }

    public Tally and(Tally other) {
        var sum = this;
        for (var line : other.lines()) {
            sum = sum.and(line.outcome(), line.count());
        }
        return sum;
    }

    public Tally and(Outcome outcome, long count) {
        if (count == 0) {
            return this;
        }
        var more = new TreeMap<>(counts);
        more.merge(outcome, count, Long::sum);
        return new Tally(more);
    }

    /** Of all lines with this word. */
    public long count(String word) {
        return counts.entrySet().stream()
                .filter(line -> line.getKey().word().equals(word))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** In a fixed order. */
    public List<Line> lines() {
        return counts.entrySet().stream()
                .map(line -> new Line(line.getKey(), line.getValue()))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally && tally.counts.equals(counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
