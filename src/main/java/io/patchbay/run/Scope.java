package io.patchbay.run;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run is about.
 *
 * @param connection the only one it concerns; empty: all of the company, or none in particular
 * @param from       inclusive
 * @param to         exclusive
 * @param about      whatever else its kind of work has to know, e.g. one call; is stored as it stands, so it names no person
 */
public record Scope(Optional<Long> connection, Optional<Instant> from, Optional<Instant> to, ObjectNode about) {

    public static final Scope COMPANY =
            new Scope(Optional.empty(), Optional.empty(), Optional.empty(), JsonNodeFactory.instance.objectNode());

    public Scope {
        about = about.deepCopy();
    }

    public Scope of(long connection) {
        return new Scope(Optional.of(connection), from, to, about);
    }

    public Scope between(Instant from, Instant to) {
        return new Scope(connection, Optional.of(from), Optional.of(to), about);
    }

    public Scope about(String what, String value) {
        var more = about.deepCopy();
        more.put(what, value);
        return new Scope(connection, from, to, more);
    }
}
