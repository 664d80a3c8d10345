package io.patchbay.connector;

import com.schibsted.spt.data.jslt.JsltException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The mappings of one connector, compiled when the connector is read.
 *
 * <p>A file whose name starts with an underscore holds functions for the others ({@code import "_phones.jslt" as phones}) and is no mapping itself.
 */
public final class Mappings {

    private static final String FOLDER = "mappings/";
    private static final String ENDING = ".jslt";

    private final Map<String, Mapping> byName;

    private Mappings(Map<String, Mapping> byName) {
        this.byName = byName;
    }

    static Mappings of(ConnectorFolder folder, List<Problem> problems) {
        var all = new TreeMap<String, Mapping>();
        for (var file : folder.files(FOLDER, ENDING)) {
            var name = file.substring(FOLDER.length(), file.length() - ENDING.length());
            if (!name.startsWith("_")) {
                try {
                    all.put(
                            name,
                            Mapping.compile(
                                    folder.id() + "/" + name, folder.text(file).orElse(""), imported(folder)));
                } catch (JsltException e) {
                    problems.add(problem(folder, file, e));
                }
            }
        }
        return new Mappings(Collections.unmodifiableMap(all));
    }

    private static java.util.function.Function<String, String> imported(ConnectorFolder folder) {
        return file -> folder.text(FOLDER + file)
                .orElseThrow(() -> new JsltException("there is no " + FOLDER + file + " to import"));
    }

    /** Of the file where it stands, which may be one that is imported. */
    private static Problem problem(ConnectorFolder folder, String file, JsltException e) {
        var imported = FOLDER + e.getSource();
        var where = e.getSource() != null && folder.text(imported).isPresent() ? imported : file;
        return new Problem(where, Math.max(0, e.getLine()), "", "is no JSLT: " + firstLine(e));
    }

    // JSLT's message goes on with every token that would have been right
    private static String firstLine(JsltException e) {
        var message = String.valueOf(e.getMessage());
        var at = message.lastIndexOf(" at ");
        var first = message.lines().findFirst().orElse("");
        return at > first.length() ? first + message.substring(at) : first;
    }

    public Optional<Mapping> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return byName.keySet();
    }
}
