package io.patchbay.recording;

import io.patchbay.runtime.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.stereotype.Component;

/** The bytes of recordings, each in a file of its own in the data folder. A file is whole or not there. */
@Component
class RecordingFiles {

    private final Path folder;

    RecordingFiles(DataFolder data) {
        this.folder = data.folder("recordings");
    }

    /** @return bytes stored */
    long store(InputStream bytes, String name) throws IOException {
        var part = folder.resolve(name + ".part");
        Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
        var whole = folder.resolve(name);
        Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return Files.size(whole);
    }

    /** @throws IllegalStateException when the recording is not stored */
    Path of(Recording recording) {
        return recording
                .file()
                .map(folder::resolve)
                .orElseThrow(() -> new IllegalStateException("Recording " + recording.id() + " is not stored."));
    }
}
