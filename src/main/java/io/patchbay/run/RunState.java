package io.patchbay.run;

/** How far a run is. */
public enum RunState {
    /** What it would do is being found out; nothing is changed. */
    PREVIEWING,
    /** What it would do is known; it waits for a person to start it. */
    PREVIEWED,
    /** Nobody works on it yet. */
    WAITING,
    RUNNING,
    DONE,
    /** Stopped by a person. What was done stays done. */
    CANCELLED,
    /** Can not go on by itself; {@link Run#why} and {@link Run#report} tell the reason. */
    FAILED;

    /** Nothing will happen to it by itself any more. */
    public boolean isOver() {
        return this == DONE || this == CANCELLED || this == FAILED;
    }
}
