package io.patchbay.rules;

import java.time.Duration;

/**
 * The task that a missed call leaves behind.
 *
 * @param deadline  time to call back, counted from the end of the call
 * @param forgetIn  a call that ended longer ago gets no task: history read after an outage of days must not bury the employees
 */
public record MissedCallTask(Duration deadline, Duration forgetIn) {

    public MissedCallTask {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("The deadline of a task must lie after the missed call.");
        }
    }
}
