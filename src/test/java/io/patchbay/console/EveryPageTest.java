package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.Employees;
import io.patchbay.run.Runs;
import io.patchbay.run.Scope;
import io.patchbay.testing.RunningHub;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.JsonNodeFactory;

/** Every address of the console, found by what the hub itself maps, so that a new one cannot be forgotten. */
@RunningHub
class EveryPageTest {

    private static final CompanyId COMPANY = new CompanyId(1);

    /** Addresses that anybody may open: those who are not signed in yet need them. */
    private static final Set<String> OPEN = Set.of("/sign-in", "/setup/{secret}", "/invited/{secret}");

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    FirstUserOfTests people;

    @Autowired
    ConnectionSetup setup;

    @Autowired
    ClientDirectory directory;

    @Autowired
    Employees employees;

    @Autowired
    Runs runs;

    private final HttpClient signedIn =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final HttpClient stranger = HttpClient.newHttpClient();
    private long connection;
    private long employee;
    private long client;
    private long run;

    @BeforeEach
    void signIn() throws Exception {
        var saved = (ConnectionSetup.Saved) setup.add(
                COMPANY, "parrot", "Parrot of every page", Map.of("token", JsonNodeFactory.instance.stringNode("t")));
        connection = saved.connection().id().value();
        employee = employees
                .add(COMPANY, "Everywhere", Optional.empty(), Optional.empty(), true)
                .id()
                .value();
        run = runs.preview(COMPANY, "replay", Scope.COMPANY.of(connection), "Anna")
                .id();
        client = directory
                .add(
                        COMPANY,
                        new ClientDirectory.Written(
                                "Everywhere", Optional.empty(), false, java.util.List.of((PhoneNumber)
                                        new NumberPlan("RU").read("+79000000001"))))
                .id()
                .value();
        var login = people.owner();
        var token = token(get(signedIn, "/sign-in").body());
        var answer = post(
                signedIn,
                "/sign-in",
                "login=" + login + "&password=" + FirstUserOfTests.PASSWORD.replace(' ', '+') + "&_csrf=" + token);
        assertThat(answer.headers().firstValue("Location")).get().asString().doesNotContain("sign-in");
    }

