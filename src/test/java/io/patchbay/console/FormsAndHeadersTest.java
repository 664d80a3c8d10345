package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import io.patchbay.testing.RunningHub;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What holds for each page and each form of the console, whoever adds one. */
@RunningHub
class FormsAndHeadersTest {

    /** Pictures, which have a policy of their own: {@link EveryPageTest}. */
    private static final Set<String> NO_PAGES = Set.of("/connectors/{id}/icon.svg");

    @LocalServerPort
    int port;

    @Autowired
    FirstUserOfTests people;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    private Visitor owner;

    @BeforeEach
    void signIn() {
        owner = new Visitor(port).signIn(people.owner());
    }

    @Test
    void takesNoFormWithoutItsTokenEvenFromAnOwner() {
        var forms = new ConsoleRoutes(requestMappingHandlerMapping).of(RequestMethod.POST);

        assertThat(forms).hasSizeGreaterThan(20);
        for (var form : forms) {
            var answer = owner.postWithoutToken(somewhere(form), Map.of("name", "x"));
            assertThat(answer.statusCode()).as(form).isEqualTo(403);
        }
        assertThat(owner.get("/").statusCode()).as("and he stays signed in").isEqualTo(200);
    }

    @Test
    void answersEveryPageWithAllThatKeepsItApartFromOthers() {
        for (var page : new ConsoleRoutes(requestMappingHandlerMapping).of(RequestMethod.GET)) {
            if (NO_PAGES.contains(page)) {
                continue;
            }
            var headers = owner.get(somewhere(page)).headers();
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .as(page)
                    .get()
                    .asString()
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).as(page).contains("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).as(page).contains("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).as(page).contains("same-origin");
            assertThat(headers.firstValue("Cache-Control"))
                    .as(page)
                    .get()
                    .asString()
                    .contains("no-store");
        }
    }

    private static String somewhere(String pattern) {
        return pattern.replaceAll("\\{(?:[^{}]|\\{[^}]*})*}", "1"); // a pattern of digits has braces of its own
    }
}
