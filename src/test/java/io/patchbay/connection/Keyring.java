package io.patchbay.connection;

import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The system of the test connector keyring: refresh tokens work once, and a second use ends the whole login. */
final class Keyring extends SimulatedServer {

    static final String CLIENT_SECRET = "client-secret-1";
    static final int LIFE = 3600; // seconds

    private final Clock clock;
    private final Map<String, Instant> accessUntil = new HashMap<>();
    private final Set<String> usedRefresh = new HashSet<>();
    private final Set<String> codes = new HashSet<>();
    private String refresh = "";
    private boolean dead;
    private int issued;
    private Consumer<String> onUse = access -> {};

    Keyring(Clock clock) {
        this.clock = clock;
    }

    synchronized void code(String code) {
        codes.add(code);
    }

    /** A pair handed over at installation. */
    synchronized String[] install() {
        issued++;
        refresh = "refresh-" + issued;
        accessUntil.put("access-" + issued, clock.instant().plusSeconds(LIFE));
        return new String[] {"access-" + issued, refresh};
    }

    synchronized void expireAll() {
        accessUntil.clear();
    }

    synchronized int issued() {
        return issued;
    }

    synchronized boolean dead() {
        return dead;
    }

    /** Told of every access token that is used. */
    synchronized void onUse(Consumer<String> listener) {
        onUse = listener;
    }

    @Override
    protected Reply answer(Request request) {
        return request.path().equals("/oauth/token") ? token(request) : served(request);
    }

    private Reply token(Request request) {
        if (!field(request, "client_secret").equals(CLIENT_SECRET)
                || !field(request, "client_id").equals("client-1")) {
            return Reply.json(401, "{\"error\":\"invalid_client\"}");
        }
        if (field(request, "grant_type").equals("authorization_code")) {
            return codes.remove(field(request, "code"))
                            && field(request, "redirect_uri").equals("https://hub.test/back")
                    ? pair()
                    : Reply.json(400, "{\"error\":\"invalid_grant\",\"hint\":\"Authorization code has expired\"}");
        }
        var given = field(request, "refresh_token");
        if (usedRefresh.contains(given)) {
            dead = true;
        }
        if (dead || !given.equals(refresh)) {
            return Reply.json(401, "{\"error\":\"invalid_grant\",\"hint\":\"Token has been revoked\"}");
        }
        usedRefresh.add(given);
        return pair();
    }

    private Reply pair() {
        var pair = install();
        return Reply.json(
                200,
                "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":%d}"
                        .formatted(pair[0], pair[1], LIFE));
    }

    private Reply served(Request request) {
        var access = request.header("Authorization")
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring("Bearer ".length()))
                .or(() -> Optional.of(field(request, "auth")))
                .orElse("");
        var until = accessUntil.get(access);
        if (dead || until == null || clock.instant().isAfter(until)) {
            return Reply.json(401, "{\"error\":\"expired_token\"}");
        }
        onUse.accept(access);
        return Reply.json(200, "{\"served\":\"" + access + "\"}");
    }

    private static String field(Request request, String name) {
        if (request.isJson() && request.json().has(name)) {
            return request.json().path(name).asString();
        }
        return request.queryValue(name)
                .or(() -> Optional.ofNullable(request.form().get(name)).map(java.util.List::getFirst))
                .orElse("");
    }
}
