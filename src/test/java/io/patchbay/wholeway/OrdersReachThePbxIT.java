package io.patchbay.wholeway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.connection.ConnectionId;
import io.patchbay.directory.Employees;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineStories.ClickOutcome;
import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.testing.NothingReadableInTheLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From the button on a card in the CRM, over the PBX, to how the call that the CRM itself opened is closed. Everything over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NothingReadableInTheLog.class)
class OrdersReachThePbxIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The PBX's clock lags, so that what it tells of the next half minute is over sooner. */
    private static final Duration LAG = Duration.ofSeconds(25);

    private static final Duration TALK = Duration.ofSeconds(4);

    private BeelinePbx pbx;
    private Bitrix24Portal portal;
    private RunningHub hub;
    private ConnectionId crm;

    @BeforeAll
    void open(@TempDir Path data) {
        pbx = new BeelinePbx(
                BeelineCompany.small(), RunningHub.PBX_TOKEN, Clock.offset(Clock.systemUTC(), LAG.negated()), 42);
        portal = new Bitrix24Portal(0, Clock.systemUTC());
        portal.employee(21, "Иван", "Петров", "201");
        portal.employee(22, "Анна", "Смирнова", "202");
        portal.employee(25, "Олег", "Зуев", "205"); // no telephone
        portal.contact("Мария", "Кузнецова", "8 (900) 000-14-01", 22);
        hub = new RunningHub(data);
        crm = hub.connect(portal);
        hub.connect(pbx);
        await().atMost(PATIENCE)
                .until(() ->
                        !pbx.liveSubscriptions().isEmpty() && !portal.bindings().isEmpty());
        await().atMost(PATIENCE).until(() -> mapped() >= 2);
    }

    private long mapped() {
        var employees = hub.bean(Employees.class);
        return employees.all(RunningHub.COMPANY).stream()
                .filter(employee -> employees.idsOf(employee.id()).size() == 2)
                .count();
    }

    @AfterAll
    void close() {
        hub.close();
        portal.close();
        pbx.close();
    }

    @BeforeEach
    void clicksAreAnswered() {
        pbx.clicksEnd(ClickOutcome.ANSWERED);
        pbx.clicksTalk(TALK);
    }

    @Test
    void anAnsweredOrderClosesTheVeryCallThatThePortalOpened() {
        var entry = portal.clickToCall(22, "+79000001401");

        var end = finished(entry);

        assertThat(end.userId()).isEqualTo(22);
        assertThat(end.status()).isEqualTo("200");
        assertThat(end.seconds()).isEqualTo((int) TALK.toSeconds());
        onlyEntryOf("+79000001401");
    }

    @Test
    void anEmployeeWhoDoesNotLiftIsNoMissOfTheClients() {
        pbx.clicksEnd(ClickOutcome.EMPLOYEE_SILENT);
        var entry = portal.clickToCall(21, "+79000001402");

        var end = finished(entry);

        assertThat(end.userId()).isEqualTo(21);
        assertThat(end.status()).isEqualTo("603-S"); // cancelled
        assertThat(end.seconds()).isZero();
        assertThat(portal.todos()).isEmpty();
        onlyEntryOf("+79000001402");
    }

    @Test
    void aClientWhoDoesNotLiftEndsWithoutATalk() {
        pbx.clicksEnd(ClickOutcome.CLIENT_SILENT);
        var entry = portal.clickToCall(21, "+79000001403");

        var end = finished(entry);

        assertThat(end.userId()).isEqualTo(21);
        assertThat(end.status()).isEqualTo("603-S"); // the employee hung up first
        assertThat(end.seconds()).isZero();
        onlyEntryOf("+79000001403");
    }

    @Test
    void whatThePbxRefusesIsClosedWithItsWords() {
        var entry = portal.clickToCall(21, "+442079460123"); // the PBX takes ten digits

        var end = finished(entry);

        assertThat(end.status()).isEqualTo("403");
        assertThat(end.userId()).isEqualTo(21);
        assertThat(end.reason()).contains("Неверный номер телефона");
    }

    @Test
    void whoHasNoTelephoneSeesWhy() {
        var entry = portal.clickToCall(25, "+79000001405");

        var end = finished(entry);

        assertThat(end.userId()).isEqualTo(25);
        assertThat(end.status()).isEqualTo("OTHER");
        assertThat(end.reason()).contains("телефона");
        var calls = hub.get("/api/v1/calls?number=%2B79000001405&result=FAILED").get("items");
        assertThat(calls).hasSize(1);
        assertThat(hub.get("/api/v1/calls/" + calls.get(0).get("id").asString())
                        .get("failure")
                        .asString())
                .contains("телефона");
    }

    @Test
    void aHookThatComesTwiceRingsOnce() {
        var entry = portal.clickToCall(22, "+79000001406");
        await().atMost(PATIENCE).until(() -> !delivered(entry).isEmpty());
        var form = delivered(entry).getFirst().form();
        for (int i = 0; i < 3; i++) {
            assertThat(hub.post(hub.hook(crm), "application/x-www-form-urlencoded", form)
                            .statusCode())
                    .isEqualTo(200);
        }

        finished(entry);

        assertThat(pbx.delivered())
                .filteredOn(push ->
                        push.kind().equals("CallOriginatingEvent") && push.xml().contains("79000001406"))
                .hasSize(1);
    }

    @Test
    void aClientWhoAsksToBeCalledBackIsCalledByTheDefaultEmployee() {
        portal.callbackForm("+79000001407", "после шести", "");

        await().atMost(PATIENCE)
                .until(() -> callsOf("+79000001407").stream()
                        .anyMatch(call -> call.finish().isPresent()));

        var call = callsOf("+79000001407").getFirst();
        assertThat(callsOf("+79000001407")).hasSize(1);
        assertThat(call.type()).isEqualTo(4); // a call-back [doc] contracts/crm/bitrix24.md §3.7
        assertThat(call.finish().orElseThrow().userId()).isEqualTo(21);
        assertThat(call.finish().orElseThrow().status()).isEqualTo("200");
    }

    @Test
    void aCallBackWhoseEmployeeDoesNotLiftIsNotForgotten() {
        pbx.clicksEnd(ClickOutcome.EMPLOYEE_SILENT);
        portal.callbackForm("+79000001408", "по заказу 17", "");

        await().atMost(PATIENCE)
                .until(() -> portal.todos().stream()
                                .anyMatch(todo -> todo.description().contains("по заказу 17"))
                        || portal.tasks().stream()
                                .anyMatch(task -> task.description().contains("по заказу 17")));
    }

    private Bitrix24Portal.Finish finished(String entry) {
        await().atMost(PATIENCE)
                .until(() -> portal.call(entry).orElseThrow().finish().isPresent());
        return portal.call(entry).orElseThrow().finish().orElseThrow();
    }

    private void onlyEntryOf(String number) {
        assertThat(callsOf(number)).as("entries of one call").hasSize(1);
        assertThat(portal.problems()).isEmpty();
    }

    private List<Bitrix24Portal.Call> callsOf(String number) {
        return portal.calls().stream()
                .filter(call -> call.phone().replaceAll("\\D", "").equals(number.substring(1)))
                .toList();
    }

    private List<Bitrix24Portal.Delivery> delivered(String entry) {
        return portal.deliveries().stream()
                .filter(delivery -> delivery.form().contains(URLEncoder.encode(entry, StandardCharsets.UTF_8)))
                .filter(delivery -> delivery.event().equals("ONEXTERNALCALLSTART"))
                .toList();
    }
}
