package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Mappings that administrators write into a setting of the type {@code jslt}, kept with the connection and not with the connector. They have the functions of
 * the connectors' own mappings, but import nothing. What one cannot do is told, never thrown: it is somebody's first try. Thread-safe.
 */
public final class OwnMapping {

    /** Compiled ones that are kept; a hub has a few. */
    private static final int MOST = 200;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<String, Expression> COMPILED =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Expression> eldest) {
                    return size() > MOST;
                }
            });

    private OwnMapping() {}

    /** What is wrong with the text as a mapping, in JSLT's words with line and column; empty when nothing is. */
    public static Optional<String> problem(String text) {
        try {
            compile(text);
            return Optional.empty();
        } catch (JsltException e) {
            return Optional.of(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("no JSLT"));
        }
    }

    /** {@code {"value": what it makes of the input}} or {@code {"error": why it makes nothing}}. */
    static JsonNode apply(String text, JsonNode input) {
        try {
            var compiled = COMPILED.computeIfAbsent(text, OwnMapping::compile);
            var made = compiled.apply(input);
            return JSON.objectNode().set("value", made == null ? NullNode.instance : made);
        } catch (JsltException e) {
            return JSON.objectNode().put("error", String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return JSON.objectNode().put("error", "a function calls itself without an end");
        }
    }

    private static Expression compile(String text) {
        return new Parser(new StringReader(text))
                .withSource("mapping")
                .withFunctions(Functions.ALL)
                .withResourceResolver(file -> {
                    throw new JsltException("nothing can be imported here: " + file);
                })
                .withObjectFilter(value -> !value.isNull())
                .compile();
    }
}
