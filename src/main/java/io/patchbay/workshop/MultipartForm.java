package io.patchbay.workshop;

import io.patchbay.sandbox.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a multipart form (RFC 7578) as a told case writes them. */
final class MultipartForm {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?im)^content-type: *([^\\r\\n]+)");

    private MultipartForm() {}

    /** @param base64 whether a file's bytes are shown so instead of as text */
    static ObjectNode read(Request request, boolean base64) {
        var all = JsonNodeFactory.instance.objectNode();
        var boundary = first(BOUNDARY, request.header("Content-Type").orElse(""));
        // every byte is one character in Latin 1, so that nothing is lost on the way
        var text = new String(request.body(), StandardCharsets.ISO_8859_1);
        for (var part : text.split(Pattern.quote("--" + boundary))) {
            var cut = part.indexOf("\r\n\r\n");
            if (cut > 0) {
                var head = utf8(part.substring(0, cut));
                var body = part.substring(cut + 4, part.length() - 2);
                if (first(FILE_NAME, head).isEmpty()) {
                    all.put(first(NAME, head), utf8(body));
                } else {
                    all.putObject(first(NAME, head))
                            .put("name", first(FILE_NAME, head))
                            .put("contentType", first(TYPE, head))
                            .put(base64 ? "base64" : "text", base64 ? base64(body) : utf8(body));
                }
            }
        }
        return all;
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String base64(String latin) {
        return Base64.getEncoder().encodeToString(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}
