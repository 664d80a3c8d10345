package io.patchbay.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.Browser;
import io.patchbay.testing.RunningHub;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A person signs in and sees the calls, in either language, without one complaint of the browser. */
@RunningHub
class FirstPageBrowserTest {

    private static final String PASSWORD = "a long enough password";

    @LocalServerPort
    int port;

    @Autowired
    Users users;

    @Test
    void showsTheCallsAfterSigningIn() {
        users.create(new CompanyId(1), "first-page@example.org", "Anna", Role.OWNER, Password.of(PASSWORD));
        try (var browser = new Browser(port)) {
            var page = browser.open(1280, 800, "en", ColorScheme.LIGHT);
            page.navigate("/");
            page.fill("#login", "first-page@example.org");
            page.fill("#password", PASSWORD);
            page.click("main button[type=submit], form button.btn-primary");

            assertThat(page.locator("h1")).hasText("Calls");
            Browser.picture(page, "calls-en");

            assertThat(browser.complaints()).isEmpty();
        }
    }
}
