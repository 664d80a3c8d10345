package io.patchbay.rules;

/** Whether a call leaves a task behind. */
public sealed interface TaskChoice permits TaskChoice.None, TaskRule {

    record None() implements TaskChoice {}
}
