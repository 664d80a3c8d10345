package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Who may ask a simulated amoCRM account: one private integration with OAuth, and long-lived tokens.
 *
 * <p>A refresh token works once; a second use ends the whole family, as the second of two parallel renewals does
 * [issues amocrm-api-php #123, #269, #315] contracts/crm/amocrm.md §2. That a renewal ends the older access token at once is our
 * strictness.
 */
final class AmoLogin {

    static final Duration CODE_LIVES = Duration.ofMinutes(20); // [doc] contracts/crm/amocrm.md §2
    static final Duration ACCESS_LIVES = Duration.ofHours(24); // [doc]
    static final Duration REFRESH_LIVES = Duration.ofDays(90); // "3 months" [doc]

    private final AmoAccount.Integration integration;
    private final Clock clock;
    private final Random random = new Random(4221);
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, Access> accesses = new HashMap<>();
    private final Map<String, Refresh> refreshes = new HashMap<>();
    private int renewals;

    AmoLogin(AmoAccount.Integration integration, Clock clock) {
        this.integration = integration;
        this.clock = clock;
    }

    /** What one administrator once allowed; every pair of tokens descends from it. */
    private static final class Family {
        private final long user;
        private boolean revoked;

        private Family(long user) {
            this.user = user;
        }
    }

    private static final class Code {
        private final Family family;
        private final Instant ends;
        private boolean used;

        private Code(Family family, Instant ends) {
            this.family = family;
            this.ends = ends;
        }
    }

    private record Access(Family family, Instant ends) {}

    private static final class Refresh {
        private final Family family;
        private final Instant ends;
        private final String access;
        private boolean used;

        private Refresh(Family family, Instant ends, String access) {
            this.family = family;
            this.ends = ends;
            this.access = access;
        }
    }

    String code(long user) {
        var code = "def502" + letters(120);
        codes.put(code, new Code(new Family(user), clock.instant().plus(CODE_LIVES)));
        return code;
    }

    String longLived(long user, Duration lives) {
        var token = token();
        accesses.put(token, new Access(new Family(user), clock.instant().plus(lives)));
        return token;
    }

    /** Every token of everybody is dead: the administrator removed the integration. */
    void revokeAll() {
        accesses.values().forEach(access -> access.family().revoked = true);
        refreshes.values().forEach(refresh -> refresh.family.revoked = true);
    }

    /** Access tokens are no longer taken though their time is not over; refresh tokens still work. */
    void forgetAccessTokens() {
        accesses.clear();
    }

    int renewals() {
        return renewals;
    }

    /** The user in whose name a request comes, or empty when nobody knows the token. */
    Optional<Long> user(Request request) {
        var bearer = request.header("Authorization").orElse("");
        if (!bearer.startsWith("Bearer ")) {
            return Optional.empty();
        }
        return Optional.ofNullable(accesses.get(bearer.substring(7)))
                .filter(access -> !access.family().revoked)
                .filter(access -> clock.instant().isBefore(access.ends()))
                .map(access -> access.family().user);
    }

    Reply token(Request request) {
        if (!request.isJson()) {
            return AmoAnswers.hint(400, "The request must be JSON");
        }
        JsonNode asked;
        try {
            asked = request.json();
        } catch (JacksonException e) {
            return AmoAnswers.hint(400, "The request is no JSON");
        }
        if (!asked.path("client_id").asString("").equals(integration.clientId())
                || !asked.path("client_secret").asString("").equals(integration.clientSecret())) {
            return AmoAnswers.hint(401, "Client authentication failed");
        }
        if (!asked.path("redirect_uri").asString("").equals(integration.redirectUri())) {
            return AmoAnswers.hint(400, "Redirect URI does not match"); // byte for byte [doc]
        }
        return switch (asked.path("grant_type").asString("")) {
            case "authorization_code" -> spend(asked.path("code").asString(""));
            case "refresh_token" -> renew(asked.path("refresh_token").asString(""));
            default -> AmoAnswers.hint(400, "Check the `grant_type` parameter");
        };
    }

    private Reply spend(String text) {
        var code = codes.get(text);
        if (code == null) {
            return AmoAnswers.hint(400, "Cannot decrypt the authorization code");
        }
        if (code.used) {
            code.family.revoked = true;
            return AmoAnswers.hint(400, "Authorization code has been revoked");
        }
        if (!clock.instant().isBefore(code.ends)) {
            return AmoAnswers.hint(400, "Authorization code has expired");
        }
        code.used = true;
        return pair(code.family);
    }

    private Reply renew(String text) {
        var refresh = refreshes.get(text);
        if (refresh == null) {
            return AmoAnswers.hint(401, "Cannot decrypt the refresh token");
        }
        if (refresh.used || refresh.family.revoked) {
            refresh.family.revoked = true;
            return AmoAnswers.hint(401, "Token has been revoked");
        }
        if (!clock.instant().isBefore(refresh.ends)) {
            return AmoAnswers.hint(401, "Token has expired");
        }
        refresh.used = true;
        accesses.remove(refresh.access);
        renewals++;
        return pair(refresh.family);
    }

    private Reply pair(Family family) {
        var now = clock.instant();
        var access = token();
        var refresh = "def50200" + letters(900);
        accesses.put(access, new Access(family, now.plus(ACCESS_LIVES)));
        refreshes.put(refresh, new Refresh(family, now.plus(REFRESH_LIVES), access));
        return AmoAnswers.hal(AmoAnswers.JSON
                .objectNode()
                .put("token_type", "Bearer")
                .put("expires_in", ACCESS_LIVES.toSeconds())
                .put("access_token", access)
                .put("refresh_token", refresh)
                .put("server_time", now.getEpochSecond()));
    }

    /** As long as the real ones, so that a column or a header that is too short is found here. */
    private String token() {
        return "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9." + letters(900);
    }

    private String letters(int count) {
        var hex = new StringBuilder(count);
        while (hex.length() < count) {
            hex.append(Integer.toHexString(random.nextInt(16)));
        }
        return hex.toString();
    }
}
