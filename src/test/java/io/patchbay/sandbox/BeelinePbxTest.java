package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.sandbox.BeelineStories.ClickOutcome;
import io.patchbay.testing.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BeelinePbxTest {

    private static final Instant START = Instant.parse("2026-03-09T07:30:00Z");
    private static final BeelineParty CLIENT = BeelineParty.outside("+79000001234");
    private static final String DATES = "dateFrom=2026-03-09T00:00:00Z&dateTo=2026-03-10T00:00:00Z";

    private final MovableClock clock = new MovableClock(START);
    private final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), "t-1", clock, 1);
    private final Sink sink = new Sink();
    private final HttpClient http = HttpClient.newHttpClient();

    private static final class Sink extends SimulatedServer {
        @Override
        protected Reply answer(Request request) {
            return Reply.empty(200);
        }
    }

    @AfterEach
    void close() {
        http.close();
        pbx.close();
        sink.close();
    }

    @Test
    void wantsItsTokenInItsHeader() throws Exception {
        var without = http.send(
                HttpRequest.newBuilder(URI.create(pbx.baseUrl() + "/abonents")).build(),
                HttpResponse.BodyHandlers.ofString());
        var wrong = http.send(
                HttpRequest.newBuilder(URI.create(pbx.baseUrl() + "/abonents"))
                        .header("X-MPBX-API-AUTH-TOKEN", "t-2")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(without.body()).isEqualTo("{\"errorCode\":\"AuthTokenNotFoundInRequest\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /unknown, 404",
        "GET, /v2/abonents, 404",
        "GET, /abonents/999, 404",
        "GET, /abonents/201/unknown, 404",
        "POST, /abonents, 405",
        "GET, /abonents?page=1, 400",
        "GET, /numbers/9000000999, 404",
        "GET, /subscription?subscriptionId=none, 404",
        "GET, /subscription, 400",
        "POST, /subscription, 405",
        "GET, /v2/statistics, 400",
        "GET, '/v2/statistics?dateFrom=2026-03-09&dateTo=2026-03-10T00:00:00Z', 400",
        "GET, '/v2/statistics?" + DATES + "&pageSize=9', 400",
        "GET, '/v2/statistics?" + DATES + "&pageSize=101', 400",
        "GET, '/v2/statistics?" + DATES + "&page=-1', 400",
        "GET, '/v2/statistics?" + DATES + "&limit=10', 400",
        "GET, /v2/records, 404",
        "GET, /v2/records/1/download, 404",
        "GET, /records?id=x, 400",
        "POST, /v2/abonents/201/call, 400",
        "POST, /v2/abonents/201/call?phoneNumber=%2B79000001234, 400",
        "PUT, /abonents/201/agent?status=ASLEEP, 400",
    })
    void refusesWhatTheContractDoesNotKnow(String method, String path, int status) throws Exception {
        assertThat(send(method, path, "").statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"expires\":3600,\"subscriptionType\":\"BASIC_CALL\"}",
                "{\"expires\":3600,\"subscriptionType\":\"BASIC_CALL\",\"url\":\"hub.example.org/x\"}",
                "{\"expires\":\"3600\",\"subscriptionType\":\"BASIC_CALL\",\"url\":\"https://hub.example.org\"}",
                "{\"expires\":0,\"subscriptionType\":\"BASIC_CALL\",\"url\":\"https://hub.example.org\"}",
                "{\"expires\":3600,\"subscriptionType\":\"Basic Call\",\"url\":\"https://hub.example.org\"}",
                "{\"expires\":3600,\"subscriptionType\":\"BASIC_CALL\",\"url\":\"https://hub.example.org\",\"more\":1}",
                "{\"pattern\":\"999\",\"expires\":3600,\"subscriptionType\":\"BASIC_CALL\",\"url\":\"https://h.example\"}",
                "[]",
                "{"
            })
    void refusesABadSubscription(String body) throws Exception {
        assertThat(send("PUT", "/subscription", body).statusCode()).isEqualTo(400);
        assertThat(pbx.liveSubscriptions()).isEmpty();
    }

    @Test
    void showsASubscriptionAndItsRest() throws Exception {
        var id = subscribe("\"pattern\":\"202\",");
        clock.advance(Duration.ofMinutes(10));

        var shown = json(send("GET", "/subscription?subscriptionId=" + id, ""));

        assertThat(shown.path("targetType").asString()).isEqualTo("ABONENT");
        assertThat(shown.path("targetId").asString()).isEqualTo("9000000202@mpbx.sip.beeline.ru");
        assertThat(shown.path("expires").asLong()).isEqualTo(3000);
    }

    @Test
    void tellsOnlyWhomASubscriptionIsAbout() throws Exception {
        subscribe("\"pattern\":\"202\",");

        pbx.play(pbx.stories().missed(CLIENT, pbx.company().at("201")));
        pbx.play(pbx.stories().missed(CLIENT, pbx.company().at("202")));

        assertThat(pbx.delivered())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.target()).startsWith("9000000202"));
    }

    @Test
    void tellsOfALineToWhoSubscribedToIt() throws Exception {
        subscribe("\"pattern\":\"9000000100@mpbx.sip.beeline.ru\",");

        pbx.play(pbx.stories().answered(CLIENT, pbx.company().at("201")));
        assertThat(pbx.delivered()).isEmpty();

        pbx.play(
                pbx.stories().answeredOnLine(CLIENT, "9000000100", pbx.company().at("201")));
        assertThat(pbx.delivered()).hasSize(3);
    }

    @Test
    void tellsEachLiveSubscriptionAndCountsForEach() throws Exception {
        var first = subscribe("");
        var second = subscribe("");

        pbx.play(pbx.stories().missed(CLIENT, pbx.company().at("201")));

        assertThat(pbx.delivered())
                .extracting(BeelinePbx.Delivered::subscription)
                .containsExactly(first, second, first, second);
        assertThat(sink.requests())
                .extracting(r -> r.text().replaceAll("(?s).*<xsi:sequenceNumber>(\\d+)<.*", "$1"))
                .containsExactly("1", "1", "2", "2");
        assertThat(sink.requests())
                .allSatisfy(r -> assertThat(r.header("Content-Type")).contains("application/xml; charset=UTF-8"));
    }

    @Test
    void saysThatASubscriptionEndedByTimeOrByWord() throws Exception {
        subscribe("");
        var second = subscribe("");

        pbx.terminate(second);
        clock.advance(Duration.ofHours(1));
        pbx.expire();

        assertThat(pbx.delivered())
                .extracting(BeelinePbx.Delivered::kind)
                .containsExactly("SubscriptionTerminatedEvent", "SubscriptionTerminatedEvent");
        assertThat(pbx.liveSubscriptions()).isEmpty();
    }

    @Test
    void losesWhatIsNotTaken() throws Exception {
        subscribe("");
        sink.misbehave(r -> true, 1, SimulatedServer.Misbehaviour.answer(SimulatedServer.Reply.empty(503)));

        pbx.play(pbx.stories().missed(CLIENT, pbx.company().at("201")));

        assertThat(pbx.delivered()).extracting(BeelinePbx.Delivered::status).containsExactly(503, 200);
    }

    @Test
    void performsAStoryInItsTime() throws Exception {
        try (var live = new BeelinePbx(BeelineCompany.small(), "t-1", Clock.systemUTC(), 1)) {
            // all but its last second is over already
            var story = live.stories(Instant.now().minusSeconds(17))
                    .missed(CLIENT, live.company().at("201"));

            live.perform(story).get(10, TimeUnit.SECONDS);

            assertThat(Instant.now()).isAfterOrEqualTo(story.endsAt());
        }
    }

    @Test
    void hasTheSameDayWithTheSameSeed() {
        var clients = List.of("+79000001234", "+79000001235");
        try (var other = new BeelinePbx(BeelineCompany.small(), "t-1", clock, 1)) {
            var here = new BeelineDay(pbx, clients, 3);
            var there = new BeelineDay(other, clients, 3);
            for (var call = 0; call < 50; call++) {
                assertThat(here.next()).usingRecursiveComparison().isEqualTo(there.next());
            }
        }
    }

    @Test
    void ringsTheEmployeeFirstWhenACallIsOrdered() throws Exception {
        subscribe("");
        pbx.clicksEnd(ClickOutcome.EMPLOYEE_SILENT);

        var second = json(send("POST", "/v2/abonents/9000000202/call?phoneNumber=9000001239", ""));
        var first = json(send("POST", "/abonents/202/call?phoneNumber=9000001239", ""));
        pbx.awaitDeliveries();

        assertThat(second.path("callId").asString()).startsWith("callhalf-");
        assertThat(first.isString()).isTrue();
        assertThat(pbx.delivered())
                .extracting(BeelinePbx.Delivered::kind)
                .containsExactly(
                        "CallOriginatingEvent", "CallReleasedEvent", "CallOriginatingEvent", "CallReleasedEvent");
    }

    @Test
    void keepsRecordsOldestFirstAndStatisticsNewestFirst() throws Exception {
        var ivan = pbx.company().at("201");
        pbx.remember(pbx.stories().answered(CLIENT, ivan));
        pbx.remember(pbx.stories(START.plusSeconds(600)).answered(CLIENT, ivan));
        clock.advance(Duration.ofHours(1));

        var records = json(send("GET", "/records", ""));
        var after = json(send("GET", "/records?id=" + records.at("/0/id").asString(), ""));
        var rows = json(send("GET", "/v2/statistics?" + DATES + "&pageSize=10", ""));
        var old = json(send("GET", "/statistics?" + DATES, ""));

        assertThat(records.at("/0/date").asLong())
                .isLessThan(records.at("/1/date").asLong());
        assertThat(after).hasSize(1);
        assertThat(rows.at("/0/startDate").asLong())
                .isGreaterThan(rows.at("/1/startDate").asLong());
        assertThat(rows.at("/0/phone_from").asString()).isEqualTo("+79000001234");
        assertThat(old.at("/0/phone").asString())
                .as("the old form hides the client")
                .isEqualTo("9000000201");
    }

    @Test
    void showsARecordOnlyAfterItsDelay() throws Exception {
        pbx.recordingsAppearAfter(Duration.ofMinutes(1));
        var story = pbx.stories().answered(CLIENT, pbx.company().at("201"));
        pbx.remember(story);
        var path = "/v2/records/" + story.tracking() + "/9000000201@mpbx.sip.beeline.ru";
        clock.set(story.endsAt());

        assertThat(send("GET", path, "").statusCode()).isEqualTo(404);

        clock.advance(Duration.ofMinutes(1));
        var shown = json(send("GET", path, ""));

        assertThat(shown.path("externalId").asString()).isEqualTo(story.tracking());
        assertThat(send("GET", path + "/download", "").headers().firstValue("Content-Type"))
                .contains("audio/mpeg");
        assertThat(send("DELETE", "/v2/records/" + shown.path("id").asString(), "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void doesNotRecordWhoHasNoOption() throws Exception {
        pbx.remember(pbx.stories().answered(CLIENT, pbx.company().at("203")));
        clock.advance(Duration.ofHours(1));

        assertThat(json(send("GET", "/records", ""))).isEmpty();
        assertThat(send("GET", "/abonents/203/recording", "").body()).isEqualTo("\"OFF\"");
    }

    private String subscribe(String more) throws Exception {
        var made = send(
                "PUT",
                "/subscription",
                "{" + more + "\"expires\":3600,\"subscriptionType\":\"ADVANCED_CALL\",\"url\":\"" + sink.address()
                        + "/hooks/x\"}");
        return json(made).path("subscriptionId").asString();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(pbx.baseUrl() + path))
                .header("X-MPBX-API-AUTH-TOKEN", "t-1")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
