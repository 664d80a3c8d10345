package io.patchbay.connection;

import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The system of the test connector in src/test/resources/kit-connectors/parrot. */
final class Parrot extends SimulatedServer {

    static final String TOKEN = "parrot-token-1";

    private final Map<String, String> namesByPhone = new LinkedHashMap<>();

    synchronized void client(String phone, String name) {
        namesByPhone.put(phone, name);
    }

    @Override
    protected Reply answer(Request request) {
        var token = request.header("X-Parrot-Token").orElse("");
        if (!token.equals(TOKEN)) {
            return Reply.json(401, "{\"error\":\"NO_AUTH\",\"message\":\"token " + token + " is not known\"}");
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /clients" -> found(request.queryValue("phone").orElse(""));
            case "POST /clients" -> made(request);
            case "GET /account" -> Reply.json(200, "{\"name\":\"Romashka\"}");
            case "POST /calls" ->
                Reply.json(
                        200,
                        "{\"id\":11,\"client\":" + request.json().path("client").asInt() + "}");
            case "GET /records/r-1" -> Reply.bytes(200, "audio/mpeg", new byte[300_000]);
            default -> Reply.json(404, "{\"error\":\"NOT_FOUND\",\"message\":\"nothing at " + request.path() + "\"}");
        };
    }

    private Reply found(String phone) {
        var name = namesByPhone.get(phone);
        return Reply.json(200, name == null ? "{\"rows\":[]}" : "{\"rows\":[{\"id\":1,\"name\":\"" + name + "\"}]}");
    }

    private Reply made(Request request) {
        var name = request.json().path("name").asString();
        if (name.equals("refuse me")) {
            return Reply.json(200, "{\"refused\":true}");
        }
        namesByPhone.put(request.json().path("phone").asString().replaceAll("\\D", ""), name);
        return Reply.json(200, "{\"id\":" + namesByPhone.size() + "}");
    }
}
