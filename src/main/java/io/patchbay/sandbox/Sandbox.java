package io.patchbay.sandbox;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.intake.Hooks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A company that is called all day: a simulated PBX and a simulated CRM, connected to the hub as an administrator would, so that the console shows real work
 * within a minute. Active with the profile {@code sandbox}.
 */
@Component
@Profile("sandbox")
class Sandbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
    private static final CompanyId COMPANY = new CompanyId(1);
    private static final String TOKEN = "5a1d0c1e-0000-4000-8000-5a1d0c1e0000";
    private static final String LINE = "9000000100";
    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(7);

    private final Connections connections;
    private final Secrets secrets;
    private final Hooks hooks;
    private final Random chance = new Random(7);
    private final BeelinePbx pbx;
    private final Bitrix24Portal portal;
    private final ScheduledExecutorService day = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-day").factory());

    Sandbox(Connections connections, Secrets secrets, Hooks hooks, Clock clock) {
        this.connections = connections;
        this.secrets = secrets;
        this.hooks = hooks;
        this.pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, clock.millis());
        this.portal = new Bitrix24Portal(0, clock);
        portal.employee(21, "Иван", "Петров", "201");
        portal.employee(22, "Анна", "Смирнова", "202");
        portal.contact("Мария", "Кузнецова", "+79000001234", 21);
        portal.contact("Олег", "Соколов", "8 (900) 000-12-35", 22);
        pbx.recordingsAppearAfter(Duration.ofSeconds(3));
    }

    @EventListener(ApplicationReadyEvent.class)
    void open() {
        var board = connection("beeline", "Sandbox PBX", Map.of("baseUrl", text(pbx.baseUrl())));
        secrets.keep(board.id(), "token", new Secret(TOKEN));
        var crm = connection(
                "bitrix24",
                "Sandbox CRM",
                Map.of(
                        "baseUrl", text(portal.restAddress().toString().replaceFirst("/$", "")),
                        "portal", text(portal.host()),
                        "clientId", text(Bitrix24Portal.CLIENT_ID),
                        "oauthServer", text(portal.oauthServer().toString().replaceFirst("/$", "")),
                        "defaultEmployee", text("21"),
                        "memberId", JsonNodeFactory.instance.nullNode()));
        secrets.keep(crm.id(), "clientSecret", new Secret(Bitrix24Portal.CLIENT_SECRET));
        // each start brings a new portal; what the one before handed over is worth nothing
        secrets.forget(crm.id(), "applicationToken");
        portal.install(hooks.address(crm.id()).toString());
        day.scheduleWithFixedDelay(this::call, 8_000, BETWEEN_CALLS.toMillis(), TimeUnit.MILLISECONDS);
        LOG.info("sandbox.open pbx={} crm={}", board.id(), crm.id());
    }

    @Override
    public void close() {
        day.shutdownNow();
        pbx.close();
        portal.close();
    }

    private void call() {
        try {
            var story = stories().get(chance.nextInt(stories().size())).get();
            pbx.perform(story);
        } catch (RuntimeException e) {
            LOG.warn("sandbox.call-failed why={}", e.toString());
        }
    }

    private List<Supplier<BeelineStory>> stories() {
        var company = pbx.company();
        var ivan = company.at("201");
        var anna = company.at("202");
        var told = pbx.stories();
        return List.of(
                () -> told.answered(client(), ivan),
                () -> told.answered(client(), anna),
                () -> told.answeredOnLine(client(), LINE, anna),
                () -> told.missed(client(), ivan),
                () -> told.huntGroup(client(), LINE, List.of(anna), ivan),
                () -> told.ringsAll(client(), LINE, ivan, List.of(anna)),
                () -> told.blindTransfer(client(), LINE, ivan, anna, true),
                () -> told.outbound(ivan, client(), BeelineStories.OutboundOutcome.ANSWERED),
                () -> told.outbound(anna, client(), BeelineStories.OutboundOutcome.SILENT),
                () -> told.menuHangUp(client(), LINE),
                () -> told.internal(ivan, anna, true));
    }

    /** Now and then somebody new calls. */
    private BeelineParty client() {
        return BeelineParty.outside(
                "+7900000" + (chance.nextInt(4) == 0 ? 2000 + chance.nextInt(900) : 1234 + chance.nextInt(6)));
    }

    private Connection connection(String connector, String title, Map<String, JsonNode> settings) {
        return connections.of(COMPANY).stream()
                .filter(c -> c.connector().equals(connector) && c.title().equals(title))
                .findFirst()
                .map(c -> connections.change(c.id(), Connections.Change.settings(settings)))
                .orElseGet(() -> connections.add(COMPANY, connector, title, settings));
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }
}
