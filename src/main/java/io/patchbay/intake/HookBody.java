package io.patchbay.intake;

import io.patchbay.protocol.xml.XmlTree;
import io.patchbay.protocol.xsi.XsiEvent;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bytes of a hook into the tree that a mapping sees: JSON as it is, XML by local names, a form with its brackets unfolded. */
final class HookBody {

    private static final int DEEPEST = 64;
    private static final int MOST_FIELDS = 5_000;
    private static final Pattern BRACKET = Pattern.compile("\\[([^\\]]*)\\]");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private HookBody() {}

    /** @throws UnreadableHookException when the bytes are not what their type says */
    static JsonNode read(String contentType, byte[] body) {
        if (body.length == 0) {
            return JsonNodeFactory.instance.nullNode();
        }
        var type = contentType.toLowerCase(Locale.ROOT);
        try {
            if (type.contains("json")) {
                return JSON.readTree(body);
            }
            if (type.contains("xml") || startsLikeXml(body)) {
                return xml(body);
            }
            if (type.contains("x-www-form-urlencoded")) {
                return form(new String(body, StandardCharsets.UTF_8), charset(type));
            }
            return JsonNodeFactory.instance.stringNode(new String(body, charset(type)));
        } catch (JacksonException e) {
            throw new UnreadableHookException("The body is no JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UnreadableHookException("The body cannot be read as " + type + ": " + e.getMessage(), e);
        }
    }

    /** Unfolds {@code data[FIELDS][ID]=5} into nested objects; keys that are numbers stay member names. */
    static ObjectNode form(String encoded, Charset charset) {
        var tree = JsonNodeFactory.instance.objectNode();
        var fields = 0;
        for (var pair : encoded.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++fields > MOST_FIELDS) {
                throw new IllegalArgumentException("more than " + MOST_FIELDS + " fields");
            }
            var cut = pair.indexOf('=');
            put(
                    tree,
                    decoded(cut < 0 ? pair : pair.substring(0, cut), charset),
                    decoded(cut < 0 ? "" : pair.substring(cut + 1), charset));
        }
        return tree;
    }

    private static void put(ObjectNode tree, String name, String value) {
        var open = name.indexOf('[');
        if (open <= 0) {
            tree.put(name, value);
            return;
        }
        var node = tree;
        var key = name.substring(0, open);
        Matcher brackets = BRACKET.matcher(name.substring(open));
        var depth = 0;
        while (brackets.find()) {
            if (++depth > DEEPEST) {
                throw new IllegalArgumentException("nested deeper than " + DEEPEST);
            }
            node = node.get(key) instanceof ObjectNode inner ? inner : node.putObject(key);
            key = brackets.group(1).isEmpty() ? Integer.toString(node.size()) : brackets.group(1);
        }
        node.put(key, value);
    }

    /** An Xsi event by its members, with its lists; any other document under the name of its root. */
    private static JsonNode xml(byte[] body) {
        var tree = XmlTree.read(body, Set.of());
        return tree.has(XsiEvent.ROOT) ? XsiEvent.read(body) : tree;
    }

    private static boolean startsLikeXml(byte[] body) {
        return new String(body, 0, Math.min(body.length, 64), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .startsWith("<?xml");
    }

    private static Charset charset(String type) {
        var at = type.indexOf("charset=");
        return at < 0
                ? StandardCharsets.UTF_8
                : Charset.forName(type.substring(at + 8).split(";")[0].strip());
    }

    private static String decoded(String text, Charset charset) {
        return URLDecoder.decode(text, charset);
    }
}
