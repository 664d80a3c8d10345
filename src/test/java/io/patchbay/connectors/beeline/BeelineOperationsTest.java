package io.patchbay.connectors.beeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connection.ConnectionHealth.Colour;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelineEmployee;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineStories.OutboundOutcome;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The connector against a PBX that keeps to the contract. */
class BeelineOperationsTest {

    private static final String TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final BeelineParty CLIENT = BeelineParty.outside("+79000001234");

    private static ConnectorBench bench;

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, 1);
    private final Callback callback = new Callback();

    @BeforeAll
    static void start() {
        bench = ConnectorBench.of("beeline").start();
    }

    @BeforeEach
    void connect() {
        // a change of the settings forgets pace and breaker; the clock moves so that it is seen as a change
        bench.clock().advance(Duration.ofMinutes(1));
        bench.set("baseUrl", pbx.baseUrl());
        bench.set("pattern", "");
        bench.set("subscriptionType", "ADVANCED_CALL");
        bench.set("recordings", "ask");
        bench.keepSecret("token", TOKEN);
    }

    @AfterEach
    void close() {
        pbx.close();
        callback.close();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    // check

    @Test
    void checkFindsEveryRightOfAGoodToken() {
        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(checked.at("/account/id").asString()).isEqualTo("mpbx.sip.beeline.ru");
        assertThat(rights(checked))
                .containsExactly(
                        "employees true", "numbers true", "history true", "records true", "recording-option true");
        assertThat(bench.health().colour()).isEqualTo(Colour.GREEN);
    }

    @Test
    void checkTurnsRedOnAWrongTokenAndGreenAfterTheCorrection() {
        bench.keepSecret("token", "wrong");

        var fault = fault(Operation.CHECK, "{}");

        assertThat(fault.fault()).isEqualTo(Fault.SETUP);
        assertThat(fault.code()).isEqualTo("AuthTokenInvalid");
        assertThat(bench.health().colour()).isEqualTo(Colour.RED);

        bench.keepSecret("token", TOKEN);

        assertThat(rights(bench.run(Operation.CHECK, "{}"))).contains("employees true");
        assertThat(bench.health().colour()).isEqualTo(Colour.GREEN);
    }

    @ParameterizedTest
    @CsvSource({
        "/numbers, numbers",
        "/v2/statistics, history",
        "/records, records",
        "/abonents/9000000201@mpbx.sip.beeline.ru/recording, recording-option"
    })
    void checkNamesTheRightThatIsMissing(String path, String right) {
        pbx.misbehave(
                r -> r.path().endsWith(path),
                1,
                Misbehaviour.answer(
                        Reply.json(403, "{\"errorCode\":\"AccessDenied\",\"description\":\"Услуга не подключена\"}")));

        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(missing(checked)).containsExactly(right + ": Услуга не подключена");
    }

    @Test
    void checkNamesARefusalThatIsNoJson() {
        pbx.misbehave(
                r -> r.path().endsWith("/numbers"),
                1,
                Misbehaviour.answer(Reply.of(403, "text/plain; charset=utf-8", "Доступ запрещён")));
        pbx.misbehave(r -> r.path().endsWith("/records"), 1, Misbehaviour.answer(Reply.empty(403)));

        assertThat(missing(bench.run(Operation.CHECK, "{}")))
                .containsExactly("numbers: Доступ запрещён", "records: refused without a word");
    }

    @Test
    void checkMissesTheRecordingOptionAndTheEmployees() {
        pbx.misbehave(r -> r.path().endsWith("/recording"), 1, Misbehaviour.answer(Reply.json(200, "\"OFF\"")));

        assertThat(missing(bench.run(Operation.CHECK, "{}")))
                .containsExactly("recording-option: Talks of employee 201 are not recorded.");

        pbx.misbehave(r -> r.path().endsWith("/abonents"), 1, Misbehaviour.answer(Reply.json(200, "[]")));

        assertThat(missing(bench.run(Operation.CHECK, "{}"))).contains("employees: There is no employee.");
    }

    @Test
    void checkAsksNothingAboutRecordingsWhenTheyAreNotWanted() {
        bench.set("recordings", "never");

        assertThat(rights(bench.run(Operation.CHECK, "{}")))
                .containsExactly("employees true", "numbers true", "history true");
        assertThat(pbx.requests(r -> r.path().contains("record"))).isEmpty();
    }

    // list-employees

    @Test
    void employeesComeWithWhatIsKnownOfThem() {
        var listed = bench.run(Operation.LIST_EMPLOYEES, "{}");

        assertThat(listed.path("employees")).hasSize(3);
        assertThat(listed.at("/employees/0/id").asString()).isEqualTo(Decoding.IVAN);
        assertThat(listed.at("/employees/0/name").asString()).isEqualTo("Иван Петров");
        assertThat(listed.at("/employees/0/extension").asString()).isEqualTo("201");
        assertThat(listed.at("/employees/0/phone").asString()).isEqualTo("+79000000201");
        assertThat(listed.at("/employees/2/id").asString()).isEqualTo(Decoding.STORE);
        assertThat(listed.at("/employees/2/name").asString()).isEqualTo("Склад");
        assertThat(listed.at("/employees/2").has("phone")).isFalse();
        assertThat(listed.at("/lines/0").asString()).isEqualTo("+79000000100");
        assertThat(listed.path("next").isMissingNode()).isTrue();
    }

    @Test
    void employeesComeEvenWhenEverythingButTheIdIsMissing() {
        pbx.misbehave(
                r -> r.path().endsWith("/abonents"),
                1,
                Misbehaviour.answer(Reply.json(
                        200,
                        "[{\"userId\":\"SIP1@ip.beeline.ru\",\"phone\":null,\"lastName\":\" \"},{\"phone\":\"1\"}]")));
        pbx.misbehave(
                r -> r.path().endsWith("/numbers"), 1, Misbehaviour.answer(Reply.json(403, "{\"errorCode\":\"No\"}")));

        var listed = bench.run(Operation.LIST_EMPLOYEES, "{}");

        assertThat(listed.path("employees")).hasSize(1);
        assertThat(listed.at("/employees/0/name").asString()).isEqualTo("SIP1@ip.beeline.ru");
        assertThat(listed.path("lines")).isEmpty();
    }

    // subscriptions

    @Test
    void aSubscriptionIsForTheWholeCompanyAndTellsWhatWasGranted() {
        pbx.grantAtMost(Duration.ofHours(1));

        var made = subscribe(86_400);

        assertThat(made.path("seconds").asLong()).isEqualTo(3600);
        assertThat(pbx.liveSubscriptions())
                .containsExactly(made.path("subscription").asString());
        var asked = pbx.requests().getLast().json();
        assertThat(asked.has("pattern")).isFalse();
        assertThat(asked.path("subscriptionType").asString()).isEqualTo("ADVANCED_CALL");
        assertThat(asked.path("url").asString()).isEqualTo(callback.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"201", "9000000201", "9000000201@mpbx.sip.beeline.ru", "9000000100@mpbx.sip.beeline.ru"})
    void aSubscriptionMayBeForOneEmployeeOrNumber(String pattern) {
        bench.set("pattern", pattern);
        bench.set("subscriptionType", "BASIC_CALL");

        subscribe(3600);

        var asked = pbx.requests().getLast().json();
        assertThat(asked.path("pattern").asString()).isEqualTo(pattern);
        assertThat(asked.path("subscriptionType").asString()).isEqualTo("BASIC_CALL");
    }

    @Test
    void aSubscriptionForNobodyIsRefusedInThePbxsWords() {
        bench.set("pattern", "999");

        var fault = fault(Operation.SUBSCRIBE, subscription(3600));

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("BadRequest");
        assertThat(fault.getMessage()).contains("Абонент 999 не найден");
    }

    @Test
    void renewalMakesANewSubscriptionAndDropsTheOldOne() {
        var anna = pbx.company().at("202");
        var first = subscribe(3600).path("subscription").asString();
        clock.advance(Duration.ofMinutes(30));

        var second = subscribe(3600).path("subscription").asString();
        pbx.play(pbx.stories().missed(CLIENT, anna));

        assertThat(second).isNotEqualTo(first);
        assertThat(pbx.delivered())
                .as("both are told until the old one is dropped")
                .hasSize(4);

        bench.run(Operation.UNSUBSCRIBE, "{\"subscription\":\"" + first + "\"}");
        pbx.play(pbx.stories().missed(CLIENT, anna));

        assertThat(pbx.delivered()).hasSize(6);
        assertThat(pbx.liveSubscriptions()).containsExactly(second);
    }

    @Test
    void droppingASubscriptionThatIsGoneIsDone() {
        assertThat(bench.run(Operation.UNSUBSCRIBE, "{\"subscription\":\"no-such\"}")
                        .isObject())
                .isTrue();
    }

    @Test
    void aSubscriptionThatRanOutSaysSoAndIsMadeAnew() {
        var first = subscribe(3600).path("subscription").asString();
        clock.advance(Duration.ofHours(1));
        pbx.expire();

        var events = Decoding.of(callback.bodies().getLast()).output().path("events");
        assertThat(events.at("/0/event").asString()).isEqualTo("subscription-ended");
        assertThat(events.at("/0/subscription").asString()).isEqualTo(first);

        subscribe(3600);
        pbx.play(pbx.stories().missed(CLIENT, pbx.company().at("202")));

        assertThat(callback.requests()).hasSize(3);
    }

    // list-calls

    @Test
    void historyTellsEachEmployeesPartOfACall() {
        var ivan = pbx.company().at("201");
        var anna = pbx.company().at("202");
        pbx.remember(pbx.stories().answered(CLIENT, ivan));
        pbx.remember(pbx.stories(ConnectorBench.START.plusSeconds(600)).missed(BeelineParty.hidden(), anna));
        pbx.remember(
                pbx.stories(ConnectorBench.START.plusSeconds(1200)).outbound(ivan, CLIENT, OutboundOutcome.ANSWERED));
        pbx.remember(
                pbx.stories(ConnectorBench.START.plusSeconds(1800)).outbound(ivan, CLIENT, OutboundOutcome.SILENT));
        pbx.remember(pbx.stories(ConnectorBench.START.plusSeconds(2400)).internal(ivan, anna, true));

        var rows = rows(listCalls("0"));

        assertThat(rows)
                .extracting(r -> r.path("seat").asString().substring(0, 10) + " "
                        + r.path("direction").asString() + " "
                        + r.path("client").asString("hidden") + " "
                        + r.path("result").asString() + " "
                        + r.path("talkSeconds").asLong())
                .containsExactlyInAnyOrder(
                        "9000000201 INBOUND +79000001234 ANSWERED 60",
                        "9000000202 INBOUND hidden MISSED 0",
                        "9000000201 OUTBOUND +79000001234 ANSWERED 60",
                        "9000000201 OUTBOUND +79000001234 NO_ANSWER 0",
                        "9000000201 INTERNAL 202 ANSWERED 60",
                        "9000000202 INTERNAL 201 ANSWERED 60");
        assertThat(rows.getLast().path("started").asLong()).isEqualTo(ConnectorBench.START.toEpochMilli());
    }

    @Test
    void historyIsReadPageByPageToAShortOne() {
        var anna = pbx.company().at("202");
        for (var i = 0; i < 250; i++) {
            pbx.remember(pbx.stories(ConnectorBench.START.plusSeconds(i)).missed(CLIENT, anna));
        }

        var keys = new ArrayList<String>();
        var cursor = "0";
        while (!cursor.isEmpty()) {
            var page = listCalls(cursor);
            rows(page).forEach(row -> keys.add(row.path("row").asString()));
            cursor = page.path("next").asString("");
        }

        assertThat(keys).hasSize(250);
        assertThat(new HashSet<>(keys)).hasSize(250);
        assertThat(pbx.requests()).hasSize(3);
        assertThat(rows(listCalls("0")).getFirst().path("row").asString())
                .as("the same row has the same key")
                .isEqualTo(keys.getFirst());
    }

    @Test
    void aFullLastPageIsFollowedByAnEmptyOne() {
        for (var i = 0; i < 100; i++) {
            pbx.remember(pbx.stories(ConnectorBench.START.plusSeconds(i))
                    .missed(CLIENT, pbx.company().at("202")));
        }

        var last = listCalls(listCalls("0").path("next").asString());

        assertThat(last.path("rows")).isEmpty();
        assertThat(last.path("next").isMissingNode()).isTrue();
    }

    @Test
    void historyOfAConnectionToOneEmployeeIsHisAlone() {
        pbx.remember(pbx.stories().missed(CLIENT, pbx.company().at("201")));
        pbx.remember(pbx.stories().missed(CLIENT, pbx.company().at("202")));

        for (var pattern : List.of("202", "9000000202", Decoding.ANNA)) {
            bench.set("pattern", pattern);

            assertThat(rows(listCalls("0")))
                    .extracting(r -> r.path("seat").asString())
                    .containsExactly(Decoding.ANNA);
        }
    }

    @Test
    void historyLearnsTheSessionAndTheInstantsFromTheRecording() {
        var story = pbx.stories().answered(CLIENT, pbx.company().at("201"));
        pbx.remember(story);
        clock.set(story.endsAt());

        var row = rows(listCalls("0")).getFirst();

        assertThat(row.path("call").asString()).isEqualTo(story.tracking());
        assertThat(row.path("answered").asLong())
                .isEqualTo(ConnectorBench.START.plusMillis(7_421).toEpochMilli());
        assertThat(row.path("ended").asLong()).isEqualTo(story.endsAt().toEpochMilli());
        assertThat(row.path("recorded").asBoolean()).isTrue();
    }

    @Test
    void historyOfATransferredCallHasOneSession() {
        var story = pbx.stories()
                .blindTransfer(
                        CLIENT,
                        "9000000100",
                        pbx.company().at("201"),
                        pbx.company().at("202"),
                        true);
        pbx.remember(story);
        clock.set(story.endsAt());

        assertThat(rows(listCalls("0")))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.path("call").asString()).isEqualTo(story.tracking()));
    }

    @Test
    void twoTalksOfOneClientTakeEachItsOwnRecording() {
        var first = pbx.stories().answered(CLIENT, pbx.company().at("201"));
        var second = pbx.stories(ConnectorBench.START.plusSeconds(90))
                .answered(CLIENT, pbx.company().at("201"));
        pbx.remember(first);
        pbx.remember(second);
        clock.set(second.endsAt());

        assertThat(rows(listCalls("0")))
                .extracting(row -> row.path("call").asString())
                .containsExactly(second.tracking(), first.tracking());
    }

    @Test
    void theKeyOfARowStaysWhenItsRecordingAppears() {
        pbx.recordingsAppearAfter(Duration.ofMinutes(5));
        var story = pbx.stories().answered(CLIENT, pbx.company().at("201"));
        pbx.remember(story);
        clock.set(story.endsAt());
        var before = rows(listCalls("0")).getFirst();
        clock.advance(Duration.ofMinutes(5));
        var after = rows(listCalls("0")).getFirst();

        assertThat(before.has("call")).isFalse();
        assertThat(after.path("call").asString()).isEqualTo(story.tracking());
        assertThat(after.path("row")).isEqualTo(before.path("row"));
    }

    @Test
    void historyIsReadWithoutTheRightToSeeRecordings() {
        pbx.remember(pbx.stories().answered(CLIENT, pbx.company().at("201")));
        pbx.misbehave(
                r -> r.path().endsWith("/records"), 1, Misbehaviour.answer(Reply.json(403, "{\"errorCode\":\"No\"}")));

        var row = rows(listCalls("0")).getFirst();

        assertThat(row.path("result").asString()).isEqualTo("ANSWERED");
        assertThat(row.has("call")).isFalse();
        assertThat(row.has("answered")).isFalse();
    }

    @Test
    void historyDoesNotLookForRecordingsThatAreNotWanted() {
        bench.set("recordings", "never");
        pbx.remember(pbx.stories().answered(CLIENT, pbx.company().at("201")));

        assertThat(rows(listCalls("0"))).hasSize(1);
        assertThat(pbx.requests()).noneMatch(request -> request.path().endsWith("/records"));
    }

    @Test
    void anAnswerThatIsNoListIsNoEmptyHistory() {
        pbx.misbehave(r -> r.path().endsWith("/statistics"), 1, Misbehaviour.answer(Reply.json(200, "{\"odd\":true}")));

        var fault = fault(Operation.LIST_CALLS, "{\"fromEpoch\": 1772000000, \"toEpoch\": 1773100000}");

        assertThat(fault.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(fault.code()).isEqualTo("no-history");
    }

    @Test
    void bothSpellingsOfAnAnsweredCallAreUnderstood() {
        var row =
                "{\"startDate\":1718000000000,\"abonent\":{\"userId\":\"u\"},\"direction\":\"INBOUND\",\"status\":\"%s\","
                    + "\"phone_from\":\"+79000001234\",\"duration\":1500}";
        pbx.misbehave(
                r -> r.path().endsWith("/statistics"),
                1,
                Misbehaviour.answer(Reply.json(
                        200, "[" + row.formatted("RECIEVED") + "," + row.formatted("RECEIVED") + ",{\"odd\":1}]")));

        var rows = rows(listCalls("0"));

        assertThat(rows.subList(0, 2)).allSatisfy(one -> {
            assertThat(one.path("result").asString()).isEqualTo("ANSWERED");
            assertThat(one.path("talkSeconds").asLong()).isEqualTo(2);
        });
        assertThat(rows.getLast().has("started")).isFalse(); // the hub puts it aside
    }

    // fetch-recording

    @Test
    void aRecordingIsBusyUntilItIsThere() {
        pbx.recordingsAppearAfter(Duration.ofMinutes(2));
        var story = pbx.stories().answered(CLIENT, pbx.company().at("201"));
        pbx.remember(story);
        clock.set(story.endsAt());
        var input = recording(story.tracking(), Decoding.IVAN);

        var early = fileFault(input);

        assertThat(early.fault()).isEqualTo(Fault.BUSY);
        assertThat(early.code()).isEqualTo("recording-not-there");

        clock.advance(Duration.ofMinutes(2));
        var mp3 = bench.bytes(Operation.FETCH_RECORDING, input);

        assertThat(mp3).hasSizeGreaterThan(200_000).startsWith(0xFF, 0xFB);
    }

    @Test
    void eachEmployeeOfATransferredCallHasARecording() {
        var employees = List.of(
                BeelineEmployee.mobile("9000000201", "201", "Иван", "Петров"),
                BeelineEmployee.mobile("9000000202", "202", "Анна", "Смирнова"));
        var story = pbx.stories().blindTransfer(CLIENT, "9000000100", employees.getFirst(), employees.getLast(), true);
        pbx.remember(story);
        clock.set(story.endsAt());

        var first = bench.bytes(Operation.FETCH_RECORDING, recording(story.tracking(), Decoding.IVAN));
        var second = bench.bytes(Operation.FETCH_RECORDING, recording(story.tracking(), Decoding.ANNA));

        assertThat(first.length).isLessThan(second.length);
    }

    @Test
    void theDayOfAnOldSessionIdIsNotThePbxs() {
        fileFault(recording("108:1@2024-06-10", Decoding.IVAN));

        assertThat(pbx.requests().getLast().path()).endsWith("/v2/records/108:1/" + Decoding.IVAN + "/download");
    }

    @Test
    void aRecordingMayBeNamedByItsId() {
        fileFault("{\"call\":\"c\",\"recording\":\"551594285\"}");

        assertThat(pbx.requests().getLast().path()).endsWith("/v2/records/551594285/download");
    }

    @Test
    void aRecordingOfNobodyIsRefusedUnasked() {
        assertThat(fileFault("{\"call\":\"c\"}").fault()).isEqualTo(Fault.REFUSED);
        assertThat(fileFault(recording("history:0123", Decoding.IVAN)).fault()).isEqualTo(Fault.REFUSED);
        assertThat(pbx.requests()).isEmpty();
    }

    @Test
    void recordingsThatAreNotWantedCannotBeFetched() {
        bench.set("recordings", "never");

        assertThat(fileFault(recording("c", Decoding.IVAN)).fault()).isEqualTo(Fault.NOT_SUPPORTED);
    }

    // originate

    @ParameterizedTest
    @CsvSource({"+79000001239, 9000001239", "89000001239, 9000001239", "202, 202"})
    void aCallIsOrderedByTenDigitsInTheQuery(String number, String sent) {
        var ordered = originate(Decoding.IVAN, number);

        var request = pbx.requests().getFirst();
        assertThat(request.path()).endsWith("/v2/abonents/" + Decoding.IVAN + "/call");
        assertThat(request.queryValue("phoneNumber")).contains(sent);
        assertThat(request.body()).isEmpty();
        assertThat(ordered.path("call").asString()).isNotEmpty();
        assertThat(ordered.path("leg").asString()).startsWith("callhalf-");
    }

    @Test
    void anOrderedCallIsFoundAgainInTheEvents() {
        subscribe(3600);

        var ordered = originate(Decoding.ANNA, "+79000001239");
        pbx.awaitDeliveries();

        var first = Decoding.of(callback.bodies().getFirst()).leg();
        assertThat(first.path("phase").asString()).isEqualTo("ORDERED");
        assertThat(first.path("call")).isEqualTo(ordered.path("call"));
        assertThat(first.path("leg")).isEqualTo(ordered.path("leg"));
    }

    @Test
    void theOlderAnswerOfABareStringIsUnderstood() {
        pbx.misbehave(
                r -> r.path().endsWith("/call"),
                1,
                Misbehaviour.answer(Reply.json(200, "\"d82d11ee-cd35-5e32-8e5b-fce34d4b6b2b\"")));

        var ordered = originate(Decoding.ANNA, "+79000001239");

        assertThat(ordered.path("call").asString()).isEqualTo("d82d11ee-cd35-5e32-8e5b-fce34d4b6b2b");
        assertThat(ordered.has("leg")).isFalse();
    }

    @Test
    void aCallOfSomebodyUnknownIsRefused() {
        var fault = fault(Operation.ORIGINATE, order("nobody@mpbx.sip.beeline.ru", "+79000001239"));

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.getMessage()).contains("Абонент не найден");
    }

    @Test
    void aForeignNumberIsSentWholeAndThePbxDecides() {
        var fault = fault(Operation.ORIGINATE, order(Decoding.ANNA, "+4930123456"));

        assertThat(pbx.requests().getFirst().queryValue("phoneNumber")).contains("4930123456");
        assertThat(fault).isNull();
        assertThat(fault(Operation.ORIGINATE, order(Decoding.ANNA, "+49301234567"))
                        .fault())
                .isEqualTo(Fault.REFUSED);
    }

    // errors

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, SETUP",
        "403, SETUP",
        "404, REFUSED",
        "429, BUSY",
        "500, BUSY",
        "502, BUSY",
        "503, BUSY"
    })
    void anErrorIsJudgedByItsStatus(int status, Fault expected) {
        pbx.misbehave(
                r -> true,
                1,
                Misbehaviour.answer(
                        Reply.json(status, "{\"errorCode\":\"SomeCode\",\"description\":\"Что-то не так\"}")));

        var fault = fault(Operation.ORIGINATE, order(Decoding.ANNA, "+79000001239"));

        assertThat(fault.fault()).isEqualTo(expected);
        assertThat(fault.code()).isEqualTo("SomeCode");
        assertThat(fault.getMessage()).contains("Что-то не так").doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"errorCode\":\"AuthTokenNotFoundInRequest\"}", "\"Нет доступа\"", "Нет доступа", ""})
    void anErrorMayHaveNoDescriptionOrBeNoJson(String body) {
        pbx.misbehave(r -> true, 1, Misbehaviour.answer(Reply.of(403, "text/plain; charset=utf-8", body)));

        assertThat(fault(Operation.LIST_EMPLOYEES, "{}").fault()).isEqualTo(Fault.SETUP);
    }

    @Test
    void aCutConnectionMayHaveDoneTheWork() {
        pbx.misbehave(r -> true, 1, Misbehaviour.cut().afterwards());

        assertThat(fault(Operation.ORIGINATE, order(Decoding.ANNA, "+79000001239"))
                        .fault())
                .isEqualTo(Fault.UNREACHABLE);
    }

    private JsonNode subscribe(long seconds) {
        return bench.run(Operation.SUBSCRIBE, subscription(seconds));
    }

    private String subscription(long seconds) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("hookUrl", callback.url())
                .put("wantedSeconds", seconds)
                .putNull("previous")
                .toString();
    }

    private JsonNode listCalls(String cursor) {
        var from = ConnectorBench.START;
        var to = from.plus(Duration.ofHours(2));
        return bench.run(
                Operation.LIST_CALLS,
                JsonMapper.shared()
                        .createObjectNode()
                        .put("from", from.toString())
                        .put("fromEpoch", from.getEpochSecond())
                        .put("to", to.toString())
                        .put("toEpoch", to.getEpochSecond())
                        .put("cursor", cursor.equals("0") ? null : cursor));
    }

    private static List<JsonNode> rows(JsonNode page) {
        return page.path("rows").valueStream().toList();
    }

    private JsonNode originate(String seat, String number) {
        return bench.run(Operation.ORIGINATE, order(seat, number));
    }

    private static String order(String seat, String number) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("seat", seat)
                .put("number", number)
                .put("orderId", "o-1")
                .toString();
    }

    private static String recording(String call, String seat) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("call", call)
                .put("seat", seat)
                .toString();
    }

    private ConnectorException fault(Operation operation, String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input));
    }

    private ConnectorException fileFault(String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.bytes(Operation.FETCH_RECORDING, input));
    }

    private static List<String> rights(JsonNode checked) {
        return checked.path("rights")
                .valueStream()
                .map(r -> r.path("right").asString() + " " + r.path("ok").asBoolean())
                .toList();
    }

    private static List<String> missing(JsonNode checked) {
        return checked.path("rights")
                .valueStream()
                .filter(r -> !r.path("ok").asBoolean())
                .map(r -> r.path("right").asString() + ": " + r.path("why").asString())
                .toList();
    }
}
