package io.patchbay.watch;

/** A change that people are told of. */
enum Turn {
    BEGAN,
    WORSE,
    /** Nothing changed for a day: a reminder. */
    STILL,
    OVER
}
