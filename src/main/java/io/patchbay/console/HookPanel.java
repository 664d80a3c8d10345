package io.patchbay.console;

import io.patchbay.intake.HookAddress;
import io.patchbay.intake.HookAddress.Former;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * A connection's hook address and those before it.
 *
 * @param url        a secret
 * @param used       when something came there last, in words
 * @param registered the hub tells the system its address
 * @param former     the newest first
 * @param overlaps   how long the old address may work on after a change
 * @param senders    who may send there, a line each; empty: everybody
 * @param refused    that hooks of others were refused, in words; empty when none was
 */
record HookPanel(
        String url,
        String used,
        boolean registered,
        List<FormerLine> former,
        List<Overlap> overlaps,
        String senders,
        String refused) {

    /** Choices of everybody, in minutes: none, an hour, a day, a week. */
    private static final List<Long> USUAL = List.of(0L, 60L, 1440L, 10080L);

    /** More would say nothing new. */
    private static final int MOST_FORMER = 5;

    /**
     * @param lost  something came there after its end
     * @param state until when it works, in words
     * @param used  when something came there last, in words
     */
    record FormerLine(boolean works, boolean lost, String state, String used) {}

    record Overlap(long minutes, String label, boolean chosen) {}

    /** @param usual how long the old address works on unless something else is asked for */
    static HookPanel of(
            String url,
            HookAddress address,
            boolean registered,
            Duration usual,
            Instant now,
            Texts texts,
            WallClock clock) {
        var minutes = new TreeSet<>(USUAL);
        minutes.add(usual.toMinutes());
        return new HookPanel(
                url,
                address.lastUsed()
                        .map(at -> address.lastFrom()
                                .map(from -> texts.of("connection.hook.used.from", clock.moment(at), from))
                                .orElseGet(() -> texts.of("connection.hook.used", clock.moment(at))))
                        .orElseGet(() -> texts.of("connection.hook.unused")),
                registered,
                address.former().stream()
                        .limit(MOST_FORMER)
                        .map(former -> line(former, now, texts, clock))
                        .toList(),
                minutes.stream()
                        .map(choice -> new Overlap(choice, label(choice, texts), choice == usual.toMinutes()))
                        .toList(),
                String.join("\n", address.senders().texts()),
                address.refusals()
                        .map(refused -> texts.of(
                                "connection.hook.refused",
                                refused.number(),
                                clock.moment(refused.since()),
                                clock.moment(refused.last()),
                                refused.from().isEmpty() ? "?" : refused.from()))
                        .orElse(""));
    }

    /** Whether one of the old addresses still works and can be ended. */
    public boolean isEndable() {
        return former.stream().anyMatch(FormerLine::works);
    }

    private static FormerLine line(Former former, Instant now, Texts texts, WallClock clock) {
        var works = former.worksAt(now);
        var state = former.ends()
                .map(end -> texts.of(
                        works ? "connection.hook.former.until" : "connection.hook.former.ended", clock.moment(end)))
                .orElseGet(() -> texts.of("connection.hook.former.awaits"));
        var lost = former.ends()
                .flatMap(end -> former.lastUsed().filter(at -> !at.isBefore(end)))
                .isPresent();
        var used = former.lastUsed()
                .map(at -> texts.of(lost ? "connection.hook.former.lost" : "connection.hook.used", clock.moment(at)))
                .orElseGet(() -> texts.of("connection.hook.former.unused"));
        return new FormerLine(works, lost, state, used);
    }

    private static String label(long minutes, Texts texts) {
        return USUAL.contains(minutes)
                ? texts.of("connection.hook.overlap." + minutes)
                : texts.of("connection.hook.overlap.minutes", minutes);
    }
}
