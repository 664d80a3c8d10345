package io.patchbay.recording;

import io.patchbay.call.CallKey;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Removes recordings for good: the row and the file. Links to them lead nowhere afterwards. */
@Component
public class RecordingErasure {

    private final Recordings recordings;
    private final RecordingFiles files;

    RecordingErasure(Recordings recordings, RecordingFiles files) {
        this.recordings = recordings;
        this.files = files;
    }

    public List<Recording> of(Collection<CallKey> calls) {
        return calls.stream().flatMap(call -> recordings.of(call).stream()).toList();
    }

    /** @throws IllegalStateException when the recording is not stored */
    public Path file(Recording recording) {
        return files.of(recording);
    }

    /** What was said goes, that there was a recording stays. The file first, as in {@link #erase}. */
    public void retire(long id) {
        recordings.find(id).ifPresent(recording -> {
            recording.file().ifPresent(files::remove);
            recordings.retired(id);
        });
    }

    /** The file first: what is cut in between is found by its row again. */
    public void erase(Recording recording) {
        recording.file().ifPresent(files::remove);
        recordings.forget(recording.id());
    }
}
