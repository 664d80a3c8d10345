package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The bodies and headers a simulated amoCRM account answers with. */
final class AmoAnswers {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AmoAnswers() {}

    static Reply hal(JsonNode body) {
        return reply(200, "application/hal+json", body.toString());
    }

    /** An empty body: nothing found, or past the last page. [doc] contracts/crm/amocrm.md §5 */
    static Reply nothing() {
        return reply(204, "application/hal+json", "");
    }

    static Reply accepted() {
        return reply(202, "application/hal+json", "");
    }

    static Reply problem(int status, String title, String detail) {
        var body = JSON.objectNode()
                .put("title", title)
                .put("type", "https://httpstatus.es/" + status)
                .put("status", status)
                .put("detail", detail);
        return reply(status, "application/problem+json", body.toString());
    }

    /** A refused log-in; {@code hint} is the only member that tells one reason from another. */
    static Reply hint(int status, String hint) {
        var body = JSON.objectNode()
                .put("hint", hint)
                .put("title", status == 401 ? "Unauthorized" : "Bad Request")
                .put("type", "https://developers.amocrm.ru/v3/errors/OAuthProblemJson")
                .put("status", status)
                .put("detail", "The login is refused");
        return reply(status, "application/problem+json", body.toString());
    }

    /** The body is small and the wait is in it, not in a header. [doc] contracts/crm/amocrm.md §5 */
    static Reply tooMany(int retryAfterSeconds) {
        var body = JSON.objectNode()
                .put("title", "Too Many Requests")
                .put("status", 429)
                .put("detail", "Too Many Requests")
                .put("retry_after", retryAfterSeconds);
        return reply(429, "application/problem+json", body.toString());
    }

    /** The whole account is shut after repeated 429; the body is no JSON. [code amo-php] contracts/crm/amocrm.md §5 */
    static Reply blocked() {
        return reply(403, "text/html", "<html><body><h1>403 Forbidden</h1></body></html>");
    }

    static Reply invalid(List<AmoShape.Wrong> all) {
        var rows = JSON.arrayNode();
        var byRow = new LinkedHashMap<String, ArrayNode>();
        for (var wrong : all) {
            byRow.computeIfAbsent(wrong.requestId(), id -> {
                        var row = rows.addObject().put("request_id", id);
                        return row.putArray("errors");
                    })
                    .addObject()
                    .put("code", wrong.code())
                    .put("path", wrong.path())
                    .put("detail", wrong.detail());
        }
        var body = JSON.objectNode();
        body.set("validation-errors", rows);
        body.put("title", "Bad Request")
                .put("type", "https://httpstatus.es/400")
                .put("status", 400)
                .put("detail", "Request validation failed");
        return reply(400, "application/problem+json", body.toString());
    }

    /** {@code {"_total_items": 1, "_embedded": {<name>: rows}}}. */
    static ObjectNode collection(String name, ArrayNode rows) {
        var body = JSON.objectNode().put("_total_items", rows.size());
        body.putObject("_embedded").set(name, rows);
        return body;
    }

    private static Reply reply(int status, String contentType, String text) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Request-Id", UUID.randomUUID().toString());
        if (!text.isEmpty()) {
            headers.put("Content-Type", contentType);
        }
        return new Reply(status, Map.copyOf(headers), text.getBytes(StandardCharsets.UTF_8));
    }
}
