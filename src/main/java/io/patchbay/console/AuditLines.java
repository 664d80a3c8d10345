package io.patchbay.console;

import io.patchbay.audit.Actor;
import io.patchbay.audit.AuditEntry;
import io.patchbay.audit.Change;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Lines of the audit log in the words of whoever reads them. */
final class AuditLines {

    private static final Pattern ID_IN_CONNECTION = Pattern.compile("id in connection (\\d+)");

    private final Reader reader;

    AuditLines(Reader reader) {
        this.reader = reader;
    }

    /**
     * A line of the page.
     *
     * @param who     name or kind of whoever did it
     * @param actor   finds what the same one did
     * @param on      the thing it was done to
     * @param subject finds what else was done to it
     */
    record Line(
            long number,
            String day,
            String time,
            String who,
            String actor,
            String address,
            String action,
            String on,
            String subject,
            List<Difference> differences) {}

    /** @param hidden a secret, of which neither value is told */
    record Difference(String what, String from, String to, boolean hidden) {}

    Line line(AuditEntry entry) {
        return new Line(
                entry.number(),
                reader.clock().day(entry.at()),
                reader.clock().timeWithSeconds(entry.at()),
                who(entry.actor()),
                entry.actor().word(),
                entry.actor().address(),
                entry.action()
                        .map(action -> reader.texts().of("audit.action." + action.word()))
                        .orElse(entry.word()),
                on(entry),
                entry.subject(),
                entry.changes().stream().map(this::difference).toList());
    }

    private String who(Actor actor) {
        return reader.texts().of("audit.actor." + actor.kind(), actor.name()).strip();
    }

    private String on(AuditEntry entry) {
        var dash = entry.subject().indexOf('-');
        var thing = dash < 0 ? entry.subject() : entry.subject().substring(0, dash);
        var id = dash < 0 ? "" : entry.subject().substring(dash + 1);
        return text("audit.thing." + thing, thing, entry.name().isEmpty() ? id : entry.name());
    }

    private Difference difference(Change change) {
        var place = ID_IN_CONNECTION.matcher(change.what());
        var what = place.matches()
                ? reader.texts().of("audit.id-in-connection", place.group(1))
                : text("audit.what." + change.what(), change.what());
        return new Difference(what, change.from(), change.to(), change.hidden());
    }

    /** Fields have texts; settings of connectors, which are many, have their names. */
    private String text(String key, String otherwise, Object... values) {
        return Objects.requireNonNull(reader.texts()
                .source()
                .getMessage(key, values, otherwise, reader.texts().locale()));
    }
}
