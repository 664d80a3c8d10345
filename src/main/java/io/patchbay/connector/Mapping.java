package io.patchbay.connector;

import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One JSLT mapping, compiled. Thread-safe.
 *
 * <p>Members that come out as null are left out of an object; empty objects and lists stay (plain JSLT drops those too, but to a CRM an empty
 * list and no list are different words).
 */
public final class Mapping {

    private final String name;
    private final Expression expression;

    private Mapping(String name, Expression expression) {
        this.name = name;
        this.expression = expression;
    }

    /**
     * @param imports text of a file that the mapping imports, by the name it uses; throws {@link JsltException} when there is none
     * @throws JsltException when the text is no JSLT
     */
    static Mapping compile(String name, String text, Function<String, String> imports) {
        return new Mapping(
                name,
                new Parser(new StringReader(text))
                        .withSource(name)
                        .withFunctions(Functions.ALL)
                        .withResourceResolver(file -> new StringReader(imports.apply(file)))
                        .withObjectFilter(value -> !value.isNull())
                        .compile());
    }

    /** A mapping without imports, e.g. a condition in a route. */
    static Mapping of(String name, String text) {
        return compile(name, text, file -> {
            throw new JsltException("nothing can be imported here: " + file);
        });
    }

    /**
     * An expression that a person wrote.
     *
     * @throws IllegalArgumentException when it is no JSLT: the message says where and why
     */
    public static Mapping expression(String text) {
        try {
            return of("expression", text);
        } catch (JsltException e) {
            throw new IllegalArgumentException(
                    "is no JSLT: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ", line "
                            + Math.max(1, e.getLine()) + ".",
                    e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("is nested too deeply.", e);
        }
    }

    /** @throws ConnectorException (ours) when the mapping cannot cope with this input */
    public JsonNode apply(JsonNode input) {
        try {
            return Trees.ours(expression.apply(Trees.theirs(input)));
        } catch (JsltException e) {
            throw new ConnectorException(
                    Fault.OURS,
                    "mapping",
                    "The mapping " + name + " could not cope with its input: " + e.getMessage() + ".",
                    java.time.Duration.ZERO,
                    e);
        }
    }
}
