package io.patchbay.journal;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallId;
import io.patchbay.call.CallKey;
import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every fact the hub ever understood, and the calls they join to. Storing a fact twice changes nothing. */
public interface Journal {

    /**
     * Stores the facts and joins each to its call, in the caller's transaction. A call is found by its key, by a leg already known under another
     * key, by a link, or as the twin of a history row; else it is made. Of calls that turn out to be one the older id remains.
     *
     * @return each call touched, once, the oldest first; empty when there is no fact
     */
    List<Joined> join(CompanyId company, List<CallFact> facts);

    /** @param id may be one of a call that was merged into another: then that one is found, under its own id */
    Optional<StoredCall> find(CompanyId company, CallId id);

    Optional<CallId> idOf(CallKey key);

    /** When the hub last heard anything new of this call, by its own clock: events may come long after what they tell. */
    Instant heardAt(CallId id);

    /** Ids under which this call was known before it turned out to be one with others, the oldest first. */
    List<CallId> formerIds(CallId id);

    /** Newest first. */
    CallPage list(CallQuery query);

    /**
     * Calls that began in a range of time, in the order in which they were first heard of.
     *
     * @param from  inclusive
     * @param to    exclusive
     * @param after only ids above this; 0 for the first page
     */
    List<CallId> begun(CompanyId company, Instant from, Instant to, long after, int limit);

    /** How many calls began in a range of time. */
    long countBegun(CompanyId company, Instant from, Instant to);

    /**
     * Open calls of all companies of which nothing was heard since, the longest silent first: for the safety timer. Who speaks may be silent for longer than who
     * rings; the two are asked for apart, so that many long talks hide no ring.
     *
     * @param unansweredBefore last news of calls that nobody answered
     * @param answeredBefore   last news of the others
     */
    List<StoredCall> openSince(Instant unansweredBefore, Instant answeredBefore, int limit);
}
