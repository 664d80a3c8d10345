package io.patchbay.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Up to fifty commands in one request, run in order; a value may refer to an earlier result as {@code $result[key][field]}. Empty parts of the
 * answer are lists, filled ones objects [doc] contracts/crm/bitrix24.md §5.
 */
final class Bitrix24Batch {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST = 50;
    private static final Pattern REFERENCE = Pattern.compile("\\$result((?:\\[[^]]+])+)");
    private static final Pattern STEP = Pattern.compile("\\[([^]]+)]");

    private final Runner runner;
    private final ObjectNode results = JSON.objectNode();
    private final ObjectNode errors = JSON.objectNode();
    private final ObjectNode totals = JSON.objectNode();
    private final ObjectNode nexts = JSON.objectNode();
    private final ObjectNode times = JSON.objectNode();

    Bitrix24Batch(Runner runner) {
        this.runner = runner;
    }

    /** Runs one command as a request of its own, without the limit of requests. */
    interface Runner {
        /** @return the whole body of a success: result, time, total, next */
        ObjectNode run(String method, ObjectNode parameters);
    }

    ObjectNode run(Bitrix24Parameters given) {
        if (!(given.node("cmd") instanceof ObjectNode commands)) {
            throw Bitrix24Refusal.core("Empty batch");
        }
        if (commands.size() > MOST) {
            throw new Bitrix24Refusal(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");
        }
        var halt = given.flag("halt", false);
        for (var command : commands.properties()) {
            try {
                single(command.getKey(), command.getValue().asString(""));
            } catch (Bitrix24Refusal refusal) {
                errors.putObject(command.getKey())
                        .put("error", refusal.code())
                        .put("error_description", refusal.text());
                if (halt) {
                    break;
                }
            }
        }
        var answer = JSON.objectNode();
        answer.set("result", orList(results));
        answer.set("result_error", orList(errors));
        answer.set("result_total", orList(totals));
        answer.set("result_next", orList(nexts));
        answer.set("result_time", orList(times));
        return answer;
    }

    private void single(String key, String command) {
        var cut = command.indexOf('?');
        var method = cut < 0 ? command : command.substring(0, cut);
        if (method.equalsIgnoreCase("batch")) {
            throw new Bitrix24Refusal(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage");
        }
        var answer =
                runner.run(method, Bitrix24Form.nested(cut < 0 ? Map.of() : parameters(command.substring(cut + 1))));
        results.set(key, answer.path("result"));
        times.set(key, answer.path("time"));
        if (answer.has("total")) {
            totals.set(key, answer.path("total"));
        }
        if (answer.has("next")) {
            nexts.set(key, answer.path("next"));
        }
    }

    private Map<String, List<String>> parameters(String encoded) {
        var all = new LinkedHashMap<String, List<String>>();
        for (var pair : encoded.split("&")) {
            var cut = pair.indexOf('=');
            if (cut > 0) {
                all.computeIfAbsent(decoded(pair.substring(0, cut)), ignored -> new ArrayList<>())
                        .add(decoded(resolved(pair.substring(cut + 1))));
            }
        }
        return all;
    }

    private String resolved(String value) {
        return REFERENCE.matcher(value).replaceAll(found -> {
            JsonNode at = results;
            for (var step = STEP.matcher(found.group(1)); step.find(); ) {
                var name = step.group(1);
                at = at.isArray() && name.matches("\\d+") ? at.path(Integer.parseInt(name)) : at.path(name);
            }
            return java.util.regex.Matcher.quoteReplacement(at.asString(""));
        });
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode orList(ObjectNode node) {
        return node.isEmpty() ? JSON.arrayNode() : node;
    }
}
