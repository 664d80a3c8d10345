package io.patchbay.connector;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A YAML text as a JSON tree that still knows its lines, so that a problem can be shown where it stands. Anchors and aliases are followed.
 */
public final class YamlDocument {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Map<String, Integer> lines = new HashMap<>();
    private final JsonNode tree;

    private YamlDocument(Optional<Node> root) {
        this.tree = root.map(node -> tree("", node)).orElse(JSON.missingNode());
    }

    // read in one piece: where a piece of the reader ends within an emoji, SnakeYAML Engine 2 reads past its buffer;
    // can go when it does no more
    private static LoadSettings settings(String text) {
        return LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setBufferSize(text.length() + 1)
                .build();
    }

    /** @throws WrongYaml when it is none */
    public static YamlDocument of(String text) {
        try {
            return new YamlDocument(new Compose(settings(text)).composeString(text));
        } catch (MarkedYamlEngineException e) {
            throw new WrongYaml(
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0), String.valueOf(e.getProblem()), e);
        } catch (YamlEngineException e) {
            throw new WrongYaml(0, String.valueOf(e.getMessage()), e);
        }
    }

    /** Text that cannot be read as YAML. */
    public static final class WrongYaml extends RuntimeException {

        private final int line;

        private WrongYaml(int line, String problem, @Nullable Throwable cause) {
            super(problem, cause);
            this.line = line;
        }

        /** 1 for the first, 0 when it is not known. */
        public int line() {
            return line;
        }
    }

    public JsonNode tree() {
        return tree;
    }

    /**
     * Where a member stands.
     *
     * @param path e.g. {@code auth[0].kind}; of what is not there, the line of what it would stand in
     * @return 1 for the first line, 0 for an empty text
     */
    public int line(String path) {
        for (var place = path; !place.isEmpty(); place = parent(place)) {
            var line = lines.get(place);
            if (line != null) {
                return line;
            }
        }
        return lines.getOrDefault("", 0);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    private JsonNode tree(String path, Node node) {
        lines.putIfAbsent(path, line(node));
        return switch (node) {
            case MappingNode mapping -> {
                var object = JSON.objectNode();
                mapping.getValue().forEach(member -> {
                    var name = member.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
                    var place = path.isEmpty() ? name : path + "." + name;
                    if (object.has(name)) {
                        throw new WrongYaml(line(member.getKeyNode()), "the key " + name + " is there twice", null);
                    }
                    lines.put(place, line(member.getKeyNode()));
                    object.set(name, tree(place, member.getValueNode()));
                });
                yield object;
            }
            case SequenceNode sequence -> {
                var array = JSON.arrayNode();
                for (var i = 0; i < sequence.getValue().size(); i++) {
                    array.add(tree(path + "[" + i + "]", sequence.getValue().get(i)));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> JSON.nullNode();
        };
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static JsonNode scalar(ScalarNode scalar) {
        var text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (scalar.getTag().equals(Tag.INT) && text.matches("[-+]?[0-9]{1,18}")) {
            var number = Long.parseLong(text);
            return number == (int) number ? JSON.numberNode((int) number) : JSON.numberNode(number);
        }
        if (scalar.getTag().equals(Tag.FLOAT) && text.matches("[-+0-9.eE]+")) {
            return JSON.numberNode(new java.math.BigDecimal(text));
        }
        return JSON.stringNode(text);
    }
}
