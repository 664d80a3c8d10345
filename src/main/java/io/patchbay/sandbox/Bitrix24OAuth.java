package io.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens of one local application. An access token lives an hour, a refresh token works once: the docs do not say so in so many words, and a
 * client that keeps to it works either way [inferred] contracts/crm/bitrix24.md §2.3.
 */
final class Bitrix24OAuth {

    static final String CLIENT_ID = "local.6863b2a1c4d5e9.80417236";
    static final String CLIENT_SECRET = "sandbox-client-secret-7c1e";

    private static final Duration ACCESS = Duration.ofHours(1);
    private static final Duration REFRESH = Duration.ofDays(180);
    private static final Set<String> NOT_TOLD_APART =
            Set.of("client_id", "client_secret", "grant_type", "refresh_token", "code", "redirect_uri", "scope");

    private final Clock clock;
    private final Map<String, Instant> accessUntil = new HashMap<>();
    private final Map<String, Instant> refreshUntil = new HashMap<>();
    private final Set<String> spent = new HashSet<>();
    private final Set<String> revoked = new HashSet<>();
    private int renewals;
    private boolean unpaid;

    Bitrix24OAuth(Clock clock) {
        this.clock = clock;
    }

    record Pair(String access, String refresh, Instant until) {}

    Pair issue() {
        var now = clock.instant();
        var pair = new Pair("a" + secret(), "r" + secret(), now.plus(ACCESS));
        accessUntil.put(pair.access(), pair.until());
        refreshUntil.put(pair.refresh(), now.plus(REFRESH));
        return pair;
    }

    /** Whether this access token opens the portal now. */
    void check(String access) {
        var until = accessUntil.get(access);
        if (until == null || revoked.contains(access)) {
            throw new Bitrix24Refusal(401, "invalid_token", "Unable to get application by token");
        }
        if (!clock.instant().isBefore(until)) {
            throw new Bitrix24Refusal(401, "expired_token", "The access token provided has expired.");
        }
    }

    /** GET with everything in the query [doc] §2.3. */
    ObjectNode renew(Request request, ObjectNode about) {
        if (!request.method().equals("GET")
                || !NOT_TOLD_APART.containsAll(request.query().keySet())) {
            throw new Bitrix24Refusal(
                    400, "invalid_request", "An incorrectly formatted authorization request was provided.");
        }
        if (unpaid) {
            throw new Bitrix24Refusal(400, "PAYMENT_REQUIRED", "Payment required");
        }
        if (!request.queryValue("client_id").equals(Optional.of(CLIENT_ID))) {
            throw new Bitrix24Refusal(400, "wrong_client", "Wrong client");
        }
        if (!request.queryValue("client_secret").equals(Optional.of(CLIENT_SECRET))) {
            throw new Bitrix24Refusal(401, "invalid_client", "Invalid client credentials were provided.");
        }
        if (!request.queryValue("grant_type").equals(Optional.of("refresh_token"))) {
            throw new Bitrix24Refusal(400, "invalid_request", "The grant type is not supported here.");
        }
        spend(request.queryValue("refresh_token").orElse(""));
        renewals++;
        var pair = issue();
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", pair.access())
                .put("refresh_token", pair.refresh())
                .put("expires", pair.until().getEpochSecond())
                .put("expires_in", ACCESS.toSeconds())
                .setAll(about);
    }

    private void spend(String refresh) {
        var until = refreshUntil.get(refresh);
        if (until == null || !clock.instant().isBefore(until) || !spent.add(refresh)) {
            throw new Bitrix24Refusal(400, "invalid_grant", "Invalid authorization grant.");
        }
    }

    /** Everything handed out so far is worth nothing any more: the application was removed. */
    void revokeAll() {
        revoked.addAll(accessUntil.keySet());
        spent.addAll(refreshUntil.keySet());
    }

    void expireAccess() {
        accessUntil.replaceAll((token, until) -> clock.instant());
    }

    void setUnpaid(boolean unpaid) {
        this.unpaid = unpaid;
    }

    int renewals() {
        return renewals;
    }

    static String secret() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
