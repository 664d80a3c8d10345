package io.patchbay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes of its own, to be filled up and emptied. Made as root, or with a sudo that asks nothing; where neither may, the test is skipped. */
final class SmallDisk implements AutoCloseable {

    private static final int BLOCK = 64 * 1024; // bytes

    private final Path at;
    private final Path ballast;

    /** @param at becomes the root of the file system */
    SmallDisk(Path at, int megabytes) {
        this.at = at;
        this.ballast = at.resolve("ballast");
        try {
            Files.createDirectories(at);
            Assumptions.assumeTrue(
                    asRoot("mount", "-t", "tmpfs", "-o", "mode=777,size=" + megabytes + "m", "tmpfs", at.toString()),
                    "a small file system can be mounted here");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not a byte is left. */
    void fill() throws IOException {
        var block = new byte[BLOCK];
        for (int size = BLOCK; size > 0; size /= 2) {
            try (var out = Files.newByteChannel(
                    ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
                while (true) {
                    out.write(java.nio.ByteBuffer.wrap(block, 0, size));
                }
            } catch (IOException full) {
                continue;
            }
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(ballast);
    }

    private static boolean asRoot(String... command) throws IOException {
        return run(List.of(command)) || run(with("sudo", "-n", command));
    }

    private static List<String> with(String first, String second, String... rest) {
        var all = new ArrayList<>(List.of(first, second));
        all.addAll(List.of(rest));
        return all;
    }

    private static boolean run(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        asRoot("umount", "-l", at.toString());
    }
}
