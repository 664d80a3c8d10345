package io.patchbay.care;

import io.patchbay.runtime.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The hub's side of commands that need the hub itself: {@code errands/<id>/ask.json} in the data folder is answered by {@code answer.json} beside it. Whoever may
 * write there runs the hub anyway, so no other proof is asked for.
 */
@Component
public class Errands {

    static final String FOLDER = "errands";
    static final String ASK = "ask.json";
    static final String ANSWER = "answer.json";

    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;
    private final List<Errand> errands;

    Errands(DataFolder data, List<Errand> errands) {
        this.folder = data.folder(FOLDER);
        this.errands = errands;
    }

    /** Whatever is asked for now, one after the other. */
    public void run() {
        try (var asked = Files.list(folder)) {
            asked.filter(one -> Files.exists(one.resolve(ASK))).sorted().forEach(this::run);
        } catch (IOException e) {
            throw new UncheckedIOException("The errands in " + folder + " could not be read.", e);
        }
    }

    private void run(Path errand) {
        var answer = JsonNodeFactory.instance.objectNode();
        try {
            var asked = JSON.readTree(errand.resolve(ASK));
            Files.delete(errand.resolve(ASK));
            answer.set("done", done(asked, errand));
        } catch (CareException | JacksonException e) {
            answer.put("why", String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.error("errand.failed fault=OURS", e);
            answer.put("why", "The hub could not do it; its log says why.");
        }
        try {
            var part = errand.resolve(ANSWER + ".part");
            Files.write(part, JSON.writeValueAsBytes(answer));
            Files.move(part, errand.resolve(ANSWER), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.error("errand.not-answered fault=OURS", e);
        }
    }

    private JsonNode done(JsonNode asked, Path errand) {
        var word = asked.path("word").asString("");
        var known = errands.stream()
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new CareException(
                        "The hub that runs is of another release: it does not know \"" + word + "\"."));
        LOG.info("errand.begun word={}", word);
        return known.run(asked, errand);
    }
}
