package io.patchbay.care;

import io.patchbay.runtime.DataFolder;
import io.patchbay.runtime.DataFolderInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The hub on a data folder, as a command asks it for something: see {@link Errands}. */
final class RunningHub {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path data;

    /** @throws CareException when no hub runs there */
    RunningHub(Path data) {
        this.data = data;
        if (!Files.exists(data.resolve(Errands.FOLDER))) {
            throw new CareException("No hub runs on " + data + ". Start it, and ask again.");
        }
        try (var free = DataFolder.take(data)) {
            throw new CareException("No hub runs on " + free.path() + ". Start it, and ask again.");
        } catch (DataFolderInUseException itRuns) {
            return;
        }
    }

    /** What is done with the answer and the files beside it, before they are removed. */
    interface Taker<T> {
        T take(JsonNode answer, Path files);
    }

    /** @throws CareException when the hub cannot do it, with its reason */
    <T> T ask(String word, ObjectNode asked, Taker<T> taker) {
        var errand = data.resolve(Errands.FOLDER).resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(errand);
            var part = errand.resolve(Errands.ASK + ".part");
            Files.write(part, JSON.writeValueAsBytes(asked.put("word", word)));
            Files.move(part, errand.resolve(Errands.ASK), StandardCopyOption.ATOMIC_MOVE);
            var answer = answer(errand.resolve(Errands.ANSWER));
            if (answer.has("why")) {
                throw new CareException(answer.path("why").asString(""));
            }
            return taker.take(answer.path("done"), errand);
        } catch (IOException e) {
            throw new UncheckedIOException("The hub on " + data + " could not be asked.", e);
        } finally {
            remove(errand);
        }
    }

    private static JsonNode answer(Path file) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file)) {
            if (System.nanoTime() > until) {
                throw new CareException(
                        "The hub did not answer in " + PATIENCE.toMinutes() + " minutes. Its log says what it does.");
            }
            pause();
        }
        return JSON.readTree(file);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CareException("Interrupted.", e);
        }
    }

    static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + folder + ".", e);
        }
    }
}
