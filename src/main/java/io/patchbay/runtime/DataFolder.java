package io.patchbay.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder with everything the hub must not forget, held by one process at a time.
 *
 * <p>The operating system frees the lock when the process dies in whatever way, so a crash never leaves a stale one.
 */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder if needed and takes it.
     *
     * @throws DataFolderInUseException when another hub holds it
     * @throws StartRefusedException    when it cannot be made or written
     */
    public static DataFolder take(Path folder) {
        try {
            var path = Files.createDirectories(folder.toAbsolutePath().normalize());
            var channel = FileChannel.open(
                    path.resolve("patchbay.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new DataFolderInUseException(path);
            }
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The data folder " + folder.toAbsolutePath().normalize() + " cannot be written: " + why(e) + ".",
                    "Let the user that runs Patchbay write there, or name another folder:"
                            + " --patchbay.data-dir=<folder>.",
                    e);
        }
    }

    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no right to write to " + denied.getFile();
            case FileAlreadyExistsException taken -> taken.getFile() + " is no folder";
            case NoSuchFileException missing -> missing.getFile() + " cannot be made";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisVeryProcess) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    /** A folder inside, made if needed. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make the folder " + name + " in " + path + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not let go of the data folder " + path + ".", e);
        }
    }
}
