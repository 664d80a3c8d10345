package io.patchbay.wholeway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.patchbay.directory.Employees;
import io.patchbay.sandbox.AmoAccount;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.testing.Browser;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The administrator's first day, in a real browser: from the set-up link in the log to a second CRM and the people in it. */
@ExtendWith(OutputCaptureExtension.class)
class ConsoleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "a long enough password";

    private BeelinePbx pbx;
    private Bitrix24Portal portal;
    private AmoAccount account;
    private RunningHub hub;
    private Browser browser;
    private Page page;
    private String setupLink;

    @BeforeEach
    void open(@TempDir Path data, CapturedOutput log) {
        pbx = RunningHub.pbx();
        pbx.recordingsAppearAfter(Duration.ZERO);
        portal = new Bitrix24Portal(0, Clock.systemUTC());
        portal.employee(21, "Иван", "Петров", "201");
        portal.contact("Мария", "Кузнецова", "+79000001234", 21);
        account = new AmoAccount(Clock.systemUTC());
        hub = new RunningHub(data);
        var link = Pattern.compile("(/setup/\\S+)").matcher(log.getOut());
        assertThat(link.find()).isTrue();
        setupLink = link.group(1);
        browser = new Browser(hub.address("/").getPort());
        page = browser.open(1280, 850, "en", ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        browser.close();
        hub.close();
        account.close();
        portal.close();
        pbx.close();
    }

    @Test
    void leadsFromTheSetupLinkToASecondCrmAndThePeopleInIt() {
        makesTheOwnerOnce();
        signsInByKeyboard();
        showsThatNothingIsConnectedYet();
        hub.connect(portal);
        hub.connect(pbx);
        await().atMost(PATIENCE)
                .until(() -> !pbx.liveSubscriptions().isEmpty()
                        && !portal.bindings().isEmpty()
                        && hub.bean(Employees.class).all(RunningHub.COMPANY).size() >= 3);
        showsACallAsItComesAndWhatWasDone();
        speaksRussian();
        connectsAnotherCrm();
        matchesAnEmployee();
        worksOnAPhone();
        signsOut();
    }

    private void makesTheOwnerOnce() {
        page.navigate(setupLink);
        page.click("main button.btn-primary");
        assertThat(page.locator(".invalid-feedback").first()).isVisible();
        page.fill("#company", "Romashka");
        page.fill("#name", "Anna Petrova");
        page.fill("#login", "anna@example.org");
        page.fill("#password", PASSWORD);
        page.click("main button.btn-primary");
        assertThat(page.locator(".alert-success")).isVisible();

        var again = page.context().request().get(setupLink);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text()).contains("This link does not work any more");
    }

    private void signsInByKeyboard() {
        assertThat(page.locator("#login")).isFocused();
        page.keyboard().type("anna@example.org");
        page.keyboard().press("Tab");
        page.keyboard().type(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Calls");
    }

    private void showsThatNothingIsConnectedYet() {
        assertThat(page.locator(".empty-state h2")).hasText("Connect your phone system");
        page.click(".empty-state .btn-primary");
        assertThat(page.locator("h1")).hasText("Connections");
        page.click(".tab >> nth=0");
    }

    private void showsACallAsItComesAndWhatWasDone() {
        page.evaluate("window.notReloaded = true");
        pbx.play(pbx.stories(Instant.now().minusSeconds(300))
                .talking(Duration.ofSeconds(91))
                .answered(BeelineParty.outside("+79000001234"), pbx.company().at("201")));

        var call = page.locator(".call").first();
        assertThat(call.locator(".who-name")).hasText("Мария Кузнецова", patient());
        assertThat(call.locator(".verdict")).hasText("Answered", patient());
        assertThat(call.locator(".length")).hasText("1:31", patient());
        assertThat(call.locator(".stand.tone-good")).isVisible(patientVisible());
        assertThat(page.evaluate("window.notReloaded === true")).isEqualTo(true);

        call.locator("summary").focus();
        page.keyboard().press("Enter");
        assertThat(call.locator(".leg")).hasCount(1);
        assertThat(call.locator(".effect").filter(new Locator.FilterOptions().setHasText("Write the call")))
                .isVisible();

        page.navigate(page.getAttribute(".call", "id").replace("call-", "/calls/"));
        var audio = page.locator("audio");
        assertThat(audio)
                .hasAttribute(
                        "src",
                        Pattern.compile("/recordings/.+"),
                        new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE.toMillis()));
        assertThat(page.evaluate(
                        "async () => (await fetch(document.querySelector('audio').src)).headers.get('content-type')"))
                .asString()
                .startsWith("audio/");
        Browser.picture(page, "call-en");
    }

    private void speaksRussian() {
        page.click(".languages [value=ru]");
        assertThat(page.locator("html")).hasAttribute("lang", "ru");
        assertThat(page.locator(".tab").nth(1)).hasText("Подключения");
        page.click(".languages [value=en]");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
    }

    private void connectsAnotherCrm() {
        page.click(".tab >> nth=1");
        assertThat(page.locator(".connection")).hasCount(2);
        assertThat(page.locator(".connection .lamp-green")).hasCount(2);
        page.click(".page-head .btn-primary");
        page.click("a[href='/connections/new/amocrm']");
        assertThat(page.locator(".guide h3").first()).isVisible();
        page.fill("#title", "Second CRM");
        page.click("form.panel button.btn-primary");
        assertThat(page.locator("#setting-subdomain + .field-problem")).hasText("Please fill this in.");

        page.fill("#setting-subdomain", account.integration().subdomain());
        page.fill("#setting-longLivedToken", "not-the-token");
        page.click(".more summary");
        page.fill("#setting-baseUrl", account.address().toString().replaceFirst("/$", ""));
        page.click("form.panel button.btn-primary");
        assertThat(page.locator("h1")).hasText("Second CRM");
        assertThat(page.locator("#findings .standing-sentence"))
                .hasText(Pattern.compile("The account does not know the login any more.*"));
        assertThat(page.locator("#hook")).hasValue(Pattern.compile("http.*/hooks/.{20,}"));

        page.fill("#setting-longLivedToken", account.longLivedToken(Duration.ofDays(1)));
        page.click("#settings button.btn-primary");
        assertThat(page.locator(".alert-success")).isVisible();
        assertThat(page.locator("#setting-longLivedToken")).hasValue("");
        assertThat(page.locator("#setting-subdomain"))
                .hasValue(account.integration().subdomain());
        page.click("#check");
        assertThat(page.locator("#findings .right").first()).isVisible();
        assertThat(page.locator("#findings .right .tone-good").first()).isVisible();
        Browser.picture(page, "connection-en");

        page.click("form[action$='/off'] button");
        assertThat(page.locator(".standing-sentence").first()).containsText("Switched off.");
        page.click("form[action$='/on'] button");
        assertThat(page.locator("form[action$='/off'] button")).isVisible();
    }

    private void matchesAnEmployee() {
        var ivan = account.addUser("Ivan of the account", "ivan@example.com", false);
        page.click(".tab[href='/employees']");
        page.click("#fetch");
        assertThat(page.locator(".alert-info")).containsText("Second CRM: new");
        page.click("th .map-name:text-is('Иван Петров')");
        var systems = page.locator("select[id^=id-]");
        systems.last().selectOption(Long.toString(ivan));
        page.click("form.panel button.btn-primary");
        assertThat(page.locator("tr").filter(new Locator.FilterOptions().setHasText("Иван Петров")))
                .containsText("Ivan of the account");
    }

    private void worksOnAPhone() {
        page.setViewportSize(360, 740);
        for (var address :
                new String[] {"/", "/connections", "/connections/new", "/connections/new/bitrix24", "/employees"}) {
            page.navigate(address);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(address + " fits the width of a phone")
                    .isEqualTo(true);
        }
        page.setViewportSize(1280, 850);
    }

    private void signsOut() {
        page.click("form[action='/sign-out'] button");
        assertThat(page.locator(".alert-info")).hasText("You are signed out.");
        page.navigate("/connections");
        assertThat(page.locator("#login")).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    private static LocatorAssertions.HasTextOptions patient() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE.toMillis());
    }

    private static LocatorAssertions.IsVisibleOptions patientVisible() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE.toMillis());
    }
}
