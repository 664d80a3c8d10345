package io.patchbay.connection.api;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request mapping asks for: {@code {"method", "path" or "url", "query", "headers", "json" | "form" | "text" | "file"}}.
 *
 * @param path  after the base, as on the wire (already percent-encoded), empty when there is a {@code url}
 * @param url   replaces base and path, empty for none
 * @param query names and values in order, not encoded yet
 */
record ApiRequest(
        String method,
        String path,
        String url,
        List<Map.Entry<String, String>> query,
        Map<String, String> headers,
        Optional<Body> body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MULTIPART = "multipart/form-data";
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final Set<String> MEMBERS =
            Set.of("method", "path", "url", "query", "headers", "json", "form", "text", "contentType", "file");

    /** Something to send. */
    sealed interface Body {

        byte[] bytes();

        String contentType();
    }

    /** A JSON body stays a tree until it is sent, because a token may have to be put into it. */
    record Json(JsonNode tree) implements Body {
        @Override
        public byte[] bytes() {
            return tree.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String contentType() {
            return "application/json";
        }
    }

    record Form(List<Map.Entry<String, String>> fields) implements Body {
        @Override
        public byte[] bytes() {
            return encoded(fields).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String contentType() {
            return "application/x-www-form-urlencoded";
        }
    }

    record Bytes(byte[] bytes, String contentType) implements Body {}

    static ApiRequest of(JsonNode node) {
        if (!node.isObject()) {
            throw wrong("is no object");
        }
        node.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .findAny()
                .ifPresent(name -> {
                    throw wrong("has an unknown member '" + name + "'");
                });
        var method = node.path("method").asString("GET").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw wrong("has an unknown method " + method);
        }
        return new ApiRequest(
                method,
                path(node.path("path").asString("")),
                node.path("url").asString(""),
                pairs(node.path("query")),
                headers(node.path("headers")),
                body(node));
    }

    /** What a target's limit for one method goes by. */
    String place() {
        return path.isEmpty() ? url : path;
    }

    private static String path(String path) {
        if (path.isEmpty() || path.matches("/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*") && !path.matches(".*/\\.\\.?(/.*)?")) {
            return path;
        }
        throw wrong("has a path that is not absolute and percent-encoded (use url-encode for its parts, query for a"
                + " query)");
    }

    private static Map<String, String> headers(JsonNode node) {
        var all = new LinkedHashMap<String, String>();
        node.properties().forEach(header -> {
            var value = header.getValue().asString();
            if (!header.getKey().matches("[A-Za-z0-9-]+") || value.chars().anyMatch(c -> c < ' ' || c == 127)) {
                throw wrong("has a header with a line break or a strange name");
            }
            all.put(header.getKey(), value);
        });
        return all;
    }

    /** Members of an object as parameters: a list gives one for each element, null gives none, an object gives {@code name[member]}. */
    private static List<Map.Entry<String, String>> pairs(JsonNode node) {
        var all = new ArrayList<Map.Entry<String, String>>();
        node.properties().forEach(member -> add(member.getKey(), member.getValue(), all));
        return all;
    }

    private static void add(String name, JsonNode value, List<Map.Entry<String, String>> all) {
        switch (value.getNodeType()) {
            case NULL, MISSING -> {}
            case ARRAY -> value.forEach(element -> add(name, element, all));
            case OBJECT ->
                value.properties().forEach(member -> add(name + "[" + member.getKey() + "]", member.getValue(), all));
            default -> all.add(Map.entry(name, value.asString()));
        }
    }

    private static Optional<Body> body(JsonNode node) {
        var json = node.get("json");
        var form = node.get("form");
        var text = node.get("text");
        var file = node.get("file");
        if (file != null) {
            return Optional.of(file(file, form));
        }
        if (json != null) {
            return Optional.of(new Json(json));
        }
        if (form != null) {
            return Optional.of(
                    node.path("contentType").asString("").equals(MULTIPART) ? multipart(form) : new Form(pairs(form)));
        }
        return text == null
                ? Optional.empty()
                : Optional.of(new Bytes(
                        text.asString().getBytes(StandardCharsets.UTF_8),
                        node.path("contentType").asString("text/plain; charset=UTF-8")));
    }

    /** With {@code field}: a part of that name in a multipart form, after the form's other fields. Without: the bytes are the body. */
    private static Body file(JsonNode file, @Nullable JsonNode form) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(file.path("base64").asString(""));
        } catch (IllegalArgumentException e) {
            throw wrong("has a file that is not Base64");
        }
        var type = file.path("contentType").asString("application/octet-stream");
        var field = file.path("field").asString("");
        return field.isEmpty()
                ? new Bytes(bytes, type)
                : multipart(field, file.path("name").asString("file"), type, bytes, form);
    }

    /** Fields alone, for a target that takes no other form. */
    private static Body multipart(JsonNode form) {
        var boundary = boundary();
        var out = new ByteArrayOutputStream();
        writeFields(out, boundary, form);
        write(out, "--" + boundary + "--\r\n");
        return new Bytes(out.toByteArray(), MULTIPART + "; boundary=" + boundary);
    }

    private static String boundary() {
        return "patchbay-" + UUID.randomUUID();
    }

    private static void writeFields(ByteArrayOutputStream out, String boundary, JsonNode form) {
        pairs(form).forEach(pair -> {
            write(out, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(pair.getKey()));
            write(out, "\"\r\n\r\n" + pair.getValue() + "\r\n");
        });
    }

    private static Body multipart(String field, String name, String type, byte[] bytes, @Nullable JsonNode form) {
        var boundary = boundary();
        var out = new ByteArrayOutputStream(bytes.length + 1024);
        if (form != null) {
            writeFields(out, boundary, form);
        }
        write(out, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(field));
        write(
                out,
                "\"; filename=\"" + quoted(name) + "\"\r\nContent-Type: " + type.replaceAll("[\\r\\n]", "")
                        + "\r\n\r\n");
        out.writeBytes(bytes);
        write(out, "\r\n--" + boundary + "--\r\n");
        return new Bytes(out.toByteArray(), MULTIPART + "; boundary=" + boundary);
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    // as browsers do it (WHATWG)
    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** Names and values for a query or a form: UTF-8, blanks as {@code %20}. A value without a name stands alone, as a query that is one JSON text. */
    static String encoded(List<Map.Entry<String, String>> pairs) {
        return String.join(
                "&",
                pairs.stream()
                        .map(pair -> (pair.getKey().isEmpty() ? "" : encoded(pair.getKey()) + "=")
                                + encoded(pair.getValue()))
                        .toList());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same with one more member in the body: how some targets want the token. */
    ApiRequest withBodyMember(String name, String value) {
        var sent = body.orElseGet(() -> new Form(List.of()));
        Body more = switch (sent) {
            case Json(ObjectNode tree) -> new Json(tree.deepCopy().put(name, value));
            case Form(var fields) -> {
                var all = new ArrayList<>(fields);
                all.add(Map.entry(name, value));
                yield new Form(all);
            }
            case Json other -> throw wrong("needs an object as body, because the token goes into it");
            case Bytes other -> throw wrong("needs a JSON or form body, because the token goes into it");
        };
        return new ApiRequest(method, path, url, query, headers, Optional.of(more));
    }

    /** What the form carries under that name, the first of several. */
    Optional<String> field(String name) {
        return body.orElse(null) instanceof Form(var fields)
                ? fields.stream()
                        .filter(field -> field.getKey().equals(name))
                        .map(Map.Entry::getValue)
                        .findFirst()
                : Optional.empty();
    }

    /** The same with the value as the first element of the JSON list that a field of the form holds. */
    ApiRequest withFirstElement(String name, String value) {
        if (body.orElse(null) instanceof Form(var fields)) {
            var all = fields.stream()
                    .map(field ->
                            field.getKey().equals(name) ? Map.entry(name, prepended(field.getValue(), value)) : field)
                    .toList();
            if (!all.equals(fields)) {
                return new ApiRequest(method, path, url, query, headers, Optional.of(new Form(all)));
            }
        }
        throw wrong("needs a form with the field " + name + ", because the session goes into it");
    }

    private static String prepended(String list, String value) {
        try {
            if (JSON.readTree(list) instanceof ArrayNode array) {
                return array.insert(0, value).toString();
            }
        } catch (JacksonException e) {
            throw wrong("has a field that is no JSON, and the session goes into it");
        }
        throw wrong("has a field that is no JSON list, and the session goes into it");
    }

    private static ConnectorException wrong(String what) {
        return new ConnectorException(Fault.OURS, "The connector's request mapping is wrong: its result " + what + ".");
    }
}
