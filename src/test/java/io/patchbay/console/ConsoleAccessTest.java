package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.RunningHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the console lets in and how it answers whom it does not. */
@RunningHub
class ConsoleAccessTest {

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void leadsStrangersToTheSignInPage() throws Exception {
        for (var page : new String[] {"/", "/connections", "/employees", "/calls/c-1", "/no-such-page"}) {
            var answer = get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).get().asString().endsWith("/sign-in");
        }
    }

    @Test
    void sendsTheWholeBrowserToTheSignInPageWhenAPartOfAPageWasAskedFor() throws Exception {
        var answer =
                http.send(request("/calls").header("HX-Request", "true").GET().build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).contains("/sign-in");
    }

    @Test
    void refusesFormsWithoutTheirToken() throws Exception {
        for (var form : new String[] {"/sign-in", "/sign-out", "/language", "/setup/guess"}) {
            var answer = http.send(
                    request(form)
                            .POST(BodyPublishers.ofString("login=a&password=b"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(form).isEqualTo(403);
        }
    }

    @Test
    void hardensEveryPage() throws Exception {
        var headers = get("/sign-in").headers();

        assertThat(headers.firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Set-Cookie")).get().asString().contains("HttpOnly", "SameSite=Strict");
    }

    @Test
    void speaksTheBrowsersLanguageUntilAnotherIsChosen() throws Exception {
        var russian = http.send(
                request("/sign-in")
                        .header("Accept-Language", "ru-RU,ru;q=0.9,en;q=0.8")
                        .build(),
                BodyHandlers.ofString());
        var chosen = http.send(
                request("/sign-in")
                        .header("Accept-Language", "ru")
                        .header("Cookie", "language=en")
                        .build(),
                BodyHandlers.ofString());

        assertThat(russian.body()).contains("lang=\"ru\"").contains("Войти");
        assertThat(chosen.body()).contains("lang=\"en\"").contains("Sign in");
        assertThat(get("/sign-in").body()).contains("lang=\"en\"");
    }

    @Test
    void answersAGuessedSetupLinkLikeASpentOne() throws Exception {
        var answer = get("/setup/guess");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("This link does not work any more");
    }

    @Test
    void servesItsOwnAssetsOnly() throws Exception {
        var page = get("/sign-in").body();
        var assets = java.util.regex.Pattern.compile("(?:href|src)=\"(/(?:assets|webjars)/[^\"#]+)")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(assets).hasSizeGreaterThanOrEqualTo(5);
        for (var asset : assets) {
            assertThat(get(asset).statusCode()).as(asset).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/x-www-form-urlencoded");
    }
}
