package io.patchbay.fields;

import io.patchbay.connector.Mapping;
import io.patchbay.connector.Operation;
import tools.jackson.databind.JsonNode;

/**
 * One field of theirs and what stands in it.
 *
 * @param operation in whose request it goes
 * @param to        their name of the field
 */
public record FieldRow(Operation operation, String to, Source source) {

    /** Where the value comes from. */
    public sealed interface Source {}

    /** The same in every call. */
    public record Constant(JsonNode value) implements Source {}

    /** @param path of ours, e.g. {@code call.line}: docs/architecture.md, "Operations", has them all */
    public record Ours(String path) implements Source {}

    /** @param text JSLT on the operation's input */
    public record Expression(String text, Mapping compiled) implements Source {}
}