    @Test
    void opensForWhoeverIsSignedIn() throws Exception {
        for (var address : addresses(RequestMethod.GET)) {
            var answer = get(signedIn, filled(address));
            assertThat(answer.statusCode()).as(address).isIn(expected(address));
            if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                assertThat(answer.body()).as(address).doesNotContain("??").doesNotContain("th:");
            }
        }
    }

    @Test
    void leadsStrangersToTheSignInPage() throws Exception {
        for (var address : addresses(RequestMethod.GET)) {
            var answer = get(stranger, filled(address));
            if (OPEN.contains(address)) {
                assertThat(answer.statusCode()).as(address).isIn(200, 404);
            } else {
                assertThat(answer.statusCode()).as(address).isEqualTo(302);
                assertThat(answer.headers().firstValue("Location"))
                        .as(address)
                        .get()
                        .asString()
                        .endsWith("/sign-in");
            }
        }
    }

    @Test
    void changesNothingForStrangersOrWithoutTheFormsToken() throws Exception {
        for (var address : addresses(RequestMethod.POST)) {
            assertThat(post(stranger, filled(address), "a=b").statusCode())
                    .as(address)
                    .isEqualTo(403);
            assertThat(post(signedIn, filled(address), "a=b").statusCode())
                    .as(address)
                    .isEqualTo(403);
        }
    }

    @Test
    void hasNoLinkThatLeadsNowhere() throws Exception {
        var walked = new TreeSet<String>();
        var ahead = new TreeSet<>(Set.of("/"));
        while (!ahead.isEmpty()) {
            var page = ahead.pollFirst();
            walked.add(page);
            var answer = get(signedIn, page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                links(answer.body()).filter(link -> !walked.contains(link)).forEach(ahead::add);
            }
        }

        assertThat(walked)
                .contains("/connections", "/connections/new", "/connections/new/parrot", "/employees", "/employees/new")
                .contains(
                        "/runs",
                        "/runs/" + run,
                        "/connections/" + connection,
                        "/employees/" + employee,
                        "/connectors/parrot/icon.svg");
    }

    @Test
    void givesEveryInputALabelAndEveryPageALanguageAndATitle() throws Exception {
        for (var page : List.of(
                "/sign-in",
                "/",
                "/connections",
                "/connections/new/bitrix24",
                "/connections/" + connection,
                "/employees",
                "/employees/new",
                "/employees/" + employee)) {
            var html = get(signedIn, page).body();
            assertThat(html)
                    .as(page)
                    .containsPattern("<html[^>]* lang=\"en\"")
                    .containsPattern("<title>[^<]{3,}</title>");
            assertThat(html).as(page).containsPattern("<h1[ >]");
            unlabelled(html)
                    .forEach(input ->
                            assertThat(input).as(page + ": has no label").isEmpty());
        }
    }

    @Test
    void saysWhatToDoWhenThereIsNoSuchPageAndKeepsTheNavigation() throws Exception {
        for (var page :
                List.of("/nope", "/connections/987654", "/connections/new/nope", "/employees/987654", "/calls/c-0")) {
            var answer = get(signedIn, page);
            assertThat(answer.statusCode()).as(page).isEqualTo(404);
            assertThat(answer.body()).as(page).contains("There is no such page", "href=\"/connections\"");
        }
    }

    @Test
    void neverGivesASecretBack() throws Exception {
        setup.add(
                COMPANY,
                "parrot",
                "Parrot with a secret",
                Map.of("token", JsonNodeFactory.instance.stringNode("very-secret-word")));
        for (var one : links(get(signedIn, "/connections").body()).toList()) {
            assertThat(get(signedIn, one).body()).as(one).doesNotContain("very-secret-word");
        }
    }

    @Test
    void servesIconsAsPicturesInWhichNothingRuns() throws Exception {
        for (var connector : List.of("parrot", "bitrix24", "removed")) {
            var answer = get(signedIn, "/connectors/" + connector + "/icon.svg");
            assertThat(answer.headers().firstValue("Content-Type")).contains("image/svg+xml");
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .get()
                    .asString()
                    .contains("sandbox")
                    .doesNotContain("script-src");
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .get()
                    .asString()
                    .contains("max-age=3600");
        }
    }

    private static Integer[] expected(String address) {
        if (address.equals("/calls/more")) {
            return new Integer[] {400}; // a place in the list that nobody was given
        }
        var gone = OPEN.contains(address) || address.contains("/calls/{id}");
        return gone ? new Integer[] {200, 404} : new Integer[] {200};
    }

    private Set<String> addresses(RequestMethod method) {
        var found = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getPackageName().equals("io.patchbay.console")
                    && mapping.getMethodsCondition().getMethods().contains(method)) {
                found.addAll(mapping.getPatternValues());
            }
        });
        assertThat(found).hasSizeGreaterThan(5);
        return found;
    }

    private String filled(String address) {
        var value = address.startsWith("/employees")
                ? employee
                : address.startsWith("/clients") ? client : address.startsWith("/runs") ? run : connection;
        var id = address.startsWith("/calls")
                ? "c-1"
                : address.startsWith("/connectors") ? "parrot" : Long.toString(value);
        return address.replaceAll("\\{id[^}]*}+", id)
                        .replace("{connector}", "parrot")
                        .replace("{secret}", "guess")
                + (address.equals("/calls/more") ? "?after=x" : "");
    }

    private static Stream<String> links(String html) {
        return Pattern.compile("(?:href|src|hx-get)=\"(/[^\"#]*)")
                .matcher(html)
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .distinct();
    }

    private static Stream<String> unlabelled(String html) {
        return Pattern.compile("<(?:input|select|textarea)\\b[^>]*>")
                .matcher(html)
                .results()
                .map(found -> found.group())
                .filter(input -> !input.contains("type=\"hidden\"") && !input.contains("aria-label="))
                .filter(input -> {
                    var id = Pattern.compile("\\bid=\"([^\"]+)\"").matcher(input);
                    var named = id.find() && html.contains("for=\"" + id.group(1) + "\"");
                    return !named
                            && !Pattern.compile("<label[^>]*>\\s*" + Pattern.quote(input))
                                    .matcher(html)
                                    .find();
                });
    }

    private static String token(String html) {
        var found = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(html);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> get(HttpClient http, String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(HttpClient http, String path, String form)
            throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept-Language", "en")
                .header("Accept", "text/html,*/*");
    }
}
