package io.patchbay.effect;

import io.patchbay.call.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers which calls are to be looked at. Losing the effect queues loses nothing, because this refills them. */
public interface Wakes {

    /**
     * In the caller's transaction. A wake that is already there keeps the earlier time and gets a new revision.
     *
     * @param sendAt when the sweeper sends it; later than {@code dueAt} when the caller sends it himself
     */
    void wake(CallId call, long connection, String group, boolean live, Instant dueAt, Instant sendAt);

    Optional<Wake> of(CallId call, long connection);

    /**
     * Those to be sent now, live ones first, then the longest due. They are handed out again only after {@code again}, in case the message
     * was lost.
     */
    List<Wake> take(Instant now, Duration again, int limit);

    /** How many calls are still to be looked at, by connection; a connection without any is missing. */
    Map<Long, Integer> open();

    /**
     * The look is over.
     *
     * @param seen as it was when the look began; a newer one is left as it is
     * @param next when to look again; empty to forget the wake
     */
    void looked(Wake seen, Optional<Instant> next);
}
