package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tokens of V8 and sessions of v4_1. */
final class SuiteLogin {

    private static final Duration TOKEN = Duration.ofHours(1); // [real]
    private static final Duration SESSION = Duration.ofMinutes(24); // PHP's default, counted from the last use

    private final Clock clock;
    private final SuiteCrm.Access access;
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Map<String, Instant> sessions = new HashMap<>();
    private int logins;

    SuiteLogin(Clock clock, SuiteCrm.Access access) {
        this.clock = clock;
        this.access = access;
    }

    int logins() {
        return logins;
    }

    void forgetAll() {
        tokens.clear();
        sessions.clear();
    }

    Reply token(Request request) {
        var json = request.header("Content-Type").orElse("").contains("json")
                ? request.json()
                : JsonNodeFactory.instance.missingNode();
        var grant = field(request, json, "grant_type");
        if (!grant.equals("client_credentials")) {
            return SuiteV8.json(400, node("unsupported_grant_type", "The authorization grant type is not supported"));
        }
        if (!field(request, json, "client_id").equals(access.clientId())
                || !field(request, json, "client_secret").equals(access.clientSecret())) {
            return SuiteV8.json(401, node("invalid_client", "Client authentication failed"));
        }
        logins++;
        var token = "v8." + UUID.randomUUID();
        tokens.put(token, clock.instant().plus(TOKEN));
        return SuiteV8.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("token_type", "Bearer")
                        .put("expires_in", TOKEN.toSeconds())
                        .put("access_token", token));
    }

    private static JsonNode node(String error, String message) {
        return JsonNodeFactory.instance.objectNode().put("error", error).put("message", message);
    }

    private static String field(Request request, JsonNode json, String name) {
        return json.isObject()
                ? json.path(name).asString("")
                : request.form().getOrDefault(name, java.util.List.of("")).getFirst();
    }

    /** Why the token of this request is not good; empty when it is. */
    Optional<Reply> refused(Request request) {
        var header = request.header("Authorization").orElse("");
        if (!header.startsWith("Bearer ")) {
            return Optional.of(denied("Missing \"Authorization\" header"));
        }
        var until = tokens.get(header.substring(7));
        if (until == null) {
            return Optional.of(denied("Error while decoding to JSON"));
        }
        return clock.instant().isBefore(until) ? Optional.empty() : Optional.of(denied("Access token is invalid"));
    }

    private static Reply denied(String hint) {
        return SuiteV8.json(
                401,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", "access_denied")
                        .put("message", "The resource owner or authorization server denied the request.")
                        .put("hint", hint));
    }

    /** A session, or empty for a wrong login. */
    Optional<String> session(JsonNode user) {
        var password = user.path("password").asString("");
        var right = "PLAIN".equals(user.path("encryption").asString(""))
                ? password.equals(access.password())
                : password.equals(md5(access.password()));
        if (!right || !user.path("user_name").asString("").equals(access.user())) {
            return Optional.empty();
        }
        logins++;
        var session = UUID.randomUUID().toString().replace("-", "");
        sessions.put(session, clock.instant());
        return Optional.of(session);
    }

    boolean isOpen(String session) {
        var last = sessions.get(session);
        if (last == null || clock.instant().isAfter(last.plus(SESSION))) {
            return false;
        }
        sessions.put(session, clock.instant());
        return true;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5.", e);
        }
    }
}
