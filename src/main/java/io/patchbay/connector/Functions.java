package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What mappings may call besides JSLT's own functions (which have {@code sha256-hex}). Described in docs/connectors/kit.md. All are pure; each gives
 * null for null.
 */
final class Functions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final List<Function> ALL = List.of(
            new Named("iso", 2, arguments -> iso(arguments[0], arguments[1].asText())),
            new Named("epoch-millis", 1, arguments -> epochMillis(arguments[0].asText(), "UTC")),
            new Named("epoch-millis-in", 2, arguments -> epochMillis(arguments[0].asText(), arguments[1].asText())),
            new Named("digits", 1, arguments -> text(digits(arguments[0]))),
            new Named("same-number", 2, arguments -> JSON.booleanNode(sameNumber(arguments[0], arguments[1]))),
            new Named(
                    "url-encode",
                    1,
                    arguments -> text(URLEncoder.encode(arguments[0].asText(), StandardCharsets.UTF_8)
                            .replace("+", "%20"))),
            new Named("own-mapping", 2, arguments -> OwnMapping.apply(arguments[0].asText(), arguments[1])),
            new Named("base64", 1, arguments -> text(Base64.getEncoder().encodeToString(utf8(arguments[0])))),
            new Named(
                    "holds-number",
                    3,
                    arguments -> JSON.booleanNode(
                            Typed.holds(arguments[0].asText(), arguments[1].asText(), arguments[2].asText()))),
            new Named("html-text", 1, arguments -> text(Typed.withoutEntities(arguments[0].asText()))),
            new Named("md5-hex", 1, arguments -> text(md5(arguments[0]))),
            new Named("hmac-sha256-hex", 2, arguments -> text(hmac(arguments[0], arguments[1]))));

    private Functions() {}

    /** Milliseconds since the epoch -> {@code 2026-03-07T10:20:30+03:00} in that zone, whole seconds. */
    private static JsonNode iso(JsonNode epochMillis, String zone) {
        if (!epochMillis.isNumber()) {
            throw new JsltException("iso wants milliseconds since the epoch, not " + epochMillis);
        }
        try {
            return text(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Instant.ofEpochMilli(epochMillis.asLong())
                    .truncatedTo(ChronoUnit.SECONDS)
                    .atZone(ZoneId.of(zone))));
        } catch (DateTimeException e) {
            throw new JsltException("iso: " + e.getMessage(), e);
        }
    }

    /** ISO text, with an offset or else on the wall clock of {@code zone}, -> milliseconds since the epoch. */
    private static JsonNode epochMillis(String iso, String zone) {
        var text = iso.trim().replace(' ', 'T');
        try {
            var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return JSON.numberNode(
                    parsed instanceof OffsetDateTime time
                            ? time.toInstant().toEpochMilli()
                            : ((LocalDateTime) parsed)
                                    .atZone(ZoneId.of(zone))
                                    .toInstant()
                                    .toEpochMilli());
        } catch (DateTimeException e) {
            throw new JsltException("epoch-millis: " + e.getMessage(), e);
        }
    }

    private static String digits(JsonNode text) {
        return text.asText().replaceAll("[^0-9]", "");
    }

    /** Equal in their last ten digits: how CRMs that keep numbers as typed have to be searched. Shorter ones must be equal whole. */
    private static boolean sameNumber(JsonNode one, JsonNode other) {
        var a = digits(one);
        var b = digits(other);
        return !a.isEmpty() && lastTen(a).equals(lastTen(b));
    }

    private static String lastTen(String digits) {
        return digits.substring(Math.max(0, digits.length() - 10));
    }

    private static String hmac(JsonNode key, JsonNode message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(utf8(key), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(utf8(message)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new JsltException("hmac-sha256-hex: " + e.getMessage(), e);
        }
    }

    /** Not for safety: some targets want passwords so. */
    private static String md5(JsonNode text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(utf8(text)));
        } catch (GeneralSecurityException e) {
            throw new JsltException("md5-hex: " + e.getMessage(), e);
        }
    }

    private static byte[] utf8(JsonNode text) {
        return text.asText().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode text(String text) {
        return JSON.textNode(text);
    }

    private interface Body {
        JsonNode of(JsonNode[] arguments);
    }

    private record Named(String name, int arguments, Body body) implements Function {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public int getMinArguments() {
            return arguments;
        }

        @Override
        public int getMaxArguments() {
            return arguments;
        }

        @Override
        public JsonNode call(JsonNode input, JsonNode[] given) {
            for (var argument : given) {
                if (argument.isNull()) {
                    return NullNode.instance;
                }
            }
            return body.of(given);
        }
    }
}
