package io.patchbay.audit;

import io.patchbay.call.Masked;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What was done, to what, and what is different since. Telephone numbers are masked here, whoever writes them; secrets are named with {@link #secret} and
 * never given.
 *
 * @param id   of the thing in the hub, e.g. {@code 7} or {@code c-81}; empty for none
 * @param name of the thing, as people know it then; empty for none
 */
public record Deed(Action action, String id, String name, List<Change> changes) {

    /** Characters of one value that are kept: the log is read by people. */
    private static final int LONGEST = 2_000;

    public Deed {
        name = readable(name);
        changes = List.copyOf(changes);
    }

    public static Deed of(Action action) {
        return new Deed(action, "", "", List.of());
    }

    public static Deed of(Action action, Object id, String name) {
        return new Deed(action, id.toString(), name, List.of());
    }

    /** Something worth knowing that nothing was before. */
    public Deed with(String what, Object value) {
        return changed(what, "", value);
    }

    /** Left out when both are the same. */
    public Deed changed(String what, Object from, Object to) {
        return from.equals(to) ? this : and(new Change(what, written(from), written(to), false));
    }

    /** What differs between two sets of values, by name. */
    public Deed changed(Map<String, ?> from, Map<String, ?> to) {
        var names = new TreeSet<>(from.keySet());
        names.addAll(to.keySet());
        var deed = this;
        for (var name : names) {
            deed = deed.changed(
                    name, Objects.requireNonNullElse(from.get(name), ""), Objects.requireNonNullElse(to.get(name), ""));
        }
        return deed;
    }

    /** Network addresses, which a mask would take for telephone numbers. */
    public Deed addresses(String what, List<String> from, List<String> to) {
        return from.equals(to) ? this : and(new Change(what, String.join(" ", from), String.join(" ", to), false));
    }

    /** A secret that was set, changed or taken away. */
    public Deed secret(String what) {
        return and(new Change(what, "", "", true));
    }

    public boolean changesNothing() {
        return changes.isEmpty();
    }

    /** What it was done to: {@code connection-7}, {@code call-c-81}, {@code hub}. */
    String subject() {
        var thing = action.thing().name().toLowerCase(Locale.ROOT);
        return id.isEmpty() ? thing : thing + "-" + id;
    }

    private Deed and(Change change) {
        var all = new ArrayList<>(changes);
        all.add(change);
        return new Deed(action, id, name, all);
    }

    /** A time looks like a number to a mask. */
    private static String written(Object value) {
        return value instanceof TemporalAccessor ? value.toString() : readable(value.toString());
    }

    private static String readable(String text) {
        var masked = Masked.numbers(text);
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "...";
    }
}
