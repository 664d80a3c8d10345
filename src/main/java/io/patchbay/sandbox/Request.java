package io.patchbay.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request as a simulated system sees it.
 *
 * @param path  decoded, without the query
 * @param query decoded names and values in the order of the wire; a query that is one text without a name stands under the empty name
 */
public record Request(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Request of(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                        .orElse("")),
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    public Optional<String> queryValue(String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** @throws tools.jackson.core.JacksonException when the body is no JSON */
    public JsonNode json() {
        return JSON.readTree(body);
    }

    public boolean isJson() {
        return header("Content-Type").orElse("").startsWith("application/json");
    }

    /** Fields of a form-encoded body. */
    public Map<String, List<String>> form() {
        return parameters(text());
    }

    private static Map<String, List<String>> query(String encoded) {
        return encoded.isEmpty() || encoded.contains("=") || encoded.contains("&")
                ? parameters(encoded)
                : Map.of("", List.of(decoded(encoded)));
    }

    static Map<String, List<String>> parameters(String encoded) {
        var all = new LinkedHashMap<String, List<String>>();
        for (var pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                var cut = pair.indexOf('=');
                var name = cut < 0 ? pair : pair.substring(0, cut);
                var value = cut < 0 ? "" : pair.substring(cut + 1);
                all.computeIfAbsent(decoded(name), ignored -> new ArrayList<>()).add(decoded(value));
            }
        }
        return all;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
