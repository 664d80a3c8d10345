package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class Bitrix24PortalTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CALL = """
        {"USER_ID": 7, "PHONE_NUMBER": "+79000001234", "TYPE": 2, "EXTERNAL_CALL_ID": "pbx-1", "LINE_NUMBER": "+74950000100"}\
        """;

    private final HandClock clock = new HandClock();
    private final Bitrix24Portal portal = new Bitrix24Portal(0, clock);
    private final HttpClient http = HttpClient.newHttpClient();
    private String access = "";

    @BeforeEach
    void hireStaff() {
        portal.employee(7, "Анна", "Смирнова", "101");
        portal.employee(8, "Boris", "Volkov", "102");
        access = portal.issueTokens().access();
    }

    @AfterEach
    void close() {
        portal.close();
        http.close();
    }

    @Test
    void mergesTwoRegistersOfOneCallWhileItIsOpen() {
        var first = call("telephony.externalCall.register", CALL)
                .at("/body/result/CALL_ID")
                .asString();
        var second = call("telephony.externalCall.register", CALL)
                .at("/body/result/CALL_ID")
                .asString();
        finish(first);
        var third = call("telephony.externalCall.register", CALL)
                .at("/body/result/CALL_ID")
                .asString();

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
        assertThat(portal.calls()).hasSize(2);
    }

    @Test
    void mergesTwoCallsWithoutAnIdOfTheirOwnButNotAfterHalfAnHour() {
        var nameless = CALL.replace("\"EXTERNAL_CALL_ID\": \"pbx-1\",", "");
        var first = call("telephony.externalCall.register", nameless)
                .at("/body/result/CALL_ID")
                .asString();
        clock.advance(Duration.ofMinutes(29));
        var second = call("telephony.externalCall.register", nameless)
                .at("/body/result/CALL_ID")
                .asString();
        clock.advance(Duration.ofMinutes(2));
        access = portal.issueTokens().access();
        var third = call("telephony.externalCall.register", nameless)
                .at("/body/result/CALL_ID")
                .asString();

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
    }

    @Test
    void finishesACallOnce() {
        var id = call("telephony.externalCall.register", CALL)
                .at("/body/result/CALL_ID")
                .asString();

        assertThat(finish(id).path("status").asInt()).isEqualTo(200);
        var again = finish(id);

        assertThat(again.path("status").asInt()).isEqualTo(400);
        assertThat(again.at("/body/error_description").asString()).startsWith("Call is not found");
    }

    @Test
    void showsAndHidesCards() {
        var id = call("telephony.externalCall.register", CALL)
                .at("/body/result/CALL_ID")
                .asString();
        call("telephony.externalCall.show", "{\"CALL_ID\": \"" + id + "\", \"USER_ID\": [8]}");
        call("telephony.externalCall.hide", "{\"CALL_ID\": \"" + id + "\", \"USER_ID\": [7]}");

        assertThat(portal.cardsShown(id)).isEqualTo(Set.of(8L));
        assertThat(call("telephony.externalCall.show", "{\"CALL_ID\": \"nobody\", \"USER_ID\": [8]}")
                        .at("/body/result")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void saysInsideASuccessThatNoLeadWasMade() {
        portal.employeeWithMobile(9, "Gleb", "103", "+79000001234");
        var answer =
                call("telephony.externalCall.register", CALL.replace("\"TYPE\": 2", "\"TYPE\": 2, \"CRM_CREATE\": 1"));

        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.at("/body/result/LEAD_CREATION_ERROR").asString())
                .isEqualTo("Lead creation is disabled for local users");
    }

    @Test
    void notesAFieldOfTelephonyThatDoesNotExist() {
        call("telephony.externalCall.register", CALL.replace("PHONE_NUMBER", "PHONE"));

        assertThat(portal.problems()).containsExactly("telephony.externalCall.register: unknown field PHONE");
    }

    @Test
    void refusesWhatOnlyApplicationsMayDo() {
        var webhook = portal.webhook(7);
        var path = "/rest/7/" + webhook.code() + "/";

        assertThat(post(path + "telephony.externalCall.register", CALL)
                        .at("/body/error")
                        .asString())
                .isEqualTo("WRONG_AUTH_TYPE");
        assertThat(post(path + "user.get", "{}").path("status").asInt()).isEqualTo(200);
        assertThat(post("/rest/7/guess/user.get", "{}").at("/body/error").asString())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(post("/rest/user.get", "{}").at("/body/error").asString()).isEqualTo("NO_AUTH_FOUND");
    }

    @Test
    void letsAnAccessTokenLiveAnHourAndARefreshTokenWorkOnce() {
        var tokens = portal.issueTokens();
        access = tokens.access();
        clock.advance(Duration.ofHours(1));
        assertThat(call("user.get", "{}").at("/body/error").asString()).isEqualTo("expired_token");

        var renewed = renew(tokens.refresh());
        access = renewed.at("/body/access_token").asString();

        assertThat(call("user.get", "{}").path("status").asInt()).isEqualTo(200);
        assertThat(renew(tokens.refresh()).at("/body/error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void drainsItsBucketByTwoASecond() {
        for (var i = 0; i < 50; i++) {
            assertThat(call("user.get", "{}").path("status").asInt()).isEqualTo(200);
        }
        assertThat(call("user.get", "{}").at("/body/error").asString()).isEqualTo("QUERY_LIMIT_EXCEEDED");
        clock.advance(Duration.ofMillis(500));
        assertThat(call("user.get", "{}").path("status").asInt()).isEqualTo(200);
    }

    @Test
    void stopsAMethodThatWorkedEightMinutesInTen() {
        portal.spendWork("crm.item.add", 480);
        var refused = call("crm.item.add", "{\"entityTypeId\": 3, \"fields\": {\"name\": \"x\"}}");

        assertThat(refused.at("/body/error").asString()).isEqualTo("OPERATION_TIME_LIMIT");
        assertThat(call("user.get", "{}").path("status").asInt()).isEqualTo(200);
        clock.advance(
                Duration.ofSeconds(refused.at("/body/time/operating_reset_at").asLong()
                        - clock.instant().getEpochSecond()));
        assertThat(call("crm.item.add", "{\"entityTypeId\": 3, \"fields\": {\"name\": \"x\"}}")
                        .path("status")
                        .asInt())
                .isEqualTo(200);
    }

    @Test
    void findsANumberHoweverItIsSpelltButTellsEightFromPlusSeven() {
        var id = portal.contact("Иван", "Петров", "+7 (900) 000-12-34#55", 8);

        var found = call("telephony.externalCall.searchCrmEntities", "{\"PHONE_NUMBER\": \"79000001234\"}");
        var eight = call("telephony.externalCall.searchCrmEntities", "{\"PHONE_NUMBER\": \"89000001234\"}");
        var duplicates = call(
                "crm.duplicate.findbycomm", "{\"type\": \"PHONE\", \"values\": [\"89000001234\", \"+79000001234\"]}");
        var nobody = call("crm.duplicate.findbycomm", "{\"type\": \"PHONE\", \"values\": [\"555\"]}");
        var exact = call("crm.contact.list", "{\"filter\": {\"PHONE\": \"+79000001234\"}}");

        assertThat(found.at("/body/result/0/CRM_ENTITY_ID").asLong()).isEqualTo(id);
        assertThat(found.at("/body/result/0/ASSIGNED_BY/USER_PHONE_INNER").asString())
                .isEqualTo("102");
        assertThat(eight.at("/body/result")).isEmpty();
        assertThat(duplicates.at("/body/result/CONTACT/0").asLong()).isEqualTo(id);
        assertThat(nobody.at("/body/result").isArray()).isTrue();
        assertThat(exact.at("/body/result")).isEmpty();
    }

    @Test
    void dropsUnknownFieldsOfAnItemWithoutAWord() {
        var answer =
                call("crm.item.add", "{\"entityTypeId\": 3, \"fields\": {\"name\": \"Zoë 🦊\", \"phone\": \"+7900\"}}");

        assertThat(answer.at("/body/result/item/name").asString()).isEqualTo("Zoë 🦊");
        assertThat(portal.droppedFields()).containsExactly("CONTACT.phone");
        assertThat(portal.contacts().getFirst().phones()).isEmpty();
    }

    @Test
    void takesARecordingOnlyAfterTheEndAndOnlyAsMp3OrWav() {
        var id = call("telephony.externalCall.register", CALL)
                .at("/body/result/CALL_ID")
                .asString();
        var sound = Base64.getEncoder().encodeToString("sound".getBytes(StandardCharsets.UTF_8));
        var request = "{\"CALL_ID\": \"" + id + "\", \"FILENAME\": \"a.mp3\", \"FILE_CONTENT\": \"" + sound + "\"}";

        assertThat(call("telephony.externalCall.attachRecord", request)
                        .at("/body/error_description")
                        .asString())
                .contains("not finished yet");
        finish(id);
        assertThat(call("telephony.externalCall.attachRecord", request.replace("mp3", "ogg"))
                        .at("/body/error_description")
                        .asString())
                .startsWith("Wrong file extension");
        assertThat(call("telephony.externalCall.attachRecord", request)
                        .at("/body/result/FILE_ID")
                        .asLong())
                .isPositive();
        assertThat(portal.call(id).orElseThrow().recording()).contains(new Bitrix24Portal.Sound("a.mp3", 5));
    }

    @Test
    void runsABatchInOrderAndWritesEmptyPartsAsLists() {
        var answer = call("batch", """
            {"halt": 0, "cmd": {
              "contact": "crm.item.add?entityTypeId=3&fields[name]=%D0%98%D0%B2%D0%B0%D0%BD&fields[fm][0][typeId]=PHONE&fields[fm][0][value]=%2B79000001234",
              "deal": "crm.item.add?entityTypeId=2&fields[title]=Call&fields[contactId]=$result[contact][item][id]",
              "none": "crm.nothing"}}\
            """);

        var contact = portal.contacts().getFirst();
        assertThat(contact.title()).isEqualTo("Иван");
        assertThat(contact.phones()).containsExactly("+79000001234");
        assertThat(answer.at("/body/result/result/deal/item/contactId").asLong())
                .isEqualTo(contact.id());
        assertThat(answer.at("/body/result/result_error/none/error").asString()).isEqualTo("ERROR_METHOD_NOT_FOUND");
        assertThat(answer.at("/body/result/result_next").isArray()).isTrue();
    }

    @Test
    void sendsTheButtonOnACardToWhoeverIsBound() throws IOException {
        try (var hub = new Hub()) {
            call("event.bind", "{\"event\": \"ONEXTERNALCALLSTART\", \"handler\": \"" + hub.address() + "/h\"}");
            var id = portal.clickToCall(7, "+79000001234");

            var form = hub.next().form();
            assertThat(form.get("event")).containsExactly("ONEXTERNALCALLSTART");
            assertThat(form.get("data[CALL_ID]")).containsExactly(id);
            assertThat(form.get("auth[application_token]")).containsExactly(portal.applicationToken());
            assertThat(finish(id).path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void announcesItsInstallationWithTokensThatWork() throws IOException {
        try (var hub = new Hub()) {
            portal.install(hub.address() + "/hook");

            var form = hub.next().form();
            access = form.get("auth[access_token]").getFirst();
            assertThat(form.get("auth[client_endpoint]")).containsExactly(portal.restAddress() + "/");
            assertThat(call("app.info", "{}").at("/body/result/INSTALLED").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void givesPagesOfFifty() {
        for (var id = 100; id < 160; id++) {
            portal.employee(id, "User", "No " + id, "");
        }

        var first = call("user.get", "{\"FILTER\": {\"ACTIVE\": true}}");
        var second = call("user.get", "{\"FILTER\": {\"ACTIVE\": true}, \"start\": 50}");

        assertThat(first.at("/body/result")).hasSize(50);
        assertThat(first.at("/body/next").asInt()).isEqualTo(50);
        assertThat(second.at("/body/result")).hasSize(13);
        assertThat(second.path("body").has("next")).isFalse();
    }

    private JsonNode finish(String callId) {
        return call(
                "telephony.externalCall.finish", "{\"CALL_ID\": \"" + callId + "\", \"USER_ID\": 7, \"DURATION\": 30}");
    }

    private JsonNode call(String method, String parameters) {
        var body = (ObjectNode) JSON.readTree(parameters);
        return post("/rest/" + method, body.put("auth", access).toString());
    }

    private JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(portal.address() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode renew(String refresh) {
        return send(HttpRequest.newBuilder(URI.create(portal.oauthServer()
                        + "/oauth/token/?grant_type=refresh_token&client_id=" + Bitrix24Portal.CLIENT_ID
                        + "&client_secret=" + Bitrix24Portal.CLIENT_SECRET + "&refresh_token=" + refresh))
                .build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            var all = JSON.createObjectNode().put("status", answer.statusCode());
            all.set("body", JSON.readTree(answer.body()));
            return all;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes what the portal sends. */
    private static final class Hub extends SimulatedServer {
        private final java.util.concurrent.BlockingQueue<Request> taken =
                new java.util.concurrent.LinkedBlockingQueue<>();

        @Override
        protected Reply answer(Request request) {
            taken.add(request);
            return Reply.empty(200);
        }

        Request next() {
            try {
                return java.util.Objects.requireNonNull(
                        taken.poll(10, java.util.concurrent.TimeUnit.SECONDS), "nothing came from the portal");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-03-09T07:30:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
