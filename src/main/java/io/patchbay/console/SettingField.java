package io.patchbay.console;

import java.util.List;

/**
 * One question of the form that connects a system.
 *
 * @param name      of the setting
 * @param type      {@code text}, {@code secret}, {@code choice}, {@code number}, {@code flag}, {@code url} or {@code list}
 * @param mark      whether it is marked as to be filled in
 * @param shownWhen {@code other-input=value}, joined by {@code &}, for which the question makes sense; empty: always
 * @param value     as it stands in the input; never a secret
 * @param was       as it stood there when the page was made
 * @param example   shown in the empty input
 * @param problem   what is wrong with the value; empty when nothing is
 * @param kept      a secret is there already
 * @param more      most people leave it as it is: it stands below, folded
 */
record SettingField(
        String name,
        String type,
        String label,
        String help,
        boolean mark,
        String shownWhen,
        String value,
        String was,
        List<Option> options,
        String example,
        String problem,
        boolean kept,
        boolean more) {

    /** A value of a choice. */
    record Option(String value, String label) {}

    public boolean isWrong() {
        return !problem.isEmpty();
    }

    public boolean isConditional() {
        return !shownWhen.isEmpty();
    }
}
