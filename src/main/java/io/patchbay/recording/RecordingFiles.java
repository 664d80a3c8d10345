package io.patchbay.recording;

import io.patchbay.connection.Content;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.runtime.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The bytes of recordings, each in a file of its own in the data folder. A file is whole and on the disk, or not there. */
@Component
class RecordingFiles {

    private static final String PART = ".part";

    private final Path folder;

    RecordingFiles(DataFolder data) {
        this.folder = data.folder("recordings");
        forgetParts();
    }

    /**
     * @param most bytes
     * @return bytes stored
     * @throws IOException             when the PBX breaks off
     * @throws RecordingLargeException when there are more
     * @throws ConnectorException      ours, when the disk does not take it; busy, when there is nothing
     */
    long store(Content content, String name, long most) throws IOException {
        var part = folder.resolve(name + "." + UUID.randomUUID() + PART); // two may fetch it at once
        try {
            var size = write(content.stream(), part, most);
            if (size == 0) {
                throw new ConnectorException(Fault.BUSY, "The PBX answered with an empty recording.");
            }
            if (content.length() >= 0 && content.length() != size) {
                throw new IOException("it has " + size + " of " + content.length() + " bytes");
            }
            try {
                Files.move(
                        part,
                        folder.resolve(name),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw notStored(e);
            }
            return size;
        } finally {
            forget(part);
        }
    }

    private static void forget(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // the trouble that left it counts; the next start tidies up
            return;
        }
    }

    private static long write(InputStream bytes, Path part, long most) throws IOException {
        try (var file = open(part)) {
            var buffer = new byte[64 * 1024];
            long size = 0;
            for (int read; (read = bytes.read(buffer)) >= 0; ) {
                size += read;
                if (size > most) {
                    throw new RecordingLargeException(most);
                }
                write(file, ByteBuffer.wrap(buffer, 0, read));
            }
            force(file);
            return size;
        }
    }

    private static FileChannel open(Path part) {
        try {
            return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private static void write(FileChannel file, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private static void force(FileChannel file) {
        try {
            file.force(true);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private static ConnectorException notStored(IOException why) {
        return new ConnectorException(
                Fault.OURS,
                "",
                "The hub could not store the recording: " + why.getMessage() + ". See that its disk has room.",
                Duration.ZERO,
                why);
    }

    /** A file that is not there is removed. */
    void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove the recording " + name + ".", e);
        }
    }

    /** @throws IllegalStateException when the recording is not stored */
    Path of(Recording recording) {
        return recording
                .file()
                .map(folder::resolve)
                .orElseThrow(() -> new IllegalStateException("Recording " + recording.id() + " is not stored."));
    }

    /** What was being fetched when the hub died. */
    private void forgetParts() {
        try (var parts = Files.newDirectoryStream(folder, "*" + PART)) {
            for (var part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not tidy up the folder of recordings.", e);
        }
    }
}
