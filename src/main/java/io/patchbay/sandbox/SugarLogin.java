package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Logins of a simulated SugarCRM: one session per user and platform, refresh tokens that work once and die with the next login, platforms that have to be
 * registered [doc][code] contracts/crm/sugarcrm.md §2. The body for an unknown platform is not known: here it is that of a refused login.
 */
final class SugarLogin {

    private static final Duration ACCESS = Duration.ofHours(1); // [inferred]
    private static final Duration REFRESH = Duration.ofDays(14); // [inferred]

    private final Clock clock;
    private final SugarCrm.Access access;
    private final Map<String, Instant> tokens = new HashMap<>();
    private String refresh = "";
    private Instant refreshUntil = Instant.EPOCH;
    private int passwords;
    private int renewals;
    private int wrong;

    SugarLogin(Clock clock, SugarCrm.Access access) {
        this.clock = clock;
        this.access = access;
    }

    int passwords() {
        return passwords;
    }

    int renewals() {
        return renewals;
    }

    int wrong() {
        return wrong;
    }

    void forgetAccess() {
        tokens.clear();
    }

    /** Somebody else logs in as the same user on the same platform: nothing of ours works any more. */
    void otherLogin() {
        tokens.clear();
        refresh = "";
    }

    Reply token(JsonNode asked) {
        if (!asked.path("platform").asString("base").equals(access.platform())
                || !asked.path("client_id").asString("").equals("sugar")
                || !asked.path("client_secret").asString("?").isEmpty()) {
            wrong++;
            return SugarCrm.error(401, "invalid_grant", "The platform or key is not registered.");
        }
        return switch (asked.path("grant_type").asString("")) {
            case "password" -> password(asked);
            case "refresh_token" -> renew(asked.path("refresh_token").asString(""));
            default -> SugarCrm.error(422, "missing_parameter", "grant_type");
        };
    }

    private Reply password(JsonNode asked) {
        if (!asked.path("username").asString("").equals(access.user())
                || !asked.path("password").asString("").equals(access.password())) {
            wrong++;
            return SugarCrm.error(401, "need_login", "Вы должны указать правильное имя пользователя и пароль.");
        }
        passwords++;
        return grant();
    }

    private Reply renew(String given) {
        if (given.isEmpty() || !given.equals(refresh) || clock.instant().isAfter(refreshUntil)) {
            return SugarCrm.error(401, "invalid_grant", "Ваш маркер обновления недействителен.");
        }
        renewals++;
        return grant();
    }

    private Reply grant() {
        tokens.clear();
        var token = UUID.randomUUID().toString();
        tokens.put(token, clock.instant().plus(ACCESS));
        refresh = UUID.randomUUID().toString();
        refreshUntil = clock.instant().plus(REFRESH);
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token)
                .put("expires_in", ACCESS.toSeconds())
                .put("token_type", "bearer")
                .putNull("scope")
                .put("refresh_token", refresh)
                .put("refresh_expires_in", REFRESH.toSeconds())
                .put("download_token", UUID.randomUUID().toString());
        return Reply.json(200, body.toString());
    }

    /** Right after its end a token is invalid_grant, a session nobody knows is need_login [doc] §5. */
    Optional<Reply> refused(Request request) {
        var token = request.header("OAuth-Token").orElse("");
        var until = tokens.get(token);
        if (until == null) {
            return Optional.of(SugarCrm.error(401, "need_login", "Необходимо войти в систему."));
        }
        return clock.instant().isBefore(until)
                ? Optional.empty()
                : Optional.of(SugarCrm.error(401, "invalid_grant", "Ваш маркер проверки недействителен."));
    }
}
