package io.patchbay.connector;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.JsonNode;

/** Carries JSON trees between our Jackson 3 and the Jackson 2 inside JSLT. Waits for a JSLT on Jackson 3, then it can go. */
final class Trees {

    private static final JsonNodeFactory THEIRS = JsonNodeFactory.instance;
    private static final tools.jackson.databind.node.JsonNodeFactory OURS =
            tools.jackson.databind.node.JsonNodeFactory.instance;

    private Trees() {}

    static com.fasterxml.jackson.databind.JsonNode theirs(JsonNode ours) {
        return switch (ours.getNodeType()) {
            case OBJECT -> {
                var object = THEIRS.objectNode();
                ours.properties().forEach(member -> object.set(member.getKey(), theirs(member.getValue())));
                yield object;
            }
            case ARRAY -> {
                var array = THEIRS.arrayNode(ours.size());
                ours.forEach(element -> array.add(theirs(element)));
                yield array;
            }
            case STRING -> THEIRS.textNode(ours.stringValue());
            case BOOLEAN -> THEIRS.booleanNode(ours.booleanValue());
            case NUMBER -> {
                if (ours.isIntegralNumber()) {
                    yield ours.canConvertToLong()
                            ? THEIRS.numberNode(ours.longValue())
                            : THEIRS.numberNode(ours.bigIntegerValue());
                }
                yield ours.isBigDecimal()
                        ? THEIRS.numberNode(ours.decimalValue())
                        : THEIRS.numberNode(ours.doubleValue());
            }
            default -> THEIRS.nullNode();
        };
    }

    static JsonNode ours(com.fasterxml.jackson.databind.JsonNode theirs) {
        return switch (theirs.getNodeType()) {
            case OBJECT -> {
                var object = OURS.objectNode();
                theirs.properties().forEach(member -> object.set(member.getKey(), ours(member.getValue())));
                yield object;
            }
            case ARRAY -> {
                var array = OURS.arrayNode(theirs.size());
                theirs.forEach(element -> array.add(ours(element)));
                yield array;
            }
            case STRING -> OURS.stringNode(theirs.textValue());
            case BOOLEAN -> OURS.booleanNode(theirs.booleanValue());
            case NUMBER -> {
                if (theirs.isIntegralNumber()) {
                    yield theirs.canConvertToLong()
                            ? OURS.numberNode(theirs.longValue())
                            : OURS.numberNode(theirs.bigIntegerValue());
                }
                yield theirs.isBigDecimal()
                        ? OURS.numberNode(theirs.decimalValue())
                        : OURS.numberNode(theirs.doubleValue());
            }
            default -> OURS.nullNode();
        };
    }
}
