package io.patchbay.connection.api;

import io.patchbay.connection.Secret;
import io.patchbay.connector.Auth;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Verdict.Meaning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Logs in as a connector's mapping {@code login} writes it. */
final class LoginRequests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Door door;

    LoginRequests(Door door) {
        this.door = door;
    }

    /** Changes when a person enters another login; tells nothing about it. */
    String fingerprint(Target target, Auth.Login login) {
        return Fingerprint.of(target.base() + " " + asked(target, login, Optional.empty()));
    }

    /** @param refresh of the last log-in; empty for a log-in from the start */
    TokenRequests.Granted ask(Target target, Auth.Login login, Optional<Secret> refresh, Instant now) {
        var request = ApiRequest.of(asked(target, login, refresh));
        try (var incoming = door.send(written(target, request), target.limits().atMost(TokenRequests.LONGEST))) {
            var body = tree(new String(incoming.body().readAllBytes(), StandardCharsets.UTF_8));
            var token = text(body, Optional.of(login.token()));
            if (incoming.status() < 300 && token.isPresent()) {
                return new TokenRequests.Granted(
                        new Secret(token.get()),
                        text(body, login.refresh()).map(Secret::new),
                        login.life()
                                .map(body::at)
                                .map(seconds -> seconds.asLong(0))
                                .filter(seconds -> seconds > 0)
                                .map(Duration::ofSeconds)
                                .orElse(login.lives()));
            }
            throw refused(target, incoming, body, now);
        } catch (IOException e) {
            throw Door.unreachable(
                    "The answer of " + target.name() + " to the log-in could not be read: " + e.getMessage() + ".", e);
        }
    }

    private static JsonNode asked(Target target, Auth.Login login, Optional<Secret> refresh) {
        var input = NODES.objectNode();
        var secrets = input.putObject("secrets");
        login.secrets().forEach(name -> target.values().find(name).ifPresent(value -> secrets.put(name, value)));
        refresh.ifPresent(token -> input.put("refresh", target.values().revealed(token)));
        ObjectNode settings = NODES.objectNode();
        settings.setAll(target.connector().withFallbacks(target.connection().settings()));
        var view = NODES.objectNode();
        view.set("input", input);
        view.set("settings", settings);
        return target.connector()
                .mappings()
                .find(Auth.Login.LOGIN_MAPPING)
                .orElseThrow(() -> new ConnectorException(Fault.OURS, "The connector has no mapping for the log-in."))
                .apply(view);
    }

    private static Outgoing written(Target target, ApiRequest request) {
        var text = target.base() + request.path();
        if (!request.query().isEmpty()) {
            text += "?" + ApiRequest.encoded(request.query());
        }
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.putIfAbsent("Accept", "application/json");
        return new Outgoing(
                request.method(),
                Targets.address(text),
                headers,
                request.body().map(ApiRequest.Body::bytes).orElse(new byte[0]),
                request.body().map(ApiRequest.Body::contentType).orElse(""));
    }

    private static ConnectorException refused(Target target, Incoming incoming, JsonNode body, Instant now) {
        var answers = target.connector().answers();
        var judged = new Judge(answers)
                .of(
                        incoming.status(),
                        incoming.header(answers.retryHeader().toLowerCase(java.util.Locale.ROOT)),
                        body,
                        now);
        var secrets = target.values().revealed();
        var code = Mask.words(judged.code(), secrets);
        var words = Mask.words(judged.text(), secrets);
        var said = " (" + incoming.status() + (code.isEmpty() ? "" : " " + code) + (words.isEmpty() ? "" : ": " + words)
                + ").";
        return switch (judged.is()) {
            case BUSY ->
                new ConnectorException(
                        Fault.BUSY, code, target.name() + " is too busy to log in" + said, judged.pause(), null);
            case DONE, UNREACHABLE ->
                new ConnectorException(
                        Fault.UNREACHABLE, code, target.name() + " could not log in" + said, judged.pause(), null);
            case SETUP, RENEW, REFUSED, NOT_SUPPORTED ->
                new ConnectorException(
                        Fault.SETUP,
                        code,
                        target.name() + " refused the login" + said + " Correct it in the connection.",
                        judged.is() == Meaning.SETUP ? judged.pause() : Duration.ZERO,
                        null);
        };
    }

    private static Optional<String> text(JsonNode body, Optional<JsonPointer> place) {
        return place.map(body::at)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(found -> !found.isEmpty());
    }

    private static JsonNode tree(String text) {
        try {
            return text.isEmpty() ? NODES.nullNode() : JSON.readTree(text);
        } catch (JacksonException e) {
            return NODES.stringNode(text);
        }
    }
}
