package io.patchbay.bench;

import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The target of src/test/resources/bench-connectors/finch: answers at once and remembers when it was first asked what for whom. */
final class Finch extends SimulatedServer {

    static final String TOKEN = "finch-token-1";

    private final Map<String, Long> firstAsked = new ConcurrentHashMap<>();

    /** @return {@link System#nanoTime} of the first request, e.g. of {@code POST /calls} for a number */
    Optional<Long> asked(String what, String number) {
        return Optional.ofNullable(firstAsked.get(what + " " + number));
    }

    @Override
    protected Reply answer(Request request) {
        var now = System.nanoTime();
        var what = request.method() + " " + request.path();
        if (!request.header("X-Finch-Token").orElse("").equals(TOKEN)) {
            return Reply.json(401, "{\"error\":\"NO_AUTH\"}");
        }
        return switch (what) {
            case "GET /account" -> Reply.json(200, "{\"name\":\"Bench\"}");
            case "GET /employees" ->
                Reply.json(
                        200,
                        "{\"rows\":[{\"id\":\"1\",\"name\":\"Ivan\",\"extension\":\"201\",\"active\":true},{\"id\":\"2\",\"name\":\"Anna\",\"extension\":\"202\",\"active\":true}]}");
            case "GET /clients" -> {
                note(what, request.queryValue("phone").orElse(""), now);
                yield Reply.json(200, "{\"rows\":[{\"id\":7,\"name\":\"Known\"}]}");
            }
            case "POST /cards", "POST /calls" -> {
                note(what, request.json().path("phone").asString(""), now);
                yield Reply.json(200, "{\"id\":" + (firstAsked.size() + 1) + "}");
            }
            default -> Reply.json(404, "{\"error\":\"NOT_FOUND\"}");
        };
    }

    private void note(String what, String number, long now) {
        firstAsked.putIfAbsent(what + " " + number, now);
    }
}
