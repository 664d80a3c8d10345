package io.patchbay.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secret;
import io.patchbay.connection.TokenStore;
import io.patchbay.connection.api.Buckets;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.intake.AddressList;
import io.patchbay.intake.HookUse;
import io.patchbay.intake.Hooks;
import io.patchbay.journal.RawHooks;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.HubParts;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import io.patchbay.upkeep.HookRotation;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** routes/watch as shipped: what people get when a connection is not well. Only the timers and the clock are the test's. */
class WatchRouteTest {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String BOT = "123456:abcdefghijklmnopqrstuvwxyz";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A Wednesday, 13:00 in Moscow. */
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T10:00:00Z"));

    private final PostOffice post = new PostOffice();
    private ConnectorBench hub;

    @AfterEach
    void close() {
        hub.close();
        post.close();
    }

    @BeforeEach
    void connect() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
    }

    private void connect(TestDatabase.Kind kind) throws Exception {
        if (hub != null) {
            hub.close();
        }
        hub = ConnectorBench.of("beeline")
                .hub()
                .on(kind)
                .clock(clock)
                .secret("token", "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")
                .property("patchbay.watch.webhook.url", post.address() + "/alerts")
                .property("patchbay.watch.webhook.secret", SECRET)
                .start();
        for (var route : List.of("watch", "tell")) {
            HubParts.route(
                    hub.bean(CamelContext.class),
                    "routes/watch/" + route + ".camel.yaml",
                    route,
                    Map.of("watchSteps", hub.bean(WatchSteps.class)));
        }
    }

    private void fire(String route) {
        hub.bean(CamelContext.class).createProducerTemplate().sendBody("direct:" + route, null);
    }

    private void watchFor(Duration time, Duration step) {
        for (var left = time; left.isPositive(); left = left.minus(step)) {
            clock.advance(step);
            fire("watch");
            fire("tell");
        }
    }

    private void watchFor(Duration time) {
        watchFor(time, Duration.ofSeconds(10));
    }

    private void heard() {
        hub.bean(RawHooks.class)
                .keep(
                        new CompanyId(1),
                        hub.connection().id().value(),
                        UUID.randomUUID().toString(),
                        clock.instant(),
                        "{}",
                        new byte[] {1});
    }

    private ConnectionHealth health() {
        return hub.bean(ConnectionHealth.class);
    }

    private List<String> told() {
        return post.posted().stream()
                .map(posted -> JSON.readTree(posted.body()))
                .map(json -> json.at("/data/concern").asString() + " "
                        + json.path("type").asString())
                .toList();
    }

    private JsonNode last() {
        return JSON.readTree(post.posted().getLast().body());
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsToldWithinAMinuteOnceAndItsEndToo(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        var id = hub.connection().id();
        health().failed(id, new ConnectorException(Fault.SETUP, "The token of +79001234567 was revoked."));

        watchFor(Duration.ofMinutes(1));
        assertThat(told()).containsExactly("FAULT connection.alert.began");
        watchFor(Duration.ofMinutes(5));
        assertThat(told()).hasSize(1);
        assertThat(last().at("/data/text").asString()).contains("was revoked").doesNotContain("9001234567");
        assertThat(hub.bean(Watch.class).of(id)).extracting(Watch.Told::concern).containsExactly(Concern.FAULT);

        health().went(id);
        watchFor(Duration.ofMinutes(1));

        assertThat(told()).containsExactly("FAULT connection.alert.began", "FAULT connection.alert.over");
        assertThat(hub.bean(Watch.class).of(id)).isEmpty();
    }

    @Test
    void aSubscriptionThatWasRefusedIsToldWhateverElseGoesWell() {
        var id = hub.connection().id();
        health().deaf(id, "Wrong address.");
        health().went(id);

        watchFor(Duration.ofMinutes(1));

        assertThat(told()).containsExactly("DEAF connection.alert.began");
    }

    @Test
    void silenceIsToldAfterAQuarterOfAnHourOfWorkingTime() {
        heard();
        watchFor(Duration.ofMinutes(14));
        assertThat(told()).isEmpty();

        watchFor(Duration.ofMinutes(2));
        assertThat(told()).containsExactly("SILENCE connection.alert.began");

        heard();
        watchFor(Duration.ofMinutes(1));
        assertThat(told()).last().isEqualTo("SILENCE connection.alert.over");
    }

    @Test
    void aNightIsNoSilenceAndTheEndOfTheDayIsNoReturn() {
        clock.set(Instant.parse("2026-11-25T14:50:00Z")); // 17:50
        heard();
        watchFor(
                Duration.ofHours(15).plusMinutes(10),
                Duration.ofMinutes(1)); // 09:00 of the next day: ten minutes counted
        assertThat(told()).isEmpty();

        watchFor(Duration.ofMinutes(7), Duration.ofMinutes(1));
        assertThat(told()).containsExactly("SILENCE connection.alert.began");
        watchFor(Duration.ofHours(10), Duration.ofMinutes(1));
        assertThat(told()).hasSize(1);
    }

    @Test
    void aCompanySaysWhenItWorksAndWhatSilenceIs() {
        hub.bean(HabitBook.class)
                .set(
                        new CompanyId(1),
                        new Habits(
                                new WorkingHours(Set.of(DayOfWeek.WEDNESDAY), LocalTime.of(8, 0), LocalTime.MIDNIGHT),
                                Duration.ofHours(2)));
        heard();
        watchFor(Duration.ofMinutes(119), Duration.ofMinutes(1));
        assertThat(told()).isEmpty();

        watchFor(Duration.ofMinutes(3), Duration.ofMinutes(1));
        assertThat(told()).hasSize(1);

        hub.bean(HabitBook.class).set(new CompanyId(1), new Habits(WorkingHours.USUAL, Duration.ZERO));
        watchFor(Duration.ofMinutes(3), Duration.ofMinutes(1));
        assertThat(told()).last().isEqualTo("SILENCE connection.alert.over");
    }

    @Test
    void nothingIsSwitchedOffInSilence() {
        heard();
        hub.bean(Connections.class).change(hub.connection().id(), Connections.Change.enabled(false));
        watchFor(Duration.ofMinutes(1));
        assertThat(told()).containsExactly("OFF connection.alert.began");

        watchFor(Duration.ofHours(25), Duration.ofMinutes(5));
        assertThat(told()).containsExactly("OFF connection.alert.began", "OFF connection.alert.still");

        hub.bean(Connections.class).change(hub.connection().id(), Connections.Change.enabled(true));
        watchFor(Duration.ofMinutes(1));
        assertThat(told()).last().isEqualTo("OFF connection.alert.over");
    }

    @ParameterizedTest
    @EnumSource
    void aBacklogIsToldAtEachStepOfItsLimit(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        hub.bean(HabitBook.class).set(new CompanyId(1), new Habits(WorkingHours.USUAL, Duration.ZERO));
        for (var size : List.of(249, 250, 349, 350, 450, 500, 700)) {
            waiting(size);
            watchFor(Duration.ofMinutes(1));
        }
        assertThat(post.posted().stream()
                        .map(posted ->
                                JSON.readTree(posted.body()).at("/data/percent").asInt()))
                .containsExactly(50, 70, 90, 100);
    }

    private void waiting(int calls) {
        var jdbc = hub.database().jdbc();
        var there = jdbc.sql("SELECT COUNT(*) FROM wake").query(Integer.class).single();
        for (var call = there; call < calls; call++) {
            jdbc.sql("""
                INSERT INTO wake (call_id, connection_id, message_group, live, due_at, send_at, revision)
                VALUES (?, ?, '', TRUE, 0, 0, 1)\
                """).params(call, hub.connection().id().value()).update();
        }
    }

    @Test
    void anOldHookAddressThatTheSystemStillUsesIsToldBeforeItsEndAndWhenCallsAreLost() {
        hub.bean(HabitBook.class).set(new CompanyId(1), new Habits(WorkingHours.USUAL, Duration.ZERO));
        var form = hub.bean(Connections.class).add(new CompanyId(1), "form", "Form", Map.of());
        var old = secret(form.id());
        used(old);
        hub.bean(HookRotation.class).rotate(form, Duration.ofHours(24));
        watchFor(Duration.ofHours(11), Duration.ofMinutes(10));
        assertThat(told()).isEmpty();

        watchFor(Duration.ofHours(14), Duration.ofMinutes(10));
        used(old);
        assertThat(told())
                .containsExactly(
                        "OLD_ADDRESS connection.alert.began",
                        "OLD_ADDRESS connection.alert.worse",
                        "OLD_ADDRESS connection.alert.worse",
                        "OLD_ADDRESS connection.alert.worse");

        used(secret(form.id()));
        watchFor(Duration.ofMinutes(1));
        assertThat(told()).last().isEqualTo("OLD_ADDRESS connection.alert.over");
    }

    @Test
    void aSystemThatWasToldTheNewAddressIsNotSuspectedForWhatItSentBefore() {
        hub.bean(HabitBook.class).set(new CompanyId(1), new Habits(WorkingHours.USUAL, Duration.ZERO));
        var id = hub.connection().id();
        var old = secret(id);
        used(old);
        hub.bean(HookRotation.class).rotate(hub.connection(), Duration.ofHours(24));
        clock.advance(Duration.ofMinutes(1));
        hub.bean(Hooks.class).registered(id, hub.bean(Hooks.class).address(id));
        watchFor(Duration.ofHours(20), Duration.ofMinutes(10));
        assertThat(told()).isEmpty();

        used(old);
        watchFor(Duration.ofMinutes(1));

        assertThat(told()).containsExactly("OLD_ADDRESS connection.alert.began");
    }

    @Test
    void hooksThatAreRefusedForTheirNetworkAddressAreTold() {
        hub.bean(HabitBook.class).set(new CompanyId(1), new Habits(WorkingHours.USUAL, Duration.ZERO));
        var id = hub.connection().id();
        hub.bean(Hooks.class)
                .permit(
                        id,
                        new AddressList(
                                List.of(AddressList.block("192.0.2.0/24").orElseThrow())));
        used(secret(id));

        watchFor(Duration.ofMinutes(1));
        assertThat(told()).containsExactly("REFUSED_HOOKS connection.alert.began");

        hub.bean(Hooks.class).permit(id, AddressList.EMPTY);
        watchFor(Duration.ofMinutes(1));
        assertThat(told()).last().isEqualTo("REFUSED_HOOKS connection.alert.over");
    }

    @ParameterizedTest
    @EnumSource
    void aLoginThatNobodyRenewsIsToldAsItsEndComesNear(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        hub.bean(HabitBook.class).set(new CompanyId(1), new Habits(WorkingHours.USUAL, Duration.ZERO));
        var id = hub.connection().id();
        hub.bean(TokenStore.class)
                .replace(id, new Secret("t"), Optional.empty(), clock.instant().plus(Duration.ofDays(8)));
        watchFor(Duration.ofHours(12), Duration.ofHours(1));
        assertThat(told()).isEmpty();

        watchFor(Duration.ofDays(8), Duration.ofHours(1));

        assertThat(post.posted().stream()
                        .map(posted -> JSON.readTree(posted.body()))
                        .filter(json -> !json.path("type").asString().endsWith("still"))
                        .map(json -> json.at("/data/concern").asString() + " "
                                + json.at("/data/percent").asInt()))
                .containsExactly("TOKEN 50", "TOKEN 70", "TOKEN 90", "TOKEN 100");

        hub.bean(TokenStore.class)
                .replace(
                        id,
                        new Secret("t"),
                        Optional.of(new Secret("r")),
                        clock.instant().plus(Duration.ofHours(1)));
        watchFor(Duration.ofMinutes(1));
        assertThat(told()).last().isEqualTo("TOKEN connection.alert.over");
    }

    @Test
    void aLimitThatStaysUsedIsToldAndOneThatIsUsedForAMomentIsNot() {
        hub.bean(HabitBook.class).set(new CompanyId(1), new Habits(WorkingHours.USUAL, Duration.ZERO));
        var id = hub.connection().id();
        var bucket =
                hub.bean(Buckets.class).of(id, hub.connector().access().pace()).orElseThrow();
        bucket.consumeIgnoringRateLimits(1_000_000);
        watchFor(Duration.ofSeconds(30));
        assertThat(told()).containsExactly("LIMIT connection.alert.began");
        assertThat(last().at("/data/percent").asInt()).isEqualTo(100);

        bucket.reset();
        watchFor(Duration.ofMinutes(1));
        assertThat(told()).last().isEqualTo("LIMIT connection.alert.over");

        bucket.tryConsume(hub.connector().access().pace().getFirst().capacity());
        watchFor(Duration.ofMinutes(1));
        assertThat(told()).hasSize(2);
    }

    private String secret(ConnectionId connection) {
        return hub.bean(Hooks.class).address(connection).getPath().substring("/hooks/".length());
    }

    private void used(String secret) {
        hub.bean(Hooks.class).owner(secret);
        hub.bean(HookUse.class).write();
    }

    @Test
    void everyAlertIsSignedAndKeepsItsIdWhenItIsSentAgain() {
        post.answers(500);
        health().failed(hub.connection().id(), new ConnectorException(Fault.SETUP, "No."));
        watchFor(Duration.ofMinutes(2));
        assertThat(post.posted()).hasSizeGreaterThan(1);

        post.answers(204);
        watchFor(Duration.ofMinutes(5));
        var sent = post.posted().size();
        watchFor(Duration.ofMinutes(20));

        assertThat(told())
                .as("silence began meanwhile, the fault is not told again")
                .hasSize(sent + 1);
        assertThat(post.posted().stream()
                        .limit(sent)
                        .map(posted -> posted.headers().get("webhook-id").getFirst())
                        .collect(Collectors.toSet()))
                .hasSize(1);
        var posted = post.posted().getFirst();
        var seconds = Long.parseLong(posted.headers().get("webhook-timestamp").getFirst());
        assertThat(seconds)
                .isBetween(
                        clock.instant().getEpochSecond() - 3_600,
                        clock.instant().getEpochSecond());
        assertThatCode(() -> assertThat(new Webhook(SECRET)
                                .sign(posted.headers().get("webhook-id").getFirst(), seconds, posted.body()))
                        .isEqualTo(posted.headers().get("webhook-signature").getFirst()))
                .doesNotThrowAnyException();
    }

    @Test
    void anAlertThatNobodyTakesForADayIsGivenUpAndSaidSo() {
        post.answers(500);
        health().failed(hub.connection().id(), new ConnectorException(Fault.SETUP, "No."));
        hub.bean(HabitBook.class).set(new CompanyId(1), new Habits(WorkingHours.USUAL, Duration.ZERO));
        watchFor(Duration.ofHours(25), Duration.ofMinutes(5));

        assertThat(hub.database()
                        .jdbc()
                        .sql("SELECT state FROM alert_message ORDER BY id")
                        .query(String.class)
                        .list())
                .startsWith("GIVEN_UP");
    }

    @Test
    void theBotIsAskedByItsContractAndItsTokenIsNeverTold() {
        var channel = new TelegramChannel(
                hub.bean(io.patchbay.connection.Courier.class),
                new WatchProperties.Telegram(BOT, "-10077", post.address()));
        channel.send(alert());

        assertThat(post.posted().getLast().path()).isEqualTo("/bot" + BOT + "/sendMessage");
        var said = JSON.readTree(post.posted().getLast().body());
        assertThat(said.path("chat_id").asString()).isEqualTo("-10077");
        assertThat(said.path("text").asString()).startsWith("CRM: it broke");

        post.answers(401);
        assertThatCode(() -> channel.send(alert()))
                .isInstanceOf(NotTakenException.class)
                .hasMessageNotContaining(BOT);
    }

    @Test
    void mailGoesToEverybodyWhoIsNamed() throws Exception {
        try (var box = new MailBox()) {
            var server = new JavaMailSenderImpl();
            server.setHost("127.0.0.1");
            server.setPort(box.port());
            server.setJavaMailProperties(new Properties());
            var channel = new MailChannel(
                    server, new WatchProperties.Mail(List.of("a@example.org", "b@example.org"), "hub@example.org"));

            channel.send(alert());

            assertThat(box.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message)
                            .contains(
                                    "a@example.org",
                                    "b@example.org",
                                    "Subject: Patchbay: CRM: it broke",
                                    "since noon"));
        }
    }

    private Alert alert() {
        return new Alert(
                new CompanyId(1),
                hub.connection().id(),
                Concern.FAULT,
                Turn.BEGAN,
                100,
                clock.instant(),
                clock.instant(),
                "CRM: it broke",
                "since noon",
                "msg_1");
    }
}
