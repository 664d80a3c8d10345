package io.patchbay.workshop;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as it has to arrive: nothing may be missing, nothing may be there besides.
 *
 * @param path    behind the base, decoded
 * @param query   decoded; a list for a name that comes several times, an object for {@code name[member]}
 * @param headers those of the connector alone; what every HTTP client sends is not looked at unless it is named here
 * @param form    of a form or of the fields of a multipart form, written like {@code query}
 * @param file    the part of a multipart form: {@code {field, name, contentType, base64 | text}}
 */
public record ToldRequest(
        String method,
        String path,
        Map<String, JsonNode> query,
        Map<String, String> headers,
        @Nullable JsonNode json,
        @Nullable Map<String, JsonNode> form,
        @Nullable String text,
        @Nullable JsonNode file) {

    public ToldRequest {
        method = method == null ? "GET" : method;
        path = path == null ? "" : path;
        query = query == null ? Map.of() : query;
        headers = headers == null ? Map.of() : headers;
    }
}
