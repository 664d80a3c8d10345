package io.patchbay.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * The files of one connector, on the class path or on disk.
 *
 * @param id       the folder's name
 * @param location Spring address of the folder with a slash at its end, e.g. {@code classpath:connectors/example/}
 */
public record ConnectorFolder(String id, String location, ResourcePatternResolver resources) {

    /** A file's text, UTF-8. */
    public Optional<String> text(String file) {
        return bytes(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    public Optional<byte[]> bytes(String file) {
        var resource = resources.getResource(location + file);
        if (!resource.exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(resource.getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file + " of connector " + id + ".", e);
        }
    }

    /** Files directly inside {@code folder} (empty: this folder) whose names end so, by name. */
    public List<String> files(String folder, String ending) {
        try {
            return Arrays.stream(resources.getResources(location + folder + "*" + ending))
                    .map(Resource::getFilename)
                    .filter(name -> name != null && !name.isEmpty())
                    .sorted()
                    .map(name -> folder + name)
                    .toList();
        } catch (IOException folderIsMissing) {
            return List.of();
        }
    }
}
