package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.sandbox.SugarCrm;
import io.patchbay.testing.ConnectorBench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each operation of connectors/sugarcrm against a CRM that keeps to contracts/crm/sugarcrm.md. */
class SugarcrmContractTest extends CrmContract {

    private final SugarCrm crm = new SugarCrm(clock);

    @AfterEach
    void close() {
        crm.close();
    }

    // ---- check, employees, hooks

    @Test
    void checkNamesEveryModuleTheHubNeeds() {
        start();

        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(checked.path("account").path("name").asString()).isEqualTo("Patchbay Hub");
        assertThat(rights(checked, true)).containsExactly("contacts", "leads", "accounts", "calls", "tasks", "users");
        assertThat(rights(checked, false)).isEmpty();
    }

    @Test
    void checkNamesTheModulesTheRoleDoesNotOpen() {
        crm.close("Leads");
        crm.close("Users");
        start();

        assertThat(rights(bench.run(Operation.CHECK, "{}"), false)).containsExactly("leads", "users");
    }

    @Test
    void listsEmployeesPageByPageWithTheExtensionOfTheAgreedField() {
        crm.addUser("anna", "О'Коннор", "201");
        crm.addUser("boris", "Petrov", "+7 495 000-00-01");
        for (int i = 0; i < 99; i++) {
            crm.addUser("u" + i, "User " + i, "");
        }
        start();

        var first = bench.run(Operation.LIST_EMPLOYEES, "{}");
        var second = bench.run(
                Operation.LIST_EMPLOYEES, "{\"cursor\": \"" + first.path("next").asString() + "\"}");

        var anna = first.path("employees").get(1);
        assertThat(anna.path("name").asString()).isEqualTo("О'Коннор");
        assertThat(anna.path("extension").asString()).isEqualTo("201");
        assertThat(anna.path("active").asBoolean()).isTrue();
        assertThat(first.path("employees").get(2).has("extension")).isFalse();
        assertThat(first.path("employees").get(2).path("phone").asString()).isEqualTo("+7 495 000-00-01");
        assertThat(first.path("employees")).hasSize(100);
        assertThat(second.path("employees")).hasSize(2);
        assertThat(second.has("next")).isFalse();
    }

    // ---- find

    @Test
    void findsAClientHoweverTheNumberIsWritten() {
        start();
        for (var written : List.of(
                "+79123123210",
                "89123123210",
                "9123123210",
                "8-912-312-32-10 доб. 12",
                "8 (912) 312.32.10",
                "+7 (912) 312 32 10, 8 495 000-00-00")) {
            var id = crm.addContact("О'Коннор & <Сыновья>", written);
            assertThat(find()).as(written).hasSize(1);
            assertThat(find().getFirst().path("name").asString()).isEqualTo("О'Коннор & <Сыновья>");
            crm.delete("Contacts", id);
        }
        assertThat(find()).isEmpty();
    }

    @Test
    void putsTheLatestContactFirstThenCompaniesThenOpenLeads() {
        crm.addContact("Old", "+79123123210");
        clock.advance(Duration.ofMinutes(5));
        crm.add(
                "Contacts",
                Map.of(
                        "first_name",
                        "New",
                        "last_name",
                        "One",
                        "phone_other",
                        "8 912 312 32 10",
                        "assigned_user_id",
                        "7"));
        crm.add("Accounts", Map.of("name", "ООО Ромашка", "phone_alternate", "+79123123210"));
        crm.add("Leads", Map.of("last_name", "Open", "phone_work", "9123123210", "status", "New"));
        crm.add("Leads", Map.of("last_name", "Done", "phone_work", "9123123210", "status", "Converted"));
        start();

        var found = find();

        assertThat(found)
                .extracting(c -> c.path("name").asString())
                .containsExactly("New One", "Old", "ООО Ромашка", "Open");
        assertThat(found)
                .extracting(c -> c.path("kind").asString())
                .containsExactly("contact", "contact", "company", "lead");
        assertThat(found.getFirst().path("owner").asString()).isEqualTo("7");
        assertThat(found.getFirst().path("url").asString()).startsWith("https://crm.example.com/#Contacts/");
    }

