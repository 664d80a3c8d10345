package io.patchbay.backfill;

import io.patchbay.call.CallFact;
import io.patchbay.call.Certainty;
import io.patchbay.call.Direction;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.LinkFact;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Which rows of a history without session ids are one call: a hunt group leaves a row for every agent it tried, a transfer one for each
 * who spoke, a call between colleagues one for each side. It is inferred from seat, number and time, and told as such.
 *
 * <p>Pure. The same rows give the same chains in whatever order they were read, and more rows only ever join more.
 */
final class HistoryChains {

    /** A hunt group tries one agent for so long at most. Agents are tried for 18 s as seen; 45 s leaves room for a longer setting [inferred]. */
    static final Duration ONE_AGENT = Duration.ofSeconds(45);

    /** Phones that ring together, and the two sides of one call, begin as close as this. */
    static final Duration TOGETHER = Duration.ofSeconds(3);

    /** A talk whose answer is not told ends at least so much after its start; so long may the client have waited before. */
    static final Duration WAITED = Duration.ofSeconds(15);

    /** No call goes on longer; and old rows need not be looked at. */
    private static final Duration LONGEST = Duration.ofHours(6);

    private static final Comparator<HistoryRow> IN_TIME =
            Comparator.comparing(HistoryRow::started).thenComparing(HistoryRow::row);

    private HistoryChains() {}

    /** One call as far as the history lets it be known: its rows, the first begun first, and what joins them. */
    record Chain(List<HistoryRow> rows, List<LinkFact> links) {

        /** From then on no more row of this call is awaited: after one who let it ring the next may be tried. */
        Instant complete() {
            return rows.stream()
                    .map(row -> row.spoke() ? row.end() : row.end().plus(ONE_AGENT))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }

        List<CallFact> facts() {
            var facts = new ArrayList<CallFact>();
            rows.forEach(row -> facts.addAll(row.facts()));
            facts.addAll(links);
            return facts;
        }
    }

    /** @param rows each once */
    static List<Chain> of(List<HistoryRow> rows) {
        var sorted = rows.stream().sorted(IN_TIME).toList();
        var chains = new ArrayList<Chain>(); // of each row, by its place
        for (int i = 0; i < sorted.size(); i++) {
            chains.add(new Chain(new ArrayList<>(List.of(sorted.get(i))), new ArrayList<>()));
            for (int j = i - 1; j >= 0 && !isPast(sorted.get(j), sorted.get(i)); j--) {
                join(j, i, sorted, chains);
            }
        }
        var distinct = Collections.newSetFromMap(new IdentityHashMap<Chain, Boolean>());
        return chains.stream().filter(distinct::add).toList();
    }

    private static void join(int earlier, int later, List<HistoryRow> sorted, List<Chain> chains) {
        var one = sorted.get(earlier);
        var row = sorted.get(later);
        var sameSession = one.call().isPresent() && one.call().equals(row.call());
        if (!sameSession && !isOneCall(one, row, sorted)) {
            return;
        }
        var into = chains.get(earlier);
        var from = chains.get(later);
        if (into != from) {
            into.rows().addAll(from.rows());
            into.rows().sort(IN_TIME);
            into.links().addAll(from.links());
            chains.replaceAll(chain -> chain == from ? into : chain);
        }
        var link = new LinkFact(one.key(), row.key(), row.started(), Certainty.INFERRED);
        if (!sameSession && !into.links().contains(link)) {
            into.links().add(link);
        }
    }

    private static boolean isPast(HistoryRow one, HistoryRow row) {
        return one.started().plus(LONGEST).isBefore(row.started());
    }

    /** @param one begun before the other or with it */
    private static boolean isOneCall(HistoryRow one, HistoryRow other, List<HistoryRow> all) {
        if (one.call().isPresent() && other.call().isPresent() || one.seat().equals(other.seat())) {
            return false; // two sessions are two calls; a client who calls the same employee again calls again
        }
        if (one.direction() == Direction.INTERNAL || other.direction() == Direction.INTERNAL) {
            return areTwoSides(one, other) || areTwoSides(other, one);
        }
        return other.direction() == Direction.INBOUND
                && isSame(one.client(), other.client())
                && (isHandedOver(one, other, all) || isTriedNext(one, other));
    }

    /** The next phone rings when the talk is over, or it rang already because a colleague was asked first. */
    private static boolean isHandedOver(HistoryRow talk, HistoryRow other, List<HistoryRow> all) {
        if (!talk.spoke() || talk.client() instanceof HiddenNumber) {
            return false; // hidden ones may be anybody
        }
        var latest = talk.ended()
                .map(end -> end.plus(TOGETHER))
                .orElseGet(() -> talk.end().plus(WAITED));
        if (other.started().isAfter(latest)) {
            return false;
        }
        return !other.started().isBefore(talk.end().minus(TOGETHER))
                || all.stream().anyMatch(asked -> asked.seat().equals(talk.seat()) && areTwoSides(asked, other));
    }

    private static boolean isTriedNext(HistoryRow tried, HistoryRow other) {
        var gap = Duration.between(tried.started(), other.started());
        return tried.direction() == Direction.INBOUND && gap.compareTo(tried.spoke() ? TOGETHER : ONE_AGENT) <= 0;
    }

    /** One colleague called the other, though he may have handed a client over to him since. */
    private static boolean areTwoSides(HistoryRow calls, HistoryRow called) {
        return calls.direction() == Direction.INTERNAL
                && isExtensionOf(calls.client(), called)
                && Duration.between(calls.started(), called.started()).abs().compareTo(TOGETHER) <= 0
                && (called.direction() == Direction.INBOUND || isExtensionOf(called.client(), calls));
    }

    private static boolean isExtensionOf(Party party, HistoryRow row) {
        return row.extension().filter(party.raw()::equals).isPresent();
    }

    private static boolean isSame(Party one, Party other) {
        return one instanceof PhoneNumber first && other instanceof PhoneNumber second
                ? first.e164().equals(second.e164())
                : one.getClass() == other.getClass() && one.raw().equals(other.raw());
    }
}
