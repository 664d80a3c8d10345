package io.patchbay.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a connection's hook address is used, and those that were before it.
 *
 * @param lastUsed empty when nothing came there, as far as is known
 * @param lastFrom network address of that sender; empty when it is not known
 * @param former   the newest first; those whose end is long past are forgotten
 * @param senders  who may send there; empty: anybody who knows the address
 * @param refusals hooks of others, since {@code senders} was changed last
 */
public record HookAddress(
        Optional<Instant> lastUsed,
        Optional<String> lastFrom,
        List<Former> former,
        AddressList senders,
        Optional<Refusals> refusals) {

    /**
     * Hooks that were refused because of where they came from.
     *
     * @param from network address of the last one; empty when it is not known
     */
    public record Refusals(long number, Instant since, Instant last, String from) {}

    /**
     * An address that was replaced.
     *
     * @param overlap  how long it works on from when the system has the new one
     * @param ends     from then on it is unknown; empty while the system does not have the new one
     * @param lastUsed also after its end: such a hook was refused
     */
    public record Former(Instant superseded, Duration overlap, Optional<Instant> ends, Optional<Instant> lastUsed) {

        public boolean worksAt(Instant now) {
            return ends.filter(end -> !now.isBefore(end)).isEmpty();
        }

        /** From when its end counts: the system has the new address. */
        public Optional<Instant> begins() {
            return ends.map(end -> end.minus(overlap));
        }
    }

    /** The former address that was used after the one of today: the system still has it. */
    public Optional<Former> stillUsed() {
        return former.stream()
                .filter(one -> one.lastUsed()
                        .filter(at -> lastUsed.filter(now -> !now.isBefore(at)).isEmpty())
                        .isPresent())
                .findFirst();
    }
}
