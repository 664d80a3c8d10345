package io.patchbay.audit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.patchbay.access.FirstUserOfTests;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.Browser;
import io.patchbay.testing.RunningHub;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The log in a browser, wide and as narrow as a telephone, in both languages. */
@RunningHub
class AuditPageBrowserTest {

    @LocalServerPort
    int port;

    @Autowired
    FirstUserOfTests people;

    @Autowired
    Audit audit;

    @Test
    void isReadOnADeskAndOnATelephone() {
        var owner = people.owner();
        audit.note(
                new CompanyId(1),
                new Actor(Actor.Kind.USER, 7, "Anna Petrova", "192.0.2.7"),
                Deed.of(Action.CONNECTION_CHANGED, 3, "Our CRM")
                        .changed("title", "CRM", "Our CRM")
                        .changed(
                                "subdomain",
                                "romashka",
                                "a-name-that-is-far-longer-than-a-line-of-a-telephone-has-room")
                        .secret("token"));
        audit.note(
                new CompanyId(1),
                new Actor(Actor.Kind.SYSTEM, 0, "", "2001:db8:0:1:2:3:4:5"),
                Deed.of(Action.RECORDING_HEARD, "c-81", "").with("recording", 12));
        try (var browser = new Browser(port)) {
            for (var language : List.of("en", "ru")) {
                for (var width : List.of(1280, 390)) {
                    var page = browser.open(width, 800, language, ColorScheme.LIGHT);
                    page.navigate("/audit");
                    page.fill("#login", owner);
                    page.fill("#password", FirstUserOfTests.PASSWORD);
                    page.click("form button.btn-primary");
                    assertThat(page.locator("h1")).hasText(language.equals("en") ? "Log" : "Журнал действий");
                    page.click("#verify");
                    assertThat(page.locator("#proof.alert-success code"))
                            .hasText(java.util.regex.Pattern.compile("[0-9a-f]{64}"));
                    page.navigate("/audit?verify=1&who=user-7");
                    Browser.picture(page, "audit-" + language + "-" + width);
                    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                            .as("nothing stands out at %d in %s", width, language)
                            .isTrue();
                    page.navigate("/audit");
                    page.selectOption("select[name=action]", "recording-heard");
                    page.click(".log-filter button");
                    assertThat(page.locator(".log-line").first()).containsText("c-81");
                    page.click(".log-line .log-who a");
                    assertThat(page).hasURL(java.util.regex.Pattern.compile("who=system"));
                }
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
