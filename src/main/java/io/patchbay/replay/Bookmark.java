package io.patchbay.replay;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a replay goes on.
 *
 * @param mark   of the last call that was looked through
 * @param ended  none is left after it
 * @param flying calls that were woken and not looked at yet, as far as is known
 */
record Bookmark(long mark, boolean ended, List<Flight> flying) {

    static final Bookmark BEGIN = new Bookmark(0, false, List.of());

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * One call under way.
     *
     * @param began       epoch milliseconds just before it was woken
     * @param woken       just after
     * @param connections in which it was not looked at yet
     */
    record Flight(long call, long began, long woken, List<Long> connections) {}

    static Bookmark read(String written) {
        return written.isEmpty() ? BEGIN : JSON.readValue(written, Bookmark.class);
    }

    String write() {
        return JSON.writeValueAsString(this);
    }
}