    // ---- create

    @Test
    void createsAContactOnceHoweverOftenItIsAsked() {
        start();

        var made = bench.run(Operation.CREATE_CLIENT, create("Иван О'Коннор"));
        var again = bench.run(Operation.CREATE_CLIENT, create("Иван О'Коннор"));

        assertThat(crm.rows("Contacts")).hasSize(1);
        var contact = crm.rows("Contacts").getFirst();
        assertThat(contact.value("last_name")).isEqualTo("Иван О'Коннор");
        assertThat(contact.value("phone_mobile")).isEqualTo("+79123123210");
        assertThat(contact.value("assigned_user_id")).isEqualTo("7");
        assertThat(made.path("id").asString())
                .isEqualTo(contact.id())
                .isEqualTo(again.path("id").asString());
        assertThat(looked("create-client").path("id").asString()).isEqualTo(contact.id());
    }

    @Test
    void createsALeadWhenTheSettingsSaySo() {
        start(plan().setting("create", "lead").setting("leadSource", "Cold Call"));

        var made = bench.run(Operation.CREATE_CLIENT, "{\"number\": \"+79123123210\", \"national\": \"9123123210\"}");

        assertThat(made.path("kind").asString()).isEqualTo("lead");
        var lead = crm.rows("Leads").getFirst();
        assertThat(lead.id()).isEqualTo(made.path("id").asString());
        assertThat(lead.value("last_name")).isEqualTo("+79123123210");
        assertThat(lead.value("status")).isEqualTo("New");
        assertThat(lead.value("lead_source")).isEqualTo("Cold Call");
    }

    @Test
    void refusesAClientWithoutANumber() {
        start();

        assertFault(Fault.REFUSED, "no-number", () -> bench.run(Operation.CREATE_CLIENT, "{\"name\": \"Иван\"}"));
        assertThat(crm.requests()).isEmpty();
    }

    // ---- calls

    @Test
    void writesAnAnsweredCallWithItsTimeInUtcAndItsClient() {
        var contact = crm.addContact("Иван", "+79123123210");
        start();

        var logged = log(ANSWERED, contact, "contact", RECORDING);

        var call = crm.rows("Calls").getFirst();
        assertThat(call.id()).isEqualTo(logged.path("id").asString());
        assertThat(call.value("name")).isEqualTo("Входящий +79123123210");
        assertThat(call.value("date_start")).isEqualTo("2026-03-09T07:30:00Z");
        assertThat(call.value("status")).isEqualTo("Held");
        assertThat(call.value("direction")).isEqualTo("Inbound");
        assertThat(call.value("duration_hours")).isEqualTo("0");
        assertThat(call.value("duration_minutes")).isEqualTo("3");
        assertThat(call.value("assigned_user_id")).isEqualTo("7");
        assertThat(call.value("parent_type")).isEqualTo("Contacts");
        assertThat(call.value("parent_id")).isEqualTo(contact);
        assertThat(call.value("description"))
                .isEqualTo("Разговор 2:28\nЛиния: +74950000100\nЗапись: https://hub.example.com/r/1.mp3?a=1&b=2\n"
                        + "https://hub.example.com/calls/c-1");
        assertThat(call.linked()).containsExactly(contact);
        assertThat(logged.has("warning")).isFalse();
    }

    @Test
    void writesAMissedCallOfNobodyAsNotHeld() {
        start(plan().setting("language", "en"));

        bench.run(
                Operation.LOG_CALL,
                "{\"call\": %s, \"employee\": null, \"client\": null}"
                        .formatted(CALL.formatted("INBOUND", "MISSED", 0)));

        var call = crm.rows("Calls").getFirst();
        assertThat(call.value("name")).isEqualTo("Inbound +79123123210");
        assertThat(call.value("status")).isEqualTo("Not Held");
        assertThat(call.value("duration_minutes")).isEqualTo("0");
        assertThat(call.value("description")).startsWith("Missed\n");
        assertThat(call.values()).doesNotContainKeys("parent_id", "assigned_user_id");
    }

