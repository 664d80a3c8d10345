package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Log-ins of a simulated Megaplan: a password, tokens that live 48 hours, refresh tokens that work once (the harder guess of the two). */
public final class MegaplanLogin {

    public static final String USER = "hub@example.com";
    public static final Duration LIFE = Duration.ofHours(48); // [doc] contracts/crm/megaplan.md §2

    private static final Pattern FIELD = Pattern.compile("name=\"([a-z_]+)\"\\r\\n\\r\\n([^\\r\\n]*)");

    private final Clock clock;
    private final Map<String, Instant> accesses = new HashMap<>();
    private final Set<String> refreshes = new HashSet<>();
    private String password = "secret-1";
    private int passwordLogins;
    private int renewals;
    private int issued;

    MegaplanLogin(Clock clock) {
        this.clock = clock;
    }

    /** Ends every access. */
    public void password(String changed) {
        password = changed;
        accesses.clear();
        refreshes.clear();
    }

    public int passwordLogins() {
        return passwordLogins;
    }

    public int renewals() {
        return renewals;
    }

    boolean accepts(String header) {
        var ends = accesses.get(header.replaceFirst("^Bearer ", ""));
        return ends != null && clock.instant().isBefore(ends);
    }

    Reply token(Request request) {
        if (!request.method().equals("POST")
                || !request.header("Content-Type").orElse("").startsWith("multipart/form-data")) {
            return Reply.json(400, "{\"error\":\"invalid_request\"}");
        }
        var fields = new HashMap<String, String>();
        for (var found = FIELD.matcher(request.text()); found.find(); ) {
            fields.put(found.group(1), found.group(2));
        }
        return switch (fields.getOrDefault("grant_type", "")) {
            case "password" -> {
                passwordLogins++;
                yield USER.equals(fields.get("username")) && password.equals(fields.get("password"))
                        ? granted()
                        : denied();
            }
            case "refresh_token" -> {
                renewals++;
                yield refreshes.remove(fields.get("refresh_token")) ? granted() : denied();
            }
            default -> Reply.json(400, "{\"error\":\"unsupported_grant_type\"}");
        };
    }

    private static Reply denied() {
        return Reply.json(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid username and password combination\"}");
    }

    private Reply granted() {
        issued++;
        accesses.put("access-" + issued, clock.instant().plus(LIFE));
        refreshes.add("refresh-" + issued);
        return Reply.json(
                200,
                "{\"access_token\":\"access-" + issued + "\",\"expires_in\":" + LIFE.toSeconds()
                        + ",\"token_type\":\"bearer\",\"scope\":null,\"refresh_token\":\"refresh-" + issued + "\"}");
    }
}
