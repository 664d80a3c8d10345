package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody with a browser of their own: cookies are kept, forms are sent with their token. */
final class Visitor {

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String hub;

    Visitor(int port) {
        this.hub = "http://localhost:" + port;
    }

    /** Signs in with the password all users of tests have. */
    Visitor signIn(String login) {
        var answer = post("/sign-in", Map.of("login", login, "password", FirstUserOfTests.PASSWORD));
        assertThat(answer.headers().firstValue("Location")).get().asString().doesNotContain("sign-in");
        return this;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Sends a form as a page of the hub would. */
    HttpResponse<String> post(String path, Map<String, String> fields) {
        return form(path, Stream.concat(fields.entrySet().stream(), Map.of("_csrf", token()).entrySet().stream()));
    }

    /** Sends a form as another site would, with the cookies of this browser. */
    HttpResponse<String> postWithoutToken(String path, Map<String, String> fields) {
        return form(path, fields.entrySet().stream());
    }

    private HttpResponse<String> form(String path, Stream<Map.Entry<String, String>> fields) {
        var form = fields.map(
                        field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** Every page has a form with it: that of the languages. */
    private String token() {
        for (var page : new String[] {"/sign-in", "/account"}) {
            var found = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                    .matcher(get(page).body());
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("No page has a form with a token.");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(hub + path))
                .header("Accept-Language", "en")
                .header("Accept", "text/html,*/*");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
