package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.patchbay.connection.Handover;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.Bitrix24OldAddress;
import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Bitrix24 through a local application: tokens, cards, calls, recordings, events. */
class Bitrix24ApplicationContractTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NOBODY_LISTENS = "http://127.0.0.1:1/hook";
    private static final String CALL = """
        {"id": "c-1", "key": "pbx-1", "direction": "INBOUND", "result": "ANSWERED", "clientNumber": "+79000001234",
         "clientNumberKind": "PHONE", "line": "+74950000100", "startedAt": "2026-03-09T10:30:00+03:00", "talkSeconds": 65}\
        """;
    private static final String ANNA = "{\"id\": \"7\", \"extension\": \"101\", \"name\": \"Анна\"}";
    private static final String BORIS = "{\"id\": \"8\", \"extension\": \"102\"}";
    private static final String UNMAPPED = "{\"extension\": \"104\"}";

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final Bitrix24Portal portal = new Bitrix24Portal(0, clock);
    private ConnectorBench bench;

    @BeforeEach
    void connect() {
        portal.employee(7, "Анна", "Смирнова", "101");
        portal.employee(8, "Boris", "Volkov", "102");
        bench = plan().start();
        install();
    }

    private ConnectorBench.Plan plan() {
        return ConnectorBench.of("bitrix24")
                .at(portal.restAddress())
                .setting("portal", portal.host())
                .setting("clientId", Bitrix24Portal.CLIENT_ID)
                .setting("oauthServer", portal.oauthServer().toString())
                .secret("clientSecret", Bitrix24Portal.CLIENT_SECRET);
    }

    private void install() {
        var before = portal.deliveries().size();
        portal.install(NOBODY_LISTENS);
        await().until(() -> portal.deliveries().size() > before);
        var event = decode(next("ONAPPINSTALL")).at("/events/0");
        assertThat(event.path("event").asString()).isEqualTo("connected");
        bench.bean(Handover.class).accept(bench.connection().id(), event);
    }

    @AfterEach
    void close() {
        assertThat(portal.problems()).isEmpty();
        assertThat(portal.droppedFields()).isEmpty();
        bench.close();
        portal.close();
    }

    // ---- a call

    @Test
    void registersOnceShowsTheOthersHidesAndFinishesWithTheOneWhoSpoke() {
        var contact = portal.contact("Иван", "Петров", "+79000001234", 8);
        var opened = run(Operation.OPEN_CALL, "{\"call\": %s, \"employee\": %s}".formatted(CALL, ANNA));
        var entry = opened.path("id").asString();

        run(
                Operation.SHOW_CARD,
                "{\"call\": %s, \"entry\": \"%s\", \"employees\": [%s]}".formatted(CALL, entry, BORIS));
        assertThat(portal.cardsShown(entry)).containsExactlyInAnyOrder(7L, 8L);
        run(Operation.HIDE_CARD, "{\"call\": %s, \"entry\": \"%s\", \"employees\": [%s]}".formatted(CALL, entry, ANNA));
        assertThat(portal.cardsShown(entry)).containsExactly(8L);
        var closed = run(Operation.CLOSE_CALL, closing(entry, BORIS));

        var call = portal.calls().getFirst();
        assertThat(opened.at("/client/id").asString()).isEqualTo(String.valueOf(contact));
        assertThat(closed.path("id").asString()).isEqualTo(entry);
        assertThat(closed.path("url").asString()).endsWith("/crm/contact/details/" + contact + "/");
        assertThat(call.externalCallId()).isEqualTo("pbx-1");
        assertThat(call.line()).isEqualTo("+74950000100");
        assertThat(call.type()).isEqualTo(2);
        assertThat(call.startedAt()).isEqualTo(Instant.parse("2026-03-09T07:30:00Z"));
        assertThat(call.finish().orElseThrow().userId()).isEqualTo(8);
        assertThat(call.finish().orElseThrow().seconds()).isEqualTo(65);
        assertThat(call.finish().orElseThrow().status()).isEqualTo("200");
        assertThat(portal.activities()).hasSize(1);
        assertThat(portal.count("telephony.externalCall.register")).isEqualTo(1);
    }

    @Test
    void givesAMissedCallToTheClientsManager() {
        var contact = portal.contact("Иван", "Петров", "+79000001234", 8);
        var client = "{\"kind\": \"contact\", \"id\": \"" + contact + "\", \"owner\": \"8\"}";
        var missed = CALL.replace("ANSWERED", "MISSED").replace("65", "0");
        var entry = run(Operation.OPEN_CALL, "{\"call\": %s, \"client\": %s}".formatted(missed, client))
                .path("id")
                .asString();

        run(Operation.CLOSE_CALL, "{\"call\": %s, \"entry\": \"%s\", \"client\": %s}".formatted(missed, entry, client));

        var finish = portal.calls().getFirst().finish().orElseThrow();
        assertThat(finish.userId()).isEqualTo(8);
        assertThat(finish.status()).isEqualTo("304");
        assertThat(finish.seconds()).isZero();
    }

    @Test
    void refusesPlainlyWhatBelongsToNoUserUnlessADefaultUserIsGiven() {
        var open = "{\"call\": %s, \"employee\": %s}".formatted(CALL, UNMAPPED);
        var fault = fault(Operation.OPEN_CALL, open);

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("USER_MISSING");
        assertThat(fault.getMessage()).contains("104");
        bench.set("defaultEmployee", "1");
        run(Operation.OPEN_CALL, open);
        assertThat(portal.calls().getFirst().registeredFor()).isEqualTo(1);
    }

    @Test
    void saysWhoCouldNotBeShownTheCard() {
        var entry = opened();
        var shown = run(
                Operation.SHOW_CARD, "{\"entry\": \"%s\", \"employees\": [%s, %s]}".formatted(entry, BORIS, UNMAPPED));

        assertThat(shown.path("warning").asString()).contains("104");
        assertThat(fault(Operation.SHOW_CARD, "{\"entry\": \"%s\", \"employees\": [%s]}".formatted(entry, UNMAPPED))
                        .code())
                .isEqualTo("USER_MISSING");
    }

    @Test
    void passesOnThatThePortalMadeNoLeadThoughItOpenedTheCall() {
        portal.employeeWithMobile(9, "Gleb", "103", "+79000001234");
        bench.close();
        bench = plan().setting("portalCreates", JsonNodeFactory.instance.booleanNode(true))
                .start();
        install();

        var opened = run(Operation.OPEN_CALL, "{\"call\": %s, \"employee\": %s}".formatted(CALL, ANNA));

        assertThat(opened.path("id").asString()).startsWith("externalCall.");
        assertThat(opened.path("warning").asString()).isEqualTo("Lead creation is disabled for local users");
        assertThat(fault(Operation.CREATE_CLIENT, "{}").fault()).isEqualTo(Fault.NOT_SUPPORTED);
    }

    @Test
    void givesBackTheLeadThatThePortalMade() {
        bench.close();
        bench = plan().setting("portalCreates", JsonNodeFactory.instance.booleanNode(true))
                .start();
        install();

        var opened = run(Operation.OPEN_CALL, "{\"call\": %s, \"employee\": %s}".formatted(CALL, ANNA));

        assertThat(opened.at("/client/kind").asString()).isEqualTo("lead");
        assertThat(opened.at("/client/id").asString())
                .isEqualTo(String.valueOf(portal.leads().getFirst().id()));
    }

    @Test
    void writesAHiddenNumberOnlyWhereSomethingStandsForIt() {
        var hidden = "{\"call\": {\"key\": \"k\", \"direction\": \"INBOUND\", \"clientNumberKind\": \"HIDDEN\"},"
                + " \"employee\": "
                + ANNA + "}";

        assertThat(fault(Operation.OPEN_CALL, hidden).code()).isEqualTo("NO_NUMBER");
        bench.set("hiddenNumber", "+70000000000");
        run(Operation.OPEN_CALL, hidden);
        assertThat(portal.calls().getFirst().phone()).isEqualTo("+70000000000");
    }

    @Test
    void letsThePortalJudgeAnOddNumber() {
        var odd = CALL.replace("\"+79000001234\"", "\"sip:иван\"").replace("PHONE", "MALFORMED");

        var fault = fault(Operation.OPEN_CALL, "{\"call\": %s, \"employee\": %s}".formatted(odd, ANNA));

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.getMessage()).contains("Unsupported phone number format");
    }

    @Test
    void registersAgainWithoutAnotherCallWhenTheFirstAnswerGotLost() {
        portal.misbehave(
                method("telephony.externalCall.register"), 1, Misbehaviour.cut().afterwards());
        var open = "{\"call\": %s, \"employee\": %s}".formatted(CALL, ANNA);

        assertThat(fault(Operation.OPEN_CALL, open).fault()).isEqualTo(Fault.UNREACHABLE);
        run(Operation.OPEN_CALL, open);

        assertThat(portal.calls()).hasSize(1);
    }

    @Test
    void takesACallThatAnEarlierTryFinishedForDone() {
        var entry = opened();
        portal.misbehave(
                method("telephony.externalCall.finish"), 1, Misbehaviour.cut().afterwards());

        assertThat(fault(Operation.CLOSE_CALL, closing(entry, ANNA)).fault()).isEqualTo(Fault.UNREACHABLE);
        var found = run(
                Operation.FIND_LOGGED_CALL,
                "{\"kind\": \"close-call\", \"entry\": \"%s\", \"call\": %s}".formatted(entry, CALL));
        var closed = run(Operation.CLOSE_CALL, closing(entry, ANNA));

        assertThat(found.path("found").asBoolean()).isTrue();
        assertThat(closed.path("id").asString()).isEqualTo(entry);
        assertThat(portal.count("voximplant.statistic.get")).isEqualTo(2);
    }

    @Test
    void doesNotTakeACallThatNeverWasForDone() {
        var fault = fault(Operation.CLOSE_CALL, closing("externalCall.no.1", ANNA));

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("CALL_NOT_FOUND");
    }

    // ---- recordings

    @Test
    void attachesARecordingByItsLinkAfterTheEnd() {
        try (var hub = new Recordings()) {
            var entry = opened();
            var attach =
                    "{\"call\": %s, \"entry\": \"%s\", \"recording\": {\"url\": \"%s/r/1\", \"fileName\": \"call\", \"contentType\": \"audio/mpeg\"}}"
                            .formatted(CALL, entry, hub.address());

            var early = fault(Operation.ATTACH_RECORDING, attach);
            run(Operation.CLOSE_CALL, closing(entry, ANNA));
            var attached = run(Operation.ATTACH_RECORDING, attach);

            assertThat(early.fault()).isEqualTo(Fault.BUSY);
            assertThat(attached.path("id").asString()).isNotEmpty();
            assertThat(portal.calls().getFirst().recording()).contains(new Bitrix24Portal.Sound("call.mp3", 5));
            assertThat(run(
                                    Operation.FIND_LOGGED_CALL,
                                    "{\"kind\": \"attach-recording\", \"entry\": \"%s\"}".formatted(entry))
                            .path("found")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void comesBackLaterWhenThePortalCannotFetchTheRecording() {
        var entry = opened();
        run(Operation.CLOSE_CALL, closing(entry, ANNA));

        var fault = fault(
                Operation.ATTACH_RECORDING,
                "{\"entry\": \"%s\", \"recording\": {\"url\": \"%s\", \"fileName\": \"a.mp3\"}}"
                        .formatted(entry, NOBODY_LISTENS));

        assertThat(fault.fault()).isEqualTo(Fault.BUSY);
    }

    @Test
    void refusesARecordingThatIsNeitherMp3NorWav() {
        var fault = fault(Operation.ATTACH_RECORDING, """
            {"entry": "x", "recording": {"url": "https://h/r", "fileName": "a.ogg", "contentType": "audio/ogg"}}\
            """);

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("RECORDING_FORMAT");
    }

    // ---- login

    @Test
    void renewsAnExpiredTokenOnceAndGoesOn() {
        var entry = opened();
        clock.advance(Duration.ofHours(2)); // the portal's clock only: the hub believes its token to be good

        run(Operation.CLOSE_CALL, closing(entry, ANNA));

        assertThat(portal.renewals()).isEqualTo(1);
        assertThat(portal.calls().getFirst().finish()).isPresent();
        run(Operation.LIST_EMPLOYEES, "{}");
        assertThat(portal.renewals()).isEqualTo(1);
    }

    @Test
    void turnsRedWhenTheApplicationWasRemovedAndGreenAfterANewInstallation() {
        portal.uninstall();
        assertThat(fault(Operation.LIST_EMPLOYEES, "{}").fault()).isEqualTo(Fault.SETUP);

        install();

        assertThat(run(Operation.LIST_EMPLOYEES, "{}").path("employees")).hasSize(3);
    }

    @Test
    void followsAPortalThatWasRenamed() {
        try (var old = new Bitrix24OldAddress(portal.address())) {
            bench.set("baseUrl", old.address() + "/rest");

            assertThat(run(Operation.LIST_EMPLOYEES, "{}").path("employees")).hasSize(3);
            run(Operation.LIST_EMPLOYEES, "{}");

            assertThat(old.requests()).hasSize(1);
        }
    }

    // ---- limits

    @Test
    void leavesAMethodAloneUntilThePortalTakesItAgain() {
        var entry = opened();
        portal.spendWork("telephony.externalCall.finish", 480);

        var fault = fault(Operation.CLOSE_CALL, closing(entry, ANNA));

        assertThat(fault.fault()).isEqualTo(Fault.BUSY);
        assertThat(fault.retryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(10));
        run(Operation.LIST_EMPLOYEES, "{}");
        advance(fault.retryAfter().plusSeconds(1));
        run(Operation.CLOSE_CALL, closing(entry, ANNA));
        assertThat(portal.calls().getFirst().finish()).isPresent();
    }

    // ---- set-up

    @Test
    void bindsItsEventsAndLinesHoweverOften() {
        var subscribe = "{\"hookUrl\": \"https://hub.example.com/hooks/secret\", \"lines\": [\"+74950000100\"]}";

        var first = run(Operation.SUBSCRIBE, subscribe);
        var second = run(Operation.SUBSCRIBE, subscribe);

        assertThat(second).isEqualTo(first);
        assertThat(first.path("subscription").asString()).isEqualTo("events");
        assertThat(first.path("seconds").asInt(-1)).isZero();
        assertThat(portal.bindings()).hasSize(14).contains("ONEXTERNALCALLSTART https://hub.example.com/hooks/secret");
        assertThat(portal.lines()).containsExactly("+74950000100");
    }

    @Test
    void aNewAddressTakesThePlaceOfTheOldOneAndOfNoOtherHubs() {
        run(Operation.SUBSCRIBE, "{\"hookUrl\": \"https://other.example.com/hooks/theirs\"}");
        run(Operation.SUBSCRIBE, "{\"hookUrl\": \"https://hub.example.com/hooks/old\"}");

        run(Operation.SUBSCRIBE, "{\"hookUrl\": \"https://hub.example.com/hooks/new\"}");

        assertThat(portal.bindings())
                .hasSize(28)
                .contains("ONEXTERNALCALLSTART https://hub.example.com/hooks/new")
                .contains("ONEXTERNALCALLSTART https://other.example.com/hooks/theirs")
                .noneMatch(bound -> bound.endsWith("/hooks/old"));
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(run(Operation.CHECK, "{}").path("rights"))
                .allSatisfy(right -> assertThat(right.path("ok").asBoolean()).isTrue());
        portal.installedBy(7);
        portal.setInstalled(false);

        var rights = run(Operation.CHECK, "{}").path("rights");

        assertThat(rights.valueStream()
                        .filter(right -> !right.path("ok").asBoolean())
                        .map(right -> right.path("right").asString()))
                .containsExactly(
                        "telephony: administrator, for lines",
                        "telephony: administrator, for statistics",
                        "installation finished");
    }

    // ---- events

    @Test
    void turnsTheButtonOnACardIntoAnOrderThatFinishesTheCallThePortalOpened() {
        var contact = portal.contact("Иван", "Петров", "+79000001234", 7);
        run(Operation.SUBSCRIBE, "{\"hookUrl\": \"" + NOBODY_LISTENS + "\"}");
        var callId = portal.clickToCall(7, "+79000001234");

        var order = decode(next("ONEXTERNALCALLSTART")).at("/events/0");
        run(Operation.CLOSE_CALL, closing(order.path("entry").asString(), ANNA));

        assertThat(order.path("event").asString()).isEqualTo("call-ordered");
        assertThat(order.path("employee").asString()).isEqualTo("7");
        assertThat(order.path("number").asString()).isEqualTo("+79000001234");
        assertThat(order.path("entry").asString()).isEqualTo(callId);
        assertThat(order.at("/client/id").asString()).isEqualTo(String.valueOf(contact));
        assertThat(order.path("at").asLong()).isEqualTo(ConnectorBench.START.toEpochMilli());
        assertThat(portal.call(callId).orElseThrow().finish()).isPresent();
        assertThat(portal.count("telephony.externalCall.register")).isZero();
    }

    @Test
    void hearsOfCallBackFormsAndChangedClients() {
        run(Operation.SUBSCRIBE, "{\"hookUrl\": \"" + NOBODY_LISTENS + "\"}");
        portal.callbackForm("+79000001234", "Перезвоните", "+74950000100");
        var lead = portal.lead("Lead", "+79000001235", 7);

        var order = decode(next("ONEXTERNALCALLBACKSTART")).at("/events/0");
        var change = decode(next("ONCRMLEADADD")).at("/events/0");

        assertThat(order.path("number").asString()).isEqualTo("+79000001234");
        assertThat(order.has("entry")).isFalse();
        assertThat(order.path("text").asString()).isEqualTo("Перезвоните");
        assertThat(change.path("event").asString()).isEqualTo("client-changed");
        assertThat(change.at("/client/kind").asString()).isEqualTo("lead");
        assertThat(change.at("/client/id").asString()).isEqualTo(String.valueOf(lead));
    }

    @Test
    void ignoresEventsThatAreNotOfThisPortal() {
        var forged = decode(JSON.readTree("""
            {"event": "ONEXTERNALCALLSTART", "data": {"USER_ID": "7", "PHONE_NUMBER": "+79000001234"},
             "auth": {"application_token": "guess", "member_id": "%s"}}\
            """.formatted(portal.memberId())));
        var elsewhere = decode(JSON.readTree("""
            {"event": "ONAPPINSTALL", "auth": {"access_token": "a", "refresh_token": "r", "application_token": "t", "member_id": "%s",
             "client_endpoint": "https://evil.example.com/rest/", "server_endpoint": "https://oauth.bitrix.info/rest/"}}\
            """.formatted(portal.memberId())));
        var strangeServer = decode(JSON.readTree("""
            {"event": "ONAPPINSTALL", "auth": {"access_token": "a", "refresh_token": "r", "application_token": "t", "member_id": "%s",
             "client_endpoint": "http://%s/rest/", "server_endpoint": "https://bitrix.info.example.com/rest/"}}\
            """.formatted(portal.memberId(), portal.host())));

        assertThat(forged.path("events")).isEmpty();
        assertThat(forged.path("ignored").asString()).contains("application_token");
        assertThat(elsewhere.path("events")).isEmpty();
        assertThat(elsewhere.path("ignored").asString()).contains("evil.example.com");
        assertThat(strangeServer.path("events")).isEmpty();
        assertThat(strangeServer.path("ignored").asString()).contains("OAuth server");
    }

    // ----

    private String opened() {
        return run(Operation.OPEN_CALL, "{\"call\": %s, \"employee\": %s}".formatted(CALL, ANNA))
                .path("id")
                .asString();
    }

    private static String closing(String entry, String employee) {
        return "{\"call\": %s, \"entry\": \"%s\", \"employee\": %s}".formatted(CALL, entry, employee);
    }

    private JsonNode next(String event) {
        await().until(() ->
                portal.deliveries().stream().anyMatch(one -> one.event().equals(event)));
        return portal.deliveries().stream()
                .filter(one -> one.event().equals(event))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .tree();
    }

    private JsonNode decode(JsonNode body) {
        var input = JsonNodeFactory.instance.objectNode().put("method", "POST");
        input.set("body", body);
        return bench.run(Operation.DECODE_HOOK, input);
    }

    private static Predicate<Request> method(String name) {
        return request -> request.path().endsWith("/" + name);
    }

    private void advance(Duration by) {
        clock.advance(by);
        bench.clock().advance(by);
    }

    private JsonNode run(Operation operation, String input) {
        return bench.run(operation, input);
    }

    private ConnectorException fault(Operation operation, String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input));
    }

    /** Where the hub keeps its recordings. */
    private static final class Recordings extends SimulatedServer {
        @Override
        protected Reply answer(Request request) {
            return Reply.bytes(200, "audio/mpeg", "sound".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