    @Test
    void writesOneCallHoweverOftenItIsLogged() {
        var contact = crm.addContact("Иван", "+79123123210");
        start();

        log(CALL.formatted("INBOUND", "MISSED", 0), contact, "contact", "null");
        log(ANSWERED, contact, "contact", "null");

        assertThat(crm.rows("Calls")).hasSize(1);
        assertThat(crm.rows("Calls").getFirst().value("status")).isEqualTo("Held");
    }

    @Test
    void twoCallsNeverShareAnEntry() {
        start();

        log(ANSWERED, "", "", "null");
        log(ANSWERED.replace("pbx-77", "pbx-78"), "", "", "null");

        assertThat(crm.rows("Calls")).hasSize(2);
    }

    @Test
    void findsACallWhoseAnswerGotLost() {
        var contact = crm.addContact("Иван", "+79123123210");
        start();
        assertThat(looked("log-call").path("found").asBoolean()).isFalse();
        crm.misbehave(writesTo("Calls"), 1, Misbehaviour.cut().afterwards());

        assertFault(Fault.UNREACHABLE, "", () -> log(ANSWERED, contact, "contact", "null"));

        assertThat(looked("log-call").path("id").asString())
                .isEqualTo(crm.rows("Calls").getFirst().id());
    }

    @Test
    void hangsACallOnItsCompanyByTheParentAlone() {
        var account = crm.add("Accounts", Map.of("name", "ООО Ромашка"));
        start();

        var logged = log(CALL.formatted("OUTBOUND", "NO_ANSWER", 0), account, "company", "null");

        var call = crm.rows("Calls").getFirst();
        assertThat(call.value("direction")).isEqualTo("Outbound");
        assertThat(call.value("parent_type")).isEqualTo("Accounts");
        assertThat(call.value("parent_id")).isEqualTo(account);
        assertThat(call.linked()).isEmpty();
        assertThat(logged.has("warning")).isFalse();
    }

    @Test
    void warnsWhenTheClientIsGone() {
        var contact = crm.addContact("Иван", "+79123123210");
        crm.delete("Contacts", contact);
        start();

        var logged = log(ANSWERED, contact, "contact", "null");

        assertThat(crm.rows("Calls")).hasSize(1);
        assertThat(logged.path("warning").asString()).contains("not joined");
    }

    @Test
    void fillsTheFieldsOfItsOwnThatTheSettingsName() {
        List.of("recording_url_c", "pbx_call_id_c", "talk_seconds_c").forEach(field -> crm.addField("Calls", field));
        start(plan().setting("recordingField", "recording_url_c")
                .setting("callIdField", "pbx_call_id_c")
                .setting("secondsField", "talk_seconds_c"));

        log(ANSWERED, "", "", RECORDING);

        var call = crm.rows("Calls").getFirst();
        assertThat(call.value("recording_url_c")).isEqualTo("https://hub.example.com/r/1.mp3?a=1&b=2");
        assertThat(call.value("pbx_call_id_c")).isEqualTo("pbx-77");
        assertThat(call.value("talk_seconds_c")).isEqualTo("148");
        assertThat(call.value("description")).doesNotContain("/r/1.mp3");
    }

    @Test
    void saysWhichFieldTheCrmRefuses() {
        start(plan().setting("secondsField", "talk_seconds_c"));

        var fault = assertFault(Fault.REFUSED, "invalid_parameter", () -> log(ANSWERED, "", "", "null"));

        assertThat(fault).hasMessageContaining("talk_seconds_c");
    }

    // ---- recordings

    @Test
    void addsARecordingToTheTextOnce() {
        start();
        var logged = log(ANSWERED, "", "", "null").path("id").asString();
        crm.set("Calls", logged, "description", "О'Коннор говорил о \"розах\" & <бантах>");

        attach(logged, RECORDING);
        attach(logged, RECORDING);
        attach(logged, "{\"url\": \"https://hub.example.com/r/2.mp3\"}");

        assertThat(crm.rows("Calls").getFirst().value("description"))
                .isEqualTo("О'Коннор говорил о \"розах\" & <бантах>"
                        + "\nЗапись: https://hub.example.com/r/1.mp3?a=1&b=2\nЗапись: https://hub.example.com/r/2.mp3");
    }

