package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated SuiteCRM does what a running 7.13 did: contracts/crm/suitecrm.md §11. */
class SuiteCrmTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SuiteCrm crm = new SuiteCrm(Clock.systemUTC());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        crm.close();
        http.close();
    }

    @Test
    void takesAnIsoDateAndStoresNothing() throws Exception {
        var lost = post(call("\"date_start\": \"2026-11-23T14:00:00+00:00\""));
        var kept = post(call("\"date_start\": \"2026-11-23 14:00:13\""));

        assertThat(lost.at("/data/attributes/date_start").asString()).isEmpty();
        assertThat(kept.at("/data/attributes/date_start").asString()).isEqualTo("2026-11-23T14:00:00+00:00");
        assertThat(kept.at("/data/attributes/date_end").asString()).isEqualTo("2026-11-23T14:00:00+00:00");
        assertThat(crm.problems()).hasSize(1);
    }

    @Test
    void escapesTextForHtmlButTheAmpersand() throws Exception {
        var made = post("{\"type\": \"Contacts\", \"attributes\": {\"last_name\": \"О'Коннор & <b>🙂\"}}");

        assertThat(made.at("/data/attributes/last_name").asString()).isEqualTo("О&#039;Коннор & &lt;b&gt;????");
        assertThat(made.at("/data/type").asString()).isEqualTo("Contact");
    }

    @Test
    void answersEveryRefusalWith400() throws Exception {
        assertThat(post(call("\"nosuchfield\": \"x\"")).at("/errors/detail").asString())
                .isEqualTo("Property nosuchfield in Call module is invalid");
        assertThat(get("/Api/V8/module/NoSuch").at("/errors/detail").asString())
                .isEqualTo("Module NoSuch does not exist");
        assertThat(get("/Api/V8/module/Contacts?filter%5Bnosuch%5D%5Beq%5D=1")
                        .at("/errors/detail")
                        .asString())
                .isEqualTo("Filter field nosuch in Contact module is not found");
        assertThat(get("/Api/V8/module/Contacts?filter%5Bemail1%5D%5Beq%5D=a")
                        .at("/errors/detail")
                        .asString())
                .contains("Unknown column");
        var id = "\"id\": \"aaaaaaaa-1111-2222-3333-444444444444\", ";
        post("{" + id + "\"type\": \"Calls\", \"attributes\": {\"name\": \"one\"}}");
        assertThat(post("{" + id + "\"type\": \"Calls\", \"attributes\": {\"name\": \"two\"}}")
                        .at("/errors/detail")
                        .asString())
                .isEqualTo("Bean Calls with id aaaaaaaa-1111-2222-3333-444444444444 is already exist");
        assertThat(crm.rows("Calls")).hasSize(1);
    }

    @Test
    void findsAFormattedNumberOnlyByAPattern() throws Exception {
        crm.addContact("Riche", "(307) 964-0273");

        assertThat(get("/Api/V8/module/Contacts?page%5Bsize%5D=5&filter%5Bphone_mobile%5D%5Beq%5D=3079640273")
                        .path("data"))
                .isEmpty();
        assertThat(get("/Api/V8/module/Contacts?page%5Bsize%5D=5&filter%5Bphone_mobile%5D%5Blike%5D=%25964%250273%25")
                        .path("data"))
                .hasSize(1);
    }

    @Test
    void saysEveryErrorOfV41With200OrWith500AndNothing() throws Exception {
        var session = session();

        assertThat(legacy("login", "[{\"user_name\": \"hub\", \"password\": \"wrong\"}, \"hub\", []]")
                        .body())
                .contains("\"number\":10");
        assertThat(legacy("set_entry", "[\"bad\", \"Calls\", []]").body()).contains("\"number\":11");
        assertThat(legacy("set_entry", "[\"%s\", \"Nope\", []]".formatted(session))
                        .body())
                .contains("\"number\":20");
        assertThat(legacy("get_entry_list", listed(session, "replace(contacts.phone_mobile,' ','') like '1'"))
                        .body())
                .contains("\"number\":40");
        assertThat(legacy("get_entry_list", listed(session, "nonsense")).statusCode())
                .isEqualTo(500);
        assertThat(legacy("login", "{\"user_auth\": {}, \"application_name\": \"hub\"}")
                        .statusCode())
                .isEqualTo(500);
        assertThat(legacy("no_such", "[\"%s\"]".formatted(session)).body()).contains("\"number\":\"-1\"");
    }

    @Test
    void losesAWriteToAnIdItDoesNotKnowAndLooksAsIfItHadNot() throws Exception {
        var session = session();
        var own = "[\"%s\", \"Calls\", [%s{\"name\": \"id\", \"value\": \"b-1\"}, {\"name\": \"name\", \"value\":"
                + " \"x\"}]]";

        assertThat(legacy("set_entry", own.formatted(session, "")).body()).contains("b-1");
        assertThat(crm.rows("Calls")).isEmpty();

        var made = own.formatted(session, "{\"name\": \"new_with_id\", \"value\": true}, ");
        assertThat(legacy("set_entry", made).statusCode()).isEqualTo(200);
        assertThat(legacy("set_entry", made).statusCode()).isEqualTo(500);
        assertThat(crm.rows("Calls")).hasSize(1);
    }

    private static String call(String attributes) {
        return "{\"type\": \"Calls\", \"attributes\": {" + attributes + "}}";
    }

    private String token() throws Exception {
        var access = crm.access();
        var body = JSON.writeValueAsString(Map.of(
                "grant_type", "client_credentials",
                "client_id", access.clientId(),
                "client_secret", access.clientSecret()));
        return JSON.readTree(send(HttpRequest.newBuilder(at("/Api/access_token"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                        .body())
                .path("access_token")
                .asString();
    }

    private JsonNode post(String data) throws Exception {
        return JSON.readTree(send(HttpRequest.newBuilder(at("/Api/V8/module"))
                        .header("Authorization", "Bearer " + token())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"data\": " + data + "}")))
                .body());
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(send(HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + token()))
                .body());
    }

    private String session() throws Exception {
        var user = "{\"user_name\": \"hub\", \"password\": \"%s\", \"encryption\": \"PLAIN\"}"
                .formatted(crm.access().password());
        return JSON.readTree(legacy("login", "[" + user + ", \"hub\", []]").body())
                .path("id")
                .asString();
    }

    private static String listed(String session, String query) {
        return "[\"%s\", \"Contacts\", \"%s\", \"\", 0, [\"id\"], [], 5, 0]".formatted(session, query);
    }

    private HttpResponse<String> legacy(String method, String restData) throws Exception {
        var form = "method=" + method + "&input_type=JSON&response_type=JSON&rest_data="
                + URLEncoder.encode(restData, StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(at("/service/v4_1/rest.php"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private URI at(String path) {
        return URI.create(crm.address() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
