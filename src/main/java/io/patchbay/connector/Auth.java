package io.patchbay.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;

/**
 * How a request proves who sends it: a building block named after what it does, not after who needs it.
 *
 * <p>Members that are {@link Template}s hold names of settings in braces; other strings that name a setting say so.
 */
public sealed interface Auth {

    /** Settings with the values that make this way the one in use; empty: always. */
    Map<String, String> when();

    /** Every setting this way reads. */
    Set<String> settings();

    /** A header of its own, e.g. {@code X-Api-Key: {token}}. */
    record Header(Map<String, String> when, String name, Template value) implements Auth {
        @Override
        public Set<String> settings() {
            return value.names();
        }
    }

    /** RFC 7617. */
    record Basic(Map<String, String> when, Template user, Template password) implements Auth {
        @Override
        public Set<String> settings() {
            var all = new TreeSet<>(user.names());
            all.addAll(password.names());
            return all;
        }
    }

    /** {@code Authorization: Bearer} with a token that does not change by itself. */
    record Bearer(Map<String, String> when, Template token) implements Auth {
        @Override
        public Set<String> settings() {
            return token.names();
        }
    }

    /** A query parameter. */
    record Query(Map<String, String> when, String name, Template value) implements Auth {
        @Override
        public Set<String> settings() {
            return value.names();
        }
    }

    /** Segments between the base and the path of the request, e.g. {@code /rest/{user}/{code}}; never shown in a log. */
    record Path(Map<String, String> when, Template path) implements Auth {
        @Override
        public Set<String> settings() {
            return path.names();
        }
    }

    /**
     * OAuth 2 with refresh tokens that may each be used only once.
     *
     * @param tokenUrl      where tokens are asked for; {@code {base}} is the connection's base address
     * @param clientId      names a setting
     * @param clientSecret  names a setting
     * @param redirectUri   names a setting; empty when the target does not ask for it
     * @param code          names a setting with a one-time code that is spent at the first connect; empty when tokens only come by hand-over
     * @param refreshBefore how long before its end a token is renewed
     */
    record OAuth2(
            Map<String, String> when,
            Template tokenUrl,
            TokenRequest tokenRequest,
            String clientId,
            String clientSecret,
            String redirectUri,
            String code,
            Send send,
            Duration refreshBefore)
            implements Auth {
        @Override
        public Set<String> settings() {
            var all = new TreeSet<>(tokenUrl.names());
            all.remove("base");
            for (var name : new String[] {clientId, clientSecret, redirectUri, code}) {
                if (!name.isEmpty()) {
                    all.add(name);
                }
            }
            return all;
        }
    }

    /**
     * A log-in for a token or session, asked as the connector's mapping {@value #LOGIN_MAPPING} writes it: with a password, with keys, or with the
     * refresh token that came with the last one.
     *
     * @param secrets       secret settings that the mapping sees as {@code input.secrets}
     * @param token         where the answer tells the token
     * @param refresh       where it tells a refresh token; empty when there is none and each log-in starts anew
     * @param life          where it tells the token's life in seconds; empty when it does not
     * @param lives         the life when the answer does not tell it
     * @param refreshBefore how long before its end a token is renewed
     */
    record Login(
            Map<String, String> when,
            Set<String> secrets,
            JsonPointer token,
            Optional<JsonPointer> refresh,
            Optional<JsonPointer> life,
            Duration lives,
            Send send,
            Duration refreshBefore)
            implements Auth {

        public static final String LOGIN_MAPPING = "login";

        @Override
        public Set<String> settings() {
            return secrets;
        }
    }

    /**
     * Fields that each form carries: a key as it is, or a signature over other fields of the same form and a secret.
     *
     * @param fields every one that fits the path is added; a path that none fits is asked without
     */
    record Form(Map<String, String> when, List<Field> fields) implements Auth {
        @Override
        public Set<String> settings() {
            return fields.stream()
                    .flatMap(field -> field.value().names().stream())
                    .filter(name -> !name.startsWith(OF_REQUEST))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Before the name of a field of the request itself, in the value of a {@link Field}: {@code {form.uniqueId}}. */
    String OF_REQUEST = "form.";

    /**
     * A field that logs in.
     *
     * @param path   the requests it is for begin so; empty for all
     * @param value  settings, secrets and fields of the request, which count as empty when they are not there
     * @param digest of the value in UTF-8, as lower-case hex
     */
    record Field(String path, String name, Template value, Digest digest) {}

    /** What is made of a value before it is sent. */
    enum Digest {
        NONE,
        MD5,
        SHA256
    }

    /** A signature over the request: its body and some of its headers. A mapping gives those; the timestamp is the hub's own. */
    record Signed(Map<String, String> when, Signature signature) implements Auth {
        @Override
        public Set<String> settings() {
            return Set.of(signature.secret());
        }
    }

    /** How the request for a token is written. */
    enum TokenRequest {
        JSON,
        QUERY,
        FORM
    }

    /**
     * Where the access token stands in a request.
     *
     * @param name of the parameter, the header or the member of the body; empty for a bearer header
     */
    record Send(Place place, String name) {
        public enum Place {
            BEARER,
            HEADER,
            QUERY,
            BODY,
            /** The first element of the JSON list that a field of a form holds. */
            FIRST_OF
        }
    }
}
