package io.patchbay.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.patchbay.testing.Browser;
import io.patchbay.testing.RunningHub;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningHub
class ConsoleStoryTest {

    @LocalServerPort
    int port;

    @Test
    void looks() {
        try (var browser = new Browser(port)) {
            Page page = browser.open(1280, 800, "en", ColorScheme.LIGHT);
            page.navigate("/sign-in?wrong");
            Browser.picture(page, "sign-in");
            page = browser.open(390, 800, "ru", ColorScheme.DARK);
            page.navigate("/setup/xx");
            Browser.picture(page, "setup-spent");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