    @Test
    void putsASecondRecordingIntoTheTextWhenTheFieldIsTaken() {
        crm.addField("Calls", "recording_url_c");
        start(plan().setting("recordingField", "recording_url_c"));
        var logged = log(ANSWERED, "", "", "null").path("id").asString();

        attach(logged, RECORDING);
        attach(logged, "{\"url\": \"https://hub.example.com/r/2.mp3\"}");

        var call = crm.rows("Calls").getFirst();
        assertThat(call.value("recording_url_c")).isEqualTo("https://hub.example.com/r/1.mp3?a=1&b=2");
        assertThat(call.value("description")).endsWith("\nЗапись: https://hub.example.com/r/2.mp3");
    }

    @Test
    void saysThatTheCallIsGone() {
        start();
        var logged = log(ANSWERED, "", "", "null").path("id").asString();
        crm.delete("Calls", logged);

        assertFault(Fault.REFUSED, "call-gone", () -> attach(logged, RECORDING));
    }

    // ---- tasks

    @Test
    void createsATaskOnce() {
        var contact = crm.addContact("Иван", "+79123123210");
        start();

        var made = task(contact, "contact", "Перезвонить");
        task(contact, "contact", "Перезвонить");

        assertThat(crm.rows("Tasks")).hasSize(1);
        var task = crm.rows("Tasks").getFirst();
        assertThat(task.id()).isEqualTo(made.path("id").asString());
        assertThat(task.value("name")).isEqualTo("Перезвонить");
        assertThat(task.value("status")).isEqualTo("Not Started");
        assertThat(task.value("priority")).isEqualTo("High");
        assertThat(task.value("date_due")).isEqualTo("2026-03-09T09:30:00Z");
        assertThat(task.value("parent_type")).isEqualTo("Contacts");
        assertThat(task.value("parent_id")).isEqualTo(contact);
        assertThat(task.value("description")).contains("https://hub.example.com/calls/c-1");
        assertThat(looked("create-task").path("found").asBoolean()).isTrue();
    }

    // ---- login, trouble

    @Test
    void aWebPageInTheWayIsNoAnswer() {
        start();
        crm.misbehave(
                request -> !request.path().contains("token"),
                1,
                Misbehaviour.answer(Reply.of(200, "text/html", "<html>Maintenance</html>")));

        assertFault(Fault.UNREACHABLE, "", this::find);
        assertThat(find()).isEmpty();
    }

    @Test
    void renewsWithTheRefreshTokenAndLogsInWithThePasswordOnlyWhenThatIsDead() {
        start();
        find();
        clock.advance(Duration.ofMinutes(61));
        assertThat(find()).isEmpty();
        assertThat(crm.passwordLogins()).isEqualTo(1);
        assertThat(crm.renewals()).isEqualTo(1);

        crm.forgetAccess();
        assertThat(find()).isEmpty();
        assertThat(crm.renewals()).isEqualTo(2);

        crm.otherLogin();
        assertThat(find()).isEmpty();
        assertThat(crm.passwordLogins()).isEqualTo(2);

        clock.advance(Duration.ofDays(15));
        assertThat(find()).isEmpty();
        assertThat(crm.passwordLogins()).isEqualTo(3);
        assertThat(crm.wrongLogins()).isZero();
    }

    @Test
    void twoNodesDoNotLogEachOtherOut() throws Exception {
        start();
        find();
        try (var second = bench.secondNode();
                var threads = Executors.newFixedThreadPool(4)) {
            clock.advance(Duration.ofMinutes(61));
            var asked = IntStream.range(0, 6)
                    .<Callable<JsonNode>>mapToObj(i -> () -> (i % 2 == 0 ? bench : second)
                            .run(Operation.FIND_CLIENT, "{\"number\": \"+79000000001\", \"national\": \"9000000001\"}"))
                    .toList();
            for (var done : threads.invokeAll(asked)) {
                done.get();
            }
        }

        assertThat(crm.renewals()).isEqualTo(1);
        assertThat(crm.passwordLogins()).isEqualTo(1);
    }

