package io.patchbay.recording;

/** A recording is longer than the hub may store. Asking again would give the same. */
final class RecordingLargeException extends RuntimeException {

    RecordingLargeException(long most) {
        super("The recording is longer than " + most / (1024 * 1024)
                + " MB. Raise patchbay.recording.largest if it is to be stored.");
    }
}
