package io.patchbay.workshop;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the target answers; without a body when neither {@code json}, {@code text} nor {@code base64} is there.
 *
 * @param status 200 unless it is told
 * @param cut    the connection breaks off instead
 */
public record ToldAnswer(
        @Nullable Integer status,
        Map<String, String> headers,
        @Nullable JsonNode json,
        @Nullable String text,
        @Nullable String base64,
        @Nullable String contentType,
        @Nullable Boolean cut) {

    static final ToldAnswer EMPTY = new ToldAnswer(null, Map.of(), null, null, null, null, null);

    public ToldAnswer {
        headers = headers == null ? Map.of() : headers;
    }

    @JsonIgnore
    public Misbehaviour asMisbehaviour() {
        return Boolean.TRUE.equals(cut) ? Misbehaviour.cut() : Misbehaviour.answer(reply());
    }

    Reply reply() {
        var all = new LinkedHashMap<String, String>();
        byte[] body = {};
        if (json != null) {
            all.put("Content-Type", "application/json; charset=utf-8");
            body = json.toString().getBytes(StandardCharsets.UTF_8);
        } else if (text != null) {
            all.put("Content-Type", "text/html; charset=utf-8");
            body = text.getBytes(StandardCharsets.UTF_8);
        } else if (base64 != null) {
            all.put("Content-Type", "application/octet-stream");
            body = Base64.getDecoder().decode(base64);
        }
        if (contentType != null) {
            all.put("Content-Type", contentType);
        }
        all.putAll(headers);
        return new Reply(status == null ? 200 : status, all, body);
    }
}
