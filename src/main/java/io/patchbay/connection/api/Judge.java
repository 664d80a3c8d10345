package io.patchbay.connection.api;

import io.patchbay.connector.Answers;
import io.patchbay.connector.Verdict;
import io.patchbay.connector.Verdict.Meaning;
import io.patchbay.connector.Verdict.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Says what an answer means, by the rows of the manifest and then by the usual meaning of its status. Pure. */
final class Judge {

    private static final Duration LONGEST = Duration.ofDays(1); // a target that asks for more is asked again then

    private final Answers answers;

    Judge(Answers answers) {
        this.answers = answers;
    }

    /**
     * What an answer means.
     *
     * @param code  the target's own, empty for none
     * @param text  the target's words, empty for none
     * @param pause how long the target asks to stay away, zero for nothing said
     */
    record Judgement(Meaning is, String code, String text, Duration pause, Pauses pauses) {}

    /** @param body a JSON tree, or a text node for anything else, or null node for nothing */
    Judgement of(int status, String retryAfter, JsonNode body, Instant now) {
        var code = first(answers.errorCode(), body);
        var text = body.isString() ? body.asString() : first(answers.errorText(), body);
        for (var row : answers.verdicts()) {
            if (row.matches(status, code, text)) {
                return new Judgement(row.is(), code, text, pause(row, retryAfter, body, now), row.pauses());
            }
        }
        var is = usual(status);
        return new Judgement(
                is,
                code,
                text,
                is == Meaning.BUSY ? asked(retryAfter, body, now) : Duration.ZERO,
                status == 429 ? Pauses.CONNECTION : Pauses.NOTHING);
    }

    private static Meaning usual(int status) {
        return switch (status) {
            case 401, 403 -> Meaning.SETUP;
            case 408, 425, 429 -> Meaning.BUSY;
            default -> {
                if (status >= 200 && status < 300) {
                    yield Meaning.DONE;
                }
                // a redirect nobody told us of: the address in the settings is not the right one
                yield status >= 500 ? Meaning.BUSY : status < 400 ? Meaning.SETUP : Meaning.REFUSED;
            }
        };
    }

    private Duration pause(Verdict row, String retryAfter, JsonNode body, Instant now) {
        var until = row.waitUntil()
                .map(body::at)
                .filter(JsonNode::isNumber)
                .map(seconds -> until(seconds, now))
                .orElse(Duration.ZERO);
        var asked = until.isPositive() ? until : asked(retryAfter, body, now);
        return asked.compareTo(row.pause()) > 0 ? asked : row.pause();
    }

    /** Time until an instant that a target names in epoch seconds, zero when it is past; whatever number it names. */
    static Duration until(JsonNode epochSeconds, Instant now) {
        var seconds = Math.min(epochSeconds.asLong(0), now.plus(LONGEST).getEpochSecond());
        return limited(Duration.between(now, Instant.ofEpochSecond(Math.max(seconds, 0))));
    }

    private Duration asked(String header, JsonNode body, Instant now) {
        var inBody = answers.retryBody().map(body::at).orElse(MissingNode.getInstance());
        if (inBody.isNumber() || (inBody.isString() && inBody.asString().matches("\\d{1,9}(\\.\\d{1,9})?"))) {
            var seconds = inBody.asDouble(0);
            return limited(Duration.ofMillis((long) (seconds * 1000)));
        }
        if (header.matches("\\d{1,9}")) {
            return limited(Duration.ofSeconds(Long.parseLong(header)));
        }
        try {
            return header.isEmpty()
                    ? Duration.ZERO
                    : limited(Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from)));
        } catch (DateTimeParseException unreadable) {
            return Duration.ZERO;
        }
    }

    private static Duration limited(Duration asked) {
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    private static String first(List<JsonPointer> places, JsonNode body) {
        return places.stream()
                .map(body::at)
                .filter(found -> found.isValueNode() && !found.isNull())
                .map(JsonNode::asString)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }
}
