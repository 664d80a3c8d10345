package io.patchbay.connector;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a message proves by a header that its sender knows a secret: a keyed hash over the raw body, with some headers before it. The same description serves
 * hooks that come in and requests that go out. Pure.
 *
 * @param header    carries the signature; in a hook it may carry several, apart by blanks, of which one has to fit
 * @param prefix    stands before the signature in the header, e.g. {@code sha256=}; empty for nothing
 * @param secret    names a secret setting
 * @param key       how the secret's text becomes the key
 * @param signs     headers whose values stand before the body, each followed by a full stop
 * @param timestamp the header with the time of sending in epoch seconds; empty when there is none
 * @param tolerance a hook whose timestamp is further away than this is none of now
 */
public record Signature(
        String header,
        String prefix,
        Algorithm algorithm,
        Encoding encoding,
        String secret,
        Key key,
        List<String> signs,
        Optional<String> timestamp,
        Duration tolerance) {

    private static final String STANDARD_SECRET = "whsec_"; // https://www.standardwebhooks.com, "Secret"

    /** The keyed hash. */
    public enum Algorithm {
        HMAC_SHA1("HmacSHA1"),
        HMAC_SHA256("HmacSHA256"),
        HMAC_SHA512("HmacSHA512");

        private final String javaName;

        Algorithm(String javaName) {
            this.javaName = javaName;
        }
    }

    /** How the hash is written. */
    public enum Encoding {
        HEX,
        BASE64
    }

    /** How the secret's text becomes the key: as it is, or decoded from Base64 after {@code whsec_}. */
    public enum Key {
        TEXT,
        BASE64
    }

    /**
     * What the header has to say.
     *
     * @param headers values by name, empty for none
     * @throws ConnectorException set-up when the secret is no key
     */
    public String of(String secretText, Function<String, String> headers, byte[] body) {
        try {
            var mac = Mac.getInstance(algorithm.javaName);
            mac.init(new SecretKeySpec(key(secretText), algorithm.javaName));
            for (var name : signs) {
                mac.update((headers.apply(name) + ".").getBytes(StandardCharsets.UTF_8));
            }
            var hash = mac.doFinal(body);
            return prefix
                    + switch (encoding) {
                        case HEX -> HexFormat.of().formatHex(hash);
                        case BASE64 -> Base64.getEncoder().encodeToString(hash);
                    };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConnectorException(
                    Fault.SETUP,
                    "secret",
                    "The setting " + secret + " is no key to sign with. Enter it as the other side shows it.",
                    Duration.ZERO,
                    e);
        }
    }

    private byte[] key(String text) {
        return switch (key) {
            case TEXT -> text.getBytes(StandardCharsets.UTF_8);
            case BASE64 ->
                Base64.getDecoder()
                        .decode(text.startsWith(STANDARD_SECRET) ? text.substring(STANDARD_SECRET.length()) : text);
        };
    }

    /** Whether a message that came bears it; compared in constant time. */
    public boolean fits(String secretText, Function<String, String> headers, byte[] body, Instant receivedAt) {
        if (timestamp.filter(name -> !isOfNow(headers.apply(name), receivedAt)).isPresent()) {
            return false;
        }
        var wanted = of(secretText, headers, body).getBytes(StandardCharsets.UTF_8);
        var found = new ArrayList<Boolean>();
        for (var given : headers.apply(header).strip().split("\\s+")) {
            found.add(MessageDigest.isEqual(wanted, written(given).getBytes(StandardCharsets.UTF_8)));
        }
        return found.contains(true);
    }

    private String written(String given) {
        return encoding == Encoding.HEX && given.startsWith(prefix)
                ? prefix + given.substring(prefix.length()).toLowerCase(Locale.ROOT)
                : given;
    }

    private boolean isOfNow(String seconds, Instant now) {
        try {
            return Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                            .abs()
                            .compareTo(tolerance)
                    <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    static Signature read(ManifestField field) {
        var timestamp = field.at("timestamp").or("");
        return new Signature(
                field.at("header").required(),
                field.at("prefix").or(""),
                field.at("algorithm").word(Algorithm.class, Algorithm.HMAC_SHA256),
                field.at("encoding").word(Encoding.class, Encoding.HEX),
                field.at("secret").required(),
                field.at("key").word(Key.class, Key.TEXT),
                field.at("signs").list(ManifestField::required),
                timestamp.isEmpty() ? Optional.empty() : Optional.of(timestamp),
                field.at("tolerance").duration(Duration.ofMinutes(5)));
    }
}
