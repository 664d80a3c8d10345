package io.patchbay.console;

import java.util.List;

/**
 * One connection.
 *
 * @param enabled    false: switched off
 * @param hook       where the connected system sends its hooks
 * @param hears      whether the connector takes hooks at all
 * @param handover   the connected system hands its access over by itself and has not done so yet
 * @param fields     of the settings; empty when the connector is gone
 * @param parked     the newest of what was given up there
 * @param guide      safe HTML; may be empty
 * @param docs       address of the vendor's documentation; may be empty
 */
record ConnectionPage(
        ConnectionLine line,
        boolean enabled,
        HookPanel hook,
        boolean hears,
        boolean handover,
        String title,
        String titleProblem,
        List<SettingField> fields,
        List<Parked> parked,
        String guide,
        String docs) {

    /** An effect that waits for a person. */
    record Parked(String call, String what, String at, String why, String said) {}

    public long id() {
        return line.lamp().id();
    }

    public boolean isWrong() {
        return !titleProblem.isEmpty() || fields.stream().anyMatch(SettingField::isWrong);
    }
}
