package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated account is as strict as contracts/crm/amocrm.md. */
class AmoAccountTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CALL = """
        [{"direction":"inbound","phone":"%s","duration":60,"source":"hub","uniq":"c-1","call_status":4%s}]\
        """;
    private static final String SIP = """
        [{"source_name":"hub","source_uid":"hub","metadata":{"uniq":"c-1","duration":9,"service_code":"hub",
        "called_at":1590830520,"phone":"+79998888888","is_call_event_needed":true},
        "_embedded":{"contacts":[{"name":"x","custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+79998888888"}]}]}]}}]\
        """;

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final AmoAccount account = new AmoAccount(
            new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return time.get();
                }
            },
            () -> nanos.addAndGet(200_000_000), // five requests a second
            0);
    private final HttpClient http = HttpClient.newHttpClient();
    private String token = account.longLivedToken(Duration.ofDays(30));

    @AfterEach
    void close() {
        account.close();
        http.close();
    }

    @Test
    void givesAPairForACodeThatIsUsedOnceWithinTwentyMinutes() throws Exception {
        var code = account.authorizationCode();

        assertThat(token("authorization_code", "code", code).statusCode()).isEqualTo(200);
        assertThat(token("authorization_code", "code", code).statusCode()).isEqualTo(400);

        var late = account.authorizationCode();
        time.updateAndGet(t -> t.plus(Duration.ofMinutes(20)));
        assertThat(token("authorization_code", "code", late).body()).contains("expired");
    }

    @Test
    void endsTheWholeFamilyWhenARefreshTokenIsUsedTwice() throws Exception {
        var first = JSON.readTree(
                token("authorization_code", "code", account.authorizationCode()).body());
        var refresh = first.path("refresh_token").asString();
        var second =
                JSON.readTree(token("refresh_token", "refresh_token", refresh).body());
        token = second.path("access_token").asString();
        assertThat(get("/api/v4/account").statusCode()).isEqualTo(200);

        var again = token("refresh_token", "refresh_token", refresh);

        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("Token has been revoked");
        assertThat(get("/api/v4/account").statusCode()).isEqualTo(401);
        assertThat(token(
                                "refresh_token",
                                "refresh_token",
                                second.path("refresh_token").asString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void letsAnAccessTokenLiveADay() throws Exception {
        token = JSON.readTree(token("authorization_code", "code", account.authorizationCode())
                        .body())
                .path("access_token")
                .asString();

        time.updateAndGet(t -> t.plus(Duration.ofHours(24)));

        assertThat(get("/api/v4/account").statusCode()).isEqualTo(401);
    }

    @Test
    void answersNothingFoundWithAnEmpty204() throws Exception {
        var nobody = get("/api/v4/contacts?query=9123123210");

        assertThat(nobody.statusCode()).isEqualTo(204);
        assertThat(nobody.body()).isEmpty();
        assertThat(nobody.headers().firstValue("X-Request-Id")).isPresent();
    }

    @Test
    void searchesTextAsTypedInEveryField() throws Exception {
        account.addContact("Иван", "+79123123210");
        account.addContact("Formatted", "+7 (912) 312-32-10");
        var other = account.addContact("Order 9123123210 🚚", "+74950000000");

        assertThat(names(get("/api/v4/contacts?query=9123123210"))).containsExactly("Иван", "Order 9123123210 🚚");
        assertThat(get("/api/v4/contacts?query=89123123210").statusCode()).isEqualTo(204);
        assertThat(names(get("/api/v4/contacts?query=312-32-10"))).containsExactly("Formatted");
        assertThat(other).isPositive();
    }

    @Test
    void findsNewCardsOnlyWhenTheIndexHasCaughtUp() throws Exception {
        account.indexLag(Duration.ofSeconds(30));
        account.addContact("New", "+79123123210");

        assertThat(get("/api/v4/contacts?query=9123123210").statusCode()).isEqualTo(204);
        time.updateAndGet(t -> t.plusSeconds(30));
        assertThat(get("/api/v4/contacts?query=9123123210").statusCode()).isEqualTo(200);
    }

    @Test
    void leadsTheLastFullPageToAnEmptyOne() throws Exception {
        account.addContact("A", "1");
        account.addContact("B", "2");

        var page = JSON.readTree(get("/api/v4/contacts?limit=2&page=1").body());

        assertThat(page.path("_links").has("next")).isTrue();
        assertThat(get("/api/v4/contacts?limit=2&page=2").statusCode()).isEqualTo(204);
    }

    @Test
    void refusesACallOfANumberNobodyHas() throws Exception {
        var refused = post("/api/v4/calls", CALL.formatted("+79123123210", ""));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Entity not found");
        assertThat(account.calls()).isEmpty();
    }

    @Test
    void writesACallIntoTheOnlyActiveLead() throws Exception {
        var contact = account.addContact("Иван", "8 (912) 312-32-10");
        account.addLead("Lost", contact, 143);

        post("/api/v4/calls", CALL.formatted("+79123123210", ""));
        var lead = account.addLead("Open", contact, 1);
        post("/api/v4/calls", CALL.formatted("+79123123210", ""));

        assertThat(account.calls()).extracting(AmoAccount.Note::entityId).containsExactly(contact, lead);
    }

    @Test
    void refusesNullsUnknownMembersAndUnknownUsers() throws Exception {
        account.addContact("Иван", "+79123123210");
        var gone = account.addUser("Gone", "g@example.com", false, false);

        for (var bad : new String[] {
            ",\"call_result\":null", ",\"color\":\"red\"", ",\"created_by\":77", ",\"call_responsible\":" + gone
        }) {
            var refused = post("/api/v4/calls", CALL.formatted("+79123123210", bad));
            assertThat(refused.statusCode()).as(bad).isEqualTo(400);
            assertThat(refused.body()).contains("validation-errors");
        }
        assertThat(account.problems()).hasSize(4);
        assertThat(account.calls()).isEmpty();
    }

    @Test
    void keepsIncomingLeadsOutOfTheContactsUntilTheyAreAccepted() throws Exception {
        assertThat(post("/api/v4/leads/unsorted/sip", SIP).statusCode()).isEqualTo(200);
        assertThat(account.contacts()).isEmpty();
        assertThat(account.calls()).hasSize(1);
        assertThat(post("/api/v4/leads/unsorted/sip", SIP).statusCode()).isEqualTo(400);

        account.accept(account.unsorted().getFirst());

        assertThat(account.contacts()).hasSize(1);
        assertThat(get("/api/v4/contacts?query=9998888888").statusCode()).isEqualTo(200);
    }

    @Test
    void answersLeadsComplexWithABareArray() throws Exception {
        var answer = JSON.readTree(post("/api/v4/leads/complex", """
            [{"name":"Call","request_id":"c-1","_embedded":{"contacts":[{"name":"Иван","custom_fields_values":
            [{"field_code":"PHONE","values":[{"value":"+79123123210","enum_code":"WORK"}]}]}]}}]\
            """).body());

        assertThat(answer.isArray()).isTrue();
        assertThat(answer.get(0).path("request_id").get(0).asString()).isEqualTo("c-1");
        assertThat(answer.get(0).path("company_id").isNull()).isTrue();
        assertThat(account.leads().getFirst().contacts())
                .containsExactly(answer.get(0).path("contact_id").asLong());
    }

    @Test
    void wantsPluralEntityTypesInTasks() throws Exception {
        var contact = account.addContact("Иван");
        var task = """
            [{"text":"Call back","complete_till":1590916920,"entity_id":%d,"entity_type":"%s"}]\
            """;

        assertThat(post("/api/v4/tasks", task.formatted(contact, "contact")).statusCode())
                .isEqualTo(400);
        assertThat(post("/api/v4/tasks", task.formatted(contact, "contacts")).statusCode())
                .isEqualTo(200);
        assertThat(account.tasks()).hasSize(1);
    }

    @Test
    void showsAPopUpWithoutUsersToEverybodyAndCallsItAProblem() throws Exception {
        account.addUser("Anna", "a@example.com", false);
        var add = "{\"add\":[{\"type\":\"phone_call\",\"phone_number\":\"+79123123210\"%s}]}";

        assertThat(post("/api/v2/events", add.formatted("")).statusCode()).isEqualTo(202);
        assertThat(account.popups().getFirst().users()).hasSize(2);
        assertThat(account.problems()).hasSize(1);
        post("/api/v2/events", add.formatted(",\"users\":[504141]"));
        assertThat(account.popups().getLast().users()).containsExactly(504141L);
    }

    @Test
    void replacesTheParametersOfANoteAsAWhole() throws Exception {
        var contact = account.addContact("Иван");
        var note = JSON.readTree(
                        post("/api/v4/contacts/notes", """
                            [{"entity_id":%d,"note_type":"call_in","params":{"uniq":"c-1","duration":1,"source":"hub","phone":"1"}}]\
                            """.formatted(contact)).body())
                .path("_embedded")
                .path("notes")
                .get(0)
                .path("id")
                .asLong();

        send(
                "PATCH",
                "/api/v4/contacts/notes",
                "[{\"id\":%d,\"note_type\":\"call_in\",\"params\":{\"link\":\"l\"}}]".formatted(note));

        assertThat(account.calls().getFirst().link()).contains("l");
        assertThat(account.calls().getFirst().uniq()).isEmpty();
        assertThat(get("/api/v4/contacts/" + contact
                                + "/notes?filter[note_type][]=call_out"
                                        .replace("[", "%5B")
                                        .replace("]", "%5D"))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void refusesTheEighthRequestInASecondAndShutsWhoGoesOn() throws Exception {
        for (int i = 0; i < 7; i++) {
            nanos.addAndGet(-200_000_000);
            assertThat(get("/api/v4/account").statusCode()).isEqualTo(200);
        }
        for (int i = 0; i < 10; i++) {
            nanos.addAndGet(-200_000_000);
            var refused = get("/api/v4/account");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("\"retry_after\":1");
        }

        nanos.addAndGet(60_000_000_000L);
        assertThat(get("/api/v4/account").statusCode()).isEqualTo(403);
        account.lift();
        assertThat(get("/api/v4/account").statusCode()).isEqualTo(200);
    }

    @Test
    void givesUsersAndWebhooksToAdministratorsOnly() throws Exception {
        token = account.longLivedToken(account.addUser("Anna", "a@example.com", false), Duration.ofDays(1));

        assertThat(get("/api/v4/users").statusCode()).isEqualTo(403);
        assertThat(get("/api/v4/webhooks").statusCode()).isEqualTo(403);
        assertThat(get("/api/v4/account").statusCode()).isEqualTo(200);
    }

    @Test
    void pushesChangesAsAFormAndDisablesADeadHook() throws Exception {
        var contact = account.addContact("Иван", "+79123123210");
        post(
                "/api/v4/webhooks",
                "{\"destination\":\"http://127.0.0.1:9/hook\",\"settings\":[\"update_contact\"],\"sort\":10}");

        account.rename(contact, "Пётр", 504_141);

        await().until(() -> account.pushes().size() == 1);
        assertThat(account.pushes().getFirst().body())
                .contains("contacts%5Bupdate%5D%5B0%5D%5Btype%5D=contact", "account%5Bsubdomain%5D=romashka");
        for (int i = 2; i <= 101; i++) {
            var sent = i;
            account.rename(contact, "n" + i, 504_141);
            await().until(() -> account.pushes().size() == sent);
        }
        assertThat(get("/api/v4/webhooks").body()).contains("\"disabled\":true");
        account.rename(contact, "silent", 504_141);
        assertThat(account.pushes()).hasSize(101);
    }

    private static java.util.List<String> names(HttpResponse<String> answer) {
        return JSON.readTree(answer.body())
                .path("_embedded")
                .path("contacts")
                .valueStream()
                .map((JsonNode c) -> c.path("name").asString())
                .toList();
    }

    private HttpResponse<String> token(String grant, String name, String value) throws Exception {
        var it = account.integration();
        return send(
                "POST",
                "/oauth2/access_token",
                JSON.createObjectNode()
                        .put("client_id", it.clientId())
                        .put("client_secret", it.clientSecret())
                        .put("redirect_uri", it.redirectUri())
                        .put("grant_type", grant)
                        .put(name, value)
                        .toString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(asking(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return send("POST", path, json);
    }

    private HttpResponse<String> send(String method, String path, String json) throws Exception {
        var request = asking(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder asking(String path) {
        return HttpRequest.newBuilder(URI.create(account.address() + path))
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", "Patchbay test");
    }
}
