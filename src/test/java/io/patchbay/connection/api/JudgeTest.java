package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Answers;
import io.patchbay.connector.Verdict;
import io.patchbay.connector.Verdict.Meaning;
import io.patchbay.connector.Verdict.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

class JudgeTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-03-09T07:30:00Z");

    private static Judge judge(Verdict... rows) {
        return new Judge(new Answers(
                List.of(JsonPointer.compile("/error_description"), JsonPointer.compile("/errors/0/text")),
                List.of(JsonPointer.compile("/error"), JsonPointer.compile("/status")),
                "Retry-After",
                Optional.of(JsonPointer.compile("/retry_after")),
                List.of(rows)));
    }

    private static Verdict row(Set<Integer> status, String code, String text, Meaning is) {
        return row(status, code, text, is, Duration.ZERO, "", Pauses.NOTHING);
    }

    private static Verdict row(
            Set<Integer> status, String code, String text, Meaning is, Duration wait, String waitUntil, Pauses pauses) {
        return new Verdict(
                status,
                code.isEmpty() ? Optional.empty() : Optional.of(code),
                text.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(text, Pattern.CASE_INSENSITIVE)),
                is,
                wait,
                waitUntil.isEmpty() ? Optional.empty() : Optional.of(JsonPointer.compile(waitUntil)),
                pauses);
    }

    private static Judge.Judgement of(Judge judge, int status, String json) {
        return of(judge, status, "", json);
    }

    private static Judge.Judgement of(Judge judge, int status, String retryAfter, String json) {
        return judge.of(status, retryAfter, JSON.readTree(json), NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "200, DONE",
        "201, DONE",
        "202, DONE",
        "204, DONE",
        "206, DONE",
        "301, SETUP",
        "302, SETUP",
        "304, SETUP",
        "308, SETUP",
        "400, REFUSED",
        "401, SETUP",
        "402, REFUSED",
        "403, SETUP",
        "404, REFUSED",
        "405, REFUSED",
        "408, BUSY",
        "409, REFUSED",
        "410, REFUSED",
        "413, REFUSED",
        "422, REFUSED",
        "425, BUSY",
        "429, BUSY",
        "451, REFUSED",
        "500, BUSY",
        "501, BUSY",
        "502, BUSY",
        "503, BUSY",
        "504, BUSY",
        "520, BUSY",
        "599, BUSY"
    })
    void aStatusMeansWhatItUsuallyMeansWhereNoRowMatches(int status, Meaning usual) {
        assertThat(of(judge(), status, "{}").is()).isEqualTo(usual);
    }

    @ParameterizedTest
    @CsvSource({"DONE", "BUSY", "REFUSED", "SETUP", "UNREACHABLE", "NOT_SUPPORTED", "RENEW"})
    void aRowMayMeanAnything(Meaning is) {
        assertThat(of(judge(row(Set.of(418), "", "", is)), 418, "{}").is()).isEqualTo(is);
    }

    @Test
    void aRowMatchesByStatusCodeAndTextTogether() {
        var judge = judge(row(Set.of(400, 403), "ACCESS_DENIED", "paid plans?", Meaning.SETUP));

        assertThat(of(judge, 400, "{\"error\":\"access_denied\",\"error_description\":\"REST only on PAID plans.\"}")
                        .is())
                .as("without regard to case, anywhere in the text")
                .isEqualTo(Meaning.SETUP);
        assertThat(of(judge, 404, "{\"error\":\"ACCESS_DENIED\",\"error_description\":\"paid plan\"}")
                        .is())
                .isEqualTo(Meaning.REFUSED);
        assertThat(of(judge, 400, "{\"error\":\"OTHER\",\"error_description\":\"paid plan\"}")
                        .is())
                .isEqualTo(Meaning.REFUSED);
        assertThat(of(judge, 400, "{\"error\":\"ACCESS_DENIED\",\"error_description\":\"no\"}")
                        .is())
                .isEqualTo(Meaning.REFUSED);
    }

    @Test
    void theFirstRowThatMatchesCounts() {
        var judge = judge(
                row(Set.of(400), "GONE", "", Meaning.DONE),
                row(Set.of(400), "", "", Meaning.BUSY),
                row(Set.of(), "GONE", "", Meaning.SETUP));

        assertThat(of(judge, 400, "{\"error\":\"GONE\"}").is()).isEqualTo(Meaning.DONE);
        assertThat(of(judge, 400, "{\"error\":\"X\"}").is()).isEqualTo(Meaning.BUSY);
        assertThat(of(judge, 200, "{\"error\":\"GONE\"}").is()).as("any status").isEqualTo(Meaning.SETUP);
    }

    @Test
    void codeAndWordsAreTheFirstThatAreThere() {
        var said = of(judge(), 400, "{\"error\":\"\",\"status\":1450,\"errors\":[{\"text\":\"No such lead\"}]}");

        assertThat(said.code()).as("a number too; an empty one is none").isEqualTo("1450");
        assertThat(said.text()).isEqualTo("No such lead");
        assertThat(of(judge(), 400, "{\"error\":{\"deep\":1},\"error_description\":null}")
                        .code())
                .isEmpty();
    }

    @Test
    void anAnswerThatIsNoJsonIsTheTargetsWords() {
        var judge = judge(row(Set.of(500), "", "maintenance", Meaning.UNREACHABLE));
        JsonNode page = JsonNodeFactory.instance.stringNode("<h1>Maintenance</h1>");

        assertThat(judge.of(500, "", page, NOW).is()).isEqualTo(Meaning.UNREACHABLE);
        assertThat(judge.of(500, "", NullNode.getInstance(), NOW).text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 | PT30S",
                "0 | PT0S",
                "Mon, 09 Mar 2026 07:32:00 GMT | PT2M",
                "Mon, 9 Mar 2026 07:32:00 GMT | PT2M",
                "Mon, 09 Mar 2026 07:29:00 GMT | PT0S",
                "999999999 | PT24H",
                "soon | PT0S",
                "-5 | PT0S",
                "99999999999999999999 | PT0S",
                "'' | PT0S"
            })
    void theHeaderTellsSecondsOrADate(String header, Duration asked) {
        assertThat(of(judge(), 429, header, "{}").pause()).isEqualTo(asked);
        assertThat(of(judge(), 503, header, "{}").pause()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "300 | PT5M",
                "1.5 | PT1.5S",
                "\"42\" | PT42S",
                "-1 | PT0S",
                "1e300 | PT24H",
                "\"soon\" | PT30S",
                "\"\" | PT30S",
                "null | PT30S",
                "{} | PT30S"
            })
    void theBodyTellsSecondsAndWhatIsNoNumberThereLeavesTheHeader(String value, Duration asked) {
        assertThat(of(judge(), 429, "30", "{\"retry_after\":" + value + "}").pause())
                .isEqualTo(asked);
    }

    @Test
    void aRowSaysHowLongAtLeastAndTheTargetMaySayLonger() {
        var judge = judge(row(Set.of(503), "", "", Meaning.BUSY, Duration.ofSeconds(7), "", Pauses.NOTHING));

        assertThat(of(judge, 503, "{}").pause()).isEqualTo(Duration.ofSeconds(7));
        assertThat(of(judge, 503, "3", "{}").pause()).isEqualTo(Duration.ofSeconds(7));
        assertThat(of(judge, 503, "30", "{}").pause()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1773041460 | PT1M", // 07:31
                "1773041401 | PT30S", // sooner than the row's own time
                "1773000000 | PT30S", // past
                "9223372036854775807 | PT24H", // no instant at all
                "\"x\" | PT30S"
            })
    void aRowMayNameWhereTheInstantStands(String value, Duration pause) {
        var judge = judge(
                row(Set.of(429), "LIMIT", "", Meaning.BUSY, Duration.ofSeconds(30), "/time/reset_at", Pauses.PATH));

        var judged = of(judge, 429, "{\"error\":\"LIMIT\",\"time\":{\"reset_at\":" + value + "}}");

        assertThat(judged.pause()).isEqualTo(pause);
        assertThat(judged.pauses()).isEqualTo(Pauses.PATH);
    }

    @Test
    void tooManyRequestsPauseTheWholeConnectionAndOtherTroubleNothing() {
        assertThat(of(judge(), 429, "{}").pauses()).isEqualTo(Pauses.CONNECTION);
        assertThat(of(judge(), 503, "{}").pauses()).isEqualTo(Pauses.NOTHING);
        assertThat(of(judge(), 400, "30", "{}").pause())
                .as("a refusal has no time")
                .isZero();
    }
}
