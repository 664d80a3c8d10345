package io.patchbay.journal;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hooks as they came, so that decoding can be repeated. Bodies are sealed by the caller. */
public interface RawHooks {

    /** Stores a hook once: the same {@code hookId} again finds the first one. @return its id */
    long keep(
            CompanyId company,
            long connection,
            String hookId,
            Instant receivedAt,
            String headersJson,
            byte[] sealedBody);

    /** It waits to be read, unless it was read already. */
    void hold(long id);

    /** The connections of which something waits. */
    List<Long> holding();

    /**
     * Takes the oldest that wait into hand; nobody else gets them before {@code until}.
     *
     * @param until when they wait again, should nothing become of them
     */
    List<HeldHook> take(long connection, Instant now, Instant until, int most);

    /** It waits no longer: it was read, or put aside. */
    void release(long id);

    void holdUntil(long id, Instant until);

    /** How many of a connection wait. */
    int held(long connection);

    /** @param note what else there is to say, e.g. why no fact came of it; empty when nothing */
    void understood(long id, int facts, String note);

    /** It could not be understood and waits for a person. */
    void putAside(long id, String reason);

    Optional<RawHook> find(long id);

    /** When a connection was heard of last; empty when nothing came as far as hooks are kept. */
    Optional<Instant> lastFrom(long connection);

    /** Nothing of it stays. Forgetting twice is forgetting once. */
    void forget(long id);

    /** The oldest first, and none that waits to be read. @return how many were forgotten, at most {@code atMost} */
    int forgetBefore(Instant receivedBefore, int atMost);
}
