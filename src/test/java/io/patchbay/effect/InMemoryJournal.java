package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.CallId;
import io.patchbay.call.CallKey;
import io.patchbay.company.CompanyId;
import io.patchbay.journal.CallPage;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.Joined;
import io.patchbay.journal.Journal;
import io.patchbay.journal.StoredCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Holds calls as a test puts them in; joining and listing are the real journal's. */
final class InMemoryJournal implements Journal {

    private final Map<CallId, Call> calls = new ConcurrentHashMap<>();
    private final Map<CallId, CallId> merged = new ConcurrentHashMap<>();

    void put(CallId id, Call call) {
        calls.put(id, call);
    }

    void merge(CallId former, CallId older) {
        merged.put(former, older);
        calls.remove(former);
    }

    @Override
    public Instant heardAt(CallId id) {
        return Instant.EPOCH;
    }

    @Override
    public Optional<StoredCall> find(CompanyId company, CallId id) {
        var own = merged.getOrDefault(id, id);
        return Optional.ofNullable(calls.get(own)).map(call -> new StoredCall(own, company, Story.PBX, call));
    }

    @Override
    public List<CallId> formerIds(CallId id) {
        return merged.entrySet().stream()
                .filter(one -> one.getValue().equals(id))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Override
    public List<Joined> join(CompanyId company, List<CallFact> facts) {
        throw new UnsupportedOperationException("put the call");
    }

    @Override
    public Optional<CallId> idOf(CallKey key) {
        throw new UnsupportedOperationException("the test knows the id");
    }

    @Override
    public CallPage list(CallQuery query) {
        throw new UnsupportedOperationException("effects list no calls");
    }

    @Override
    public List<CallId> begun(CompanyId company, Instant from, Instant to, long after, int limit) {
        throw new UnsupportedOperationException("effects list no calls");
    }

    @Override
    public long countBegun(CompanyId company, Instant from, Instant to) {
        throw new UnsupportedOperationException("effects list no calls");
    }

    @Override
    public List<StoredCall> openSince(Instant unansweredBefore, Instant answeredBefore, int limit) {
        throw new UnsupportedOperationException("effects list no calls");
    }
}
