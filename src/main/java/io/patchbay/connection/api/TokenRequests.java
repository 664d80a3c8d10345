package io.patchbay.connection.api;

import io.patchbay.connection.Secret;
import io.patchbay.connector.Auth;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** The two requests of RFC 6749 that the hub sends: a code for tokens (4.1.3) and a refresh token for new ones (6). */
final class TokenRequests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration USUAL_LIFE = Duration.ofHours(1); // when the target does not say
    static final long LONGEST = 256 * 1024; // bytes: two tokens and a few words
    private static final List<String> WORDS = List.of("hint", "error_description", "detail", "message", "title");

    private final Door door;

    TokenRequests(Door door) {
        this.door = door;
    }

    /** @param refresh empty: the one used stays good */
    record Granted(Secret access, Optional<Secret> refresh, Duration life) {}

    Granted exchange(Target target, Auth.OAuth2 oauth, String code) {
        target.values().revealed(new Secret(code));
        return ask(target, oauth, Map.entry("grant_type", "authorization_code"), Map.entry("code", code));
    }

    Granted refresh(Target target, Auth.OAuth2 oauth, Secret refresh) {
        return ask(
                target,
                oauth,
                Map.entry("grant_type", "refresh_token"),
                Map.entry("refresh_token", target.values().revealed(refresh)));
    }

    @SafeVarargs
    private Granted ask(Target target, Auth.OAuth2 oauth, Map.Entry<String, String>... grant) {
        var fields = new ArrayList<>(List.of(grant));
        fields.add(Map.entry("client_id", needed(target, oauth.clientId())));
        fields.add(Map.entry("client_secret", needed(target, oauth.clientSecret())));
        if (!oauth.redirectUri().isEmpty()) {
            fields.add(Map.entry("redirect_uri", needed(target, oauth.redirectUri())));
        }
        try (var incoming =
                door.send(written(target, oauth, fields), target.limits().atMost(LONGEST))) {
            return granted(target, incoming);
        } catch (IOException e) {
            throw Door.unreachable(
                    "The answer of " + target.name() + " to the log-in could not be read: " + e.getMessage() + ".", e);
        }
    }

    private static String needed(Target target, String setting) {
        return target.values()
                .find(setting)
                .orElseThrow(() ->
                        new ConnectorException(Fault.SETUP, "The setting " + setting + " is missing. Fill it in."));
    }

    private static Outgoing written(Target target, Auth.OAuth2 oauth, List<Map.Entry<String, String>> fields) {
        var address = oauth.tokenUrl()
                .fill(name -> name.equals("base")
                        ? Optional.of(target.base().toString())
                        : target.values().find(name));
        var headers = Map.of("Accept", "application/json");
        return switch (oauth.tokenRequest()) {
            case QUERY ->
                new Outgoing(
                        "GET",
                        Targets.address(address + (address.contains("?") ? "&" : "?") + ApiRequest.encoded(fields)),
                        headers,
                        new byte[0],
                        "");
            case FORM -> {
                var form = new ApiRequest.Form(fields);
                yield new Outgoing("POST", Targets.address(address), headers, form.bytes(), form.contentType());
            }
            case JSON -> {
                var tree = JsonNodeFactory.instance.objectNode();
                fields.forEach(field -> tree.put(field.getKey(), field.getValue()));
                var json = new ApiRequest.Json(tree);
                yield new Outgoing("POST", Targets.address(address), headers, json.bytes(), json.contentType());
            }
        };
    }

    private static Granted granted(Target target, Incoming incoming) throws IOException {
        var text = new String(incoming.body().readAllBytes(), StandardCharsets.UTF_8);
        var body = tree(text);
        if (incoming.status() == 200 && body.path("access_token").isString()) {
            var life = body.path("expires_in");
            return new Granted(
                    new Secret(body.path("access_token").asString()),
                    body.path("refresh_token").isString()
                            ? Optional.of(new Secret(body.path("refresh_token").asString()))
                            : Optional.empty(),
                    life.asLong(0) > 0 ? Duration.ofSeconds(life.asLong()) : USUAL_LIFE);
        }
        throw refused(target, incoming, body);
    }

    private static ConnectorException refused(Target target, Incoming incoming, JsonNode body) {
        var status = incoming.status();
        var secrets = target.values().revealed();
        var code = Mask.words(body.path("error").asString(""), secrets);
        var words = WORDS.stream()
                .map(name -> body.path(name).asString(""))
                .filter(found -> !found.isEmpty())
                .map(found -> Mask.words(found, secrets))
                .findFirst()
                .orElse("");
        var said = " (" + status + (code.isEmpty() ? "" : " " + code) + (words.isEmpty() ? "" : ": " + words) + ").";
        if (status == 429 || status == 503) {
            var wait = incoming.header("retry-after");
            return new ConnectorException(
                    Fault.BUSY,
                    code,
                    target.name() + " is too busy to log in" + said,
                    Duration.ofSeconds(wait.matches("\\d{1,5}") ? Long.parseLong(wait) : 0),
                    null);
        }
        if (status >= 500 || (status < 300 && !body.isObject())) {
            // whether the refresh token was used up is unknown
            return new ConnectorException(
                    Fault.UNREACHABLE, code, target.name() + " could not log in" + said, Duration.ZERO, null);
        }
        return new ConnectorException(
                Fault.SETUP,
                code,
                target.name() + " refused the login" + said + " Connect it again.",
                Duration.ZERO,
                null);
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return NullNode.getInstance();
        }
    }
}