    @Test
    void asksTwiceWithAWrongPasswordAndThenWaitsSoThatNobodyIsLockedOut() {
        start(plan().secret("password", "wrong"));

        assertFault(Fault.SETUP, "need_login", this::find);
        clock.advance(Duration.ofMinutes(2));
        assertFault(Fault.SETUP, "need_login", this::find);
        clock.advance(Duration.ofMinutes(2));
        assertFault(Fault.SETUP, "refused-before", this::find);
        assertThat(crm.wrongLogins()).isEqualTo(2);

        bench.keepSecret("password", crm.access().password());
        clock.advance(Duration.ofMinutes(2));
        assertThat(find()).isEmpty();
    }

    @Test
    void aPlatformNobodyRegisteredIsARefusedLogin() {
        start(plan().setting("platform", "base"));

        assertFault(Fault.SETUP, "invalid_grant", this::find);
    }

    @Test
    void aVersionThatIsTooNewIsASetting() {
        start(plan().at(java.net.URI.create(crm.address() + "/rest/v12")));

        assertFault(Fault.SETUP, "incorrect_version", this::find);
    }

    @Test
    void aMissingRightParksTheCallWithTheWordsOfTheCrm() {
        crm.close("Calls");
        start();

        assertFault(Fault.REFUSED, "not_authorized", () -> log(ANSWERED, "", "", "null"));
    }

    @Test
    void findsEverySpellingByAFieldOfDigits() {
        crm.addField("Contacts", "phone_digits_c");
        crm.addField("Leads", "phone_digits_c");
        crm.addField("Accounts", "phone_digits_c");
        crm.add(
                "Contacts",
                Map.of("last_name", "Иван", "phone_work", "8(912)3123-21–0", "phone_digits_c", "79123123210"));
        start(plan().setting("digitsField", "phone_digits_c"));

        assertThat(find()).hasSize(1);
    }

    @Test
    void dropsNumbersThatOnlyEndAlike() {
        crm.addContact("Other", "+79990003210");
        crm.addContact("Longer", "+799123123210555");
        start();

        assertThat(find()).isEmpty();
    }

    @Test
    void checkNamesAFieldOfTheSettingsThatTheCrmDoesNotHave() {
        start(plan().setting("callIdField", "pbx_call_id_c"));

        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(rights(checked, false)).containsExactly("calls");
        assertThat(checked.toString()).contains("pbx_call_id_c");
    }

    @Test
    void findsALoggedCallByTheFieldThatHoldsItsId() {
        crm.addField("Calls", "pbx_call_id_c");
        var call = crm.add(
                "Calls", Map.of("name", "x", "date_start", "2026-03-09T10:30:00+03:00", "pbx_call_id_c", "pbx-77"));
        start(plan().setting("callIdField", "pbx_call_id_c"));

        assertThat(looked("log-call").path("id").asString()).isEqualTo(call);
    }

    @Test
    void tellsAChangedClientFromAWebLogicHook() {
        start();

        var told = bench.run(
                Operation.DECODE_HOOK,
                "{\"body\": {\"isUpdate\": true, \"bean\": \"Lead\", \"data\": {\"id\": \"l-1\"}, \"event\":"
                        + " \"after_save\"}}");
        var other = bench.run(Operation.DECODE_HOOK, "{\"body\": {\"isUpdate\": true}}");

        assertThat(told.path("events").get(0).path("client").toString())
                .isEqualTo("{\"kind\":\"lead\",\"id\":\"l-1\"}");
        assertThat(other.path("events")).isEmpty();
        assertThat(other.path("ignored").asString()).isNotEmpty();
    }

    // ---- helpers

    private ConnectorBench.Plan plan() {
        return ConnectorBench.of("sugarcrm")
                .at(java.net.URI.create(crm.address() + "/rest/v11"))
                .clock(clock)
                .setting("host", "crm.example.com")
                .setting("user", crm.access().user())
                .secret("password", crm.access().password())
                .property("patchbay.api.longest-wait", "1h");
    }

    private void start() {
        start(plan());
    }

    private void start(ConnectorBench.Plan plan) {
        bench = plan.start();
    }

    private static Predicate<Request> writesTo(String module) {
        return request -> !request.method().equals("GET") && request.path().endsWith("/" + module);
    }
}
