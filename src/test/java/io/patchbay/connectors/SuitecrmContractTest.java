package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.sandbox.SuiteCrm;
import io.patchbay.testing.ConnectorBench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each operation of connectors/suitecrm over both interfaces, against a CRM that behaves as contracts/crm/suitecrm.md and its running installation. */
class SuitecrmContractTest extends CrmContract {

    private static final String V8 = "v8";
    private static final String V41 = "v4_1";

    private final SuiteCrm crm = new SuiteCrm(clock);

    @AfterEach
    void close() {
        crm.close();
    }

    // ---- check, employees, hooks

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void checkNamesEveryModuleTheHubNeeds(String api) {
        start(api);

        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(checked.path("account").path("name").asString()).isEqualTo(api.equals(V8) ? "Administrator" : "hub");
        assertThat(rights(checked, true)).containsExactly("contacts", "leads", "accounts", "calls", "tasks", "users");
        assertThat(rights(checked, false)).isEmpty();
        assertThat(crm.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void checkNamesTheModulesTheRoleDoesNotOpen(String api) {
        crm.close("Leads");
        crm.close("Users");
        start(api);

        assertThat(rights(bench.run(Operation.CHECK, "{}"), false)).containsExactly("leads", "users");
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void checkNamesAFieldOfTheSettingsThatTheCrmDoesNotHave(String api) {
        crm.addField("Calls", "recording_url_c");
        start(plan(api).setting("recordingField", "recording_url_c").setting("callIdField", "pbx_call_id_c"));

        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(rights(checked, false)).containsExactly(api.equals(V8) ? "calls" : "fields");
        assertThat(checked.toString()).contains("pbx_call_id_c").doesNotContain("recording_url_c is invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void listsEmployeesPageByPageWithTheExtensionOfTheAgreedField(String api) {
        crm.addUser("anna", "О'Коннор", "201");
        crm.addUser("boris", "Petrov", "+7 495 000-00-01");
        for (int i = 0; i < 99; i++) {
            crm.addUser("u" + i, "User " + i, "");
        }
        start(api);

        var first = bench.run(Operation.LIST_EMPLOYEES, "{}");
        var second = bench.run(
                Operation.LIST_EMPLOYEES, "{\"cursor\": \"" + first.path("next").asString() + "\"}");

        var anna = first.path("employees").get(1);
        assertThat(anna.path("name").asString()).isEqualTo("О'Коннор");
        assertThat(anna.path("email").asString()).isEqualTo("anna@example.com");
        assertThat(anna.path("extension").asString()).isEqualTo("201");
        assertThat(anna.path("active").asBoolean()).isTrue();
        assertThat(first.path("employees").get(2).has("extension")).isFalse();
        assertThat(first.path("employees").get(2).path("phone").asString()).isEqualTo("+7 495 000-00-01");
        assertThat(first.path("employees")).hasSize(100);
        assertThat(second.path("employees")).hasSize(2);
        assertThat(second.has("next")).isFalse();
        assertThat(crm.problems()).isEmpty();
    }

    @Test
    void tellsAChangedClientFromTheLogicHookOfTheReadme() {
        start(V8);

        var told = bench.run(Operation.DECODE_HOOK, "{\"body\": {\"module\": \"Accounts\", \"id\": \"a-1\"}}");
        var other = bench.run(Operation.DECODE_HOOK, "{\"body\": {\"module\": \"Emails\", \"id\": \"a-1\"}}");

        assertThat(told.path("events").get(0).path("client").toString())
                .isEqualTo("{\"kind\":\"company\",\"id\":\"a-1\"}");
        assertThat(other.path("events")).isEmpty();
        assertThat(other.path("ignored").asString()).isNotEmpty();
    }

    // ---- find

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void findsAClientHoweverTheNumberIsWritten(String api) {
        start(api);
        for (var written : List.of(
                "+79123123210",
                "89123123210",
                "9123123210",
                "8-912-312-32-10 доб. 12",
                "8 (912) 3123-210",
                "+7 (912) 312 32 10, 8 495 000-00-00")) {
            var id = crm.addContact("О'Коннор & <Сыновья>", written);
            assertThat(find()).as(written).hasSize(1);
            assertThat(find().getFirst().path("name").asString()).isEqualTo("О'Коннор & <Сыновья>");
            crm.delete("Contacts", id);
        }
        assertThat(find()).isEmpty();
        assertThat(crm.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void dropsNumbersThatOnlyContainTheDigits(String api) {
        crm.addContact("Longer", "+799123123210555");
        crm.addContact("Scattered", "9 1x2 33 1 2 3 2 1 0");
        crm.addContact("Other country", "+3725123456");
        start(api);

        assertThat(find()).isEmpty();
        assertThat(clients("+79175123456", "9175123456")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void putsTheLatestContactFirstThenCompaniesThenOpenLeads(String api) {
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
        start(api);

        var found = find();

        assertThat(found)
                .extracting(c -> c.path("name").asString())
                .containsExactly("New One", "Old", "ООО Ромашка", "Open");
        assertThat(found)
                .extracting(c -> c.path("kind").asString())
                .containsExactly("contact", "contact", "company", "lead");
        assertThat(found.getFirst().path("owner").asString()).isEqualTo("7");
        assertThat(found.getFirst().path("url").asString())
                .startsWith("https://crm.example.com/index.php?module=Contacts&action=DetailView&record=");
    }

    // ---- create

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void createsAContactOnceHoweverOftenItIsAsked(String api) {
        start(api);

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
        assertThat(crm.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void createsALeadWhenTheSettingsSaySo(String api) {
        start(plan(api).setting("create", "lead").setting("leadSource", "Cold Call"));

        var made = bench.run(Operation.CREATE_CLIENT, "{\"number\": \"+79123123210\", \"national\": \"9123123210\"}");

        assertThat(made.path("kind").asString()).isEqualTo("lead");
        var lead = crm.rows("Leads").getFirst();
        assertThat(lead.id()).isEqualTo(made.path("id").asString());
        assertThat(lead.value("last_name")).isEqualTo("+79123123210");
        assertThat(lead.value("status")).isEqualTo("New");
        assertThat(lead.value("lead_source")).isEqualTo("Cold Call");
        assertThat(crm.problems()).isEmpty();
    }

    @Test
    void keepsAnEmojiWhereTheDatabaseCan() {
        crm.fullUnicode();
        start(V8);

        bench.run(Operation.CREATE_CLIENT, create("Иван 🙂"));

        assertThat(crm.rows("Contacts").getFirst().value("last_name")).isEqualTo("Иван 🙂");
    }

    @Test
    void refusesAClientWithoutANumber() {
        start(V8);

        assertFault(Fault.REFUSED, "no-number", () -> bench.run(Operation.CREATE_CLIENT, "{\"name\": \"Иван\"}"));
        assertThat(crm.requests()).isEmpty();
    }

    // ---- calls

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void writesAnAnsweredCallWithItsTimeInUtcAndItsClient(String api) {
        var contact = crm.addContact("Иван", "+79123123210");
        start(api);

        var logged = log(ANSWERED, contact, "contact", RECORDING);

        var call = crm.rows("Calls").getFirst();
        assertThat(call.id()).isEqualTo(logged.path("id").asString());
        assertThat(call.value("name")).isEqualTo("Входящий +79123123210");
        assertThat(call.value("date_start")).isEqualTo("2026-03-09 07:30:00");
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
        assertThat(crm.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void writesAMissedCallOfNobodyAsNotHeld(String api) {
        start(plan(api).setting("language", "en"));

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
        assertThat(crm.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void writesOneCallHoweverOftenItIsLogged(String api) {
        var contact = crm.addContact("Иван", "+79123123210");
        start(api);

        log(CALL.formatted("INBOUND", "MISSED", 0), contact, "contact", "null");
        log(ANSWERED, contact, "contact", "null");

        assertThat(crm.rows("Calls")).hasSize(1);
        assertThat(crm.rows("Calls").getFirst().value("status")).isEqualTo("Held");
        assertThat(crm.problems()).isEmpty();
    }

    @Test
    void twoCallsNeverShareAnEntry() {
        start(V8);

        log(ANSWERED, "", "", "null");
        log(ANSWERED.replace("pbx-77", "pbx-78"), "", "", "null");

        assertThat(crm.rows("Calls")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void findsACallWhoseAnswerGotLost(String api) {
        var contact = crm.addContact("Иван", "+79123123210");
        start(api);
        assertThat(looked("log-call").path("found").asBoolean()).isFalse();
        crm.misbehave(writesTo("Calls"), 1, Misbehaviour.cut().afterwards());

        assertFault(Fault.UNREACHABLE, "", () -> log(ANSWERED, contact, "contact", "null"));

        assertThat(looked("log-call").path("id").asString())
                .isEqualTo(crm.rows("Calls").getFirst().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void hangsACallOnItsCompanyByTheParentAlone(String api) {
        var account = crm.add("Accounts", Map.of("name", "ООО Ромашка"));
        start(api);

        var logged = log(CALL.formatted("OUTBOUND", "NO_ANSWER", 0), account, "company", "null");

        var call = crm.rows("Calls").getFirst();
        assertThat(call.value("direction")).isEqualTo("Outbound");
        assertThat(call.value("parent_type")).isEqualTo("Accounts");
        assertThat(call.value("parent_id")).isEqualTo(account);
        assertThat(call.linked()).isEmpty();
        assertThat(logged.has("warning")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void warnsWhenTheClientIsGone(String api) {
        var contact = crm.addContact("Иван", "+79123123210");
        crm.delete("Contacts", contact);
        start(api);

        var logged = log(ANSWERED, contact, "contact", "null");

        assertThat(crm.rows("Calls")).hasSize(1);
        assertThat(logged.path("warning").asString()).contains("not joined");
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void fillsTheFieldsOfItsOwnThatTheSettingsName(String api) {
        List.of("recording_url_c", "pbx_call_id_c", "talk_seconds_c").forEach(field -> crm.addField("Calls", field));
        start(plan(api)
                .setting("recordingField", "recording_url_c")
                .setting("callIdField", "pbx_call_id_c")
                .setting("secondsField", "talk_seconds_c"));

        log(ANSWERED, "", "", RECORDING);

        var call = crm.rows("Calls").getFirst();
        assertThat(call.value("recording_url_c")).isEqualTo("https://hub.example.com/r/1.mp3?a=1&b=2");
        assertThat(call.value("pbx_call_id_c")).isEqualTo("pbx-77");
        assertThat(call.value("talk_seconds_c")).isEqualTo("148");
        assertThat(call.value("description")).doesNotContain("/r/1.mp3");
        assertThat(crm.problems()).isEmpty();
    }

    @Test
    void saysWhichFieldTheCrmRefuses() {
        start(plan(V8).setting("secondsField", "talk_seconds_c"));

        var fault = assertFault(Fault.REFUSED, "400", () -> log(ANSWERED, "", "", "null"));

        assertThat(fault).hasMessageContaining("Property talk_seconds_c in Call module is invalid");
    }

    // ---- recordings

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void addsARecordingToTheTextOnce(String api) {
        start(api);
        var logged = log(ANSWERED, "", "", "null").path("id").asString();
        crm.set("Calls", logged, "description", "О'Коннор говорил о \"розах\" & <бантах>");

        attach(logged, RECORDING);
        attach(logged, RECORDING);
        attach(logged, "{\"url\": \"https://hub.example.com/r/2.mp3\"}");

        assertThat(crm.rows("Calls").getFirst().value("description"))
                .isEqualTo(
                        (api.equals(V8) ? "О'Коннор говорил о \"розах\" & <бантах>" : "О'Коннор говорил о \"розах\" & ")
                                + "\n"
                                + "Запись: https://hub.example.com/r/1.mp3?a=1&b=2\n"
                                + "Запись: https://hub.example.com/r/2.mp3");
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void putsASecondRecordingIntoTheTextWhenTheFieldIsTaken(String api) {
        crm.addField("Calls", "recording_url_c");
        start(plan(api).setting("recordingField", "recording_url_c"));
        var logged = log(ANSWERED, "", "", "null").path("id").asString();

        attach(logged, RECORDING);
        attach(logged, "{\"url\": \"https://hub.example.com/r/2.mp3\"}");

        var call = crm.rows("Calls").getFirst();
        assertThat(call.value("recording_url_c")).isEqualTo("https://hub.example.com/r/1.mp3?a=1&b=2");
        assertThat(call.value("description")).endsWith("\nЗапись: https://hub.example.com/r/2.mp3");
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void saysThatTheCallIsGone(String api) {
        start(api);
        var logged = log(ANSWERED, "", "", "null").path("id").asString();
        crm.delete("Calls", logged);

        assertFault(Fault.REFUSED, "call-gone", () -> attach(logged, RECORDING));
    }

    // ---- tasks

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void createsATaskOnce(String api) {
        var contact = crm.addContact("Иван", "+79123123210");
        start(api);

        var made = task(contact, "contact", "Перезвонить");
        task(contact, "contact", "Перезвонить");

        assertThat(crm.rows("Tasks")).hasSize(1);
        var task = crm.rows("Tasks").getFirst();
        assertThat(task.id()).isEqualTo(made.path("id").asString());
        assertThat(task.value("name")).isEqualTo("Перезвонить");
        assertThat(task.value("status")).isEqualTo("Not Started");
        assertThat(task.value("priority")).isEqualTo("High");
        assertThat(task.value("date_due")).isEqualTo("2026-03-09 09:30:00");
        assertThat(task.value("contact_id")).isEqualTo(contact);
        assertThat(task.value("description")).contains("https://hub.example.com/calls/c-1");
        assertThat(looked("create-task").path("found").asBoolean()).isTrue();
        assertThat(crm.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void cutsALongTitleItselfAndKeepsItInTheText(String api) {
        var lead = crm.add("Leads", Map.of("last_name", "Open", "status", "New"));
        start(api);
        var title = "Перезвонить клиенту, который ждал на линии очень долго и не дождался";

        task(lead, "lead", title);

        var task = crm.rows("Tasks").getFirst();
        assertThat(task.value("name")).isEqualTo(title.substring(0, 50));
        assertThat(task.value("description")).contains(title);
        assertThat(task.value("parent_type")).isEqualTo("Leads");
        assertThat(task.value("parent_id")).isEqualTo(lead);
        assertThat(crm.problems()).isEmpty();
    }

    // ---- login, trouble

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void logsInAgainWhenTheLoginHasEnded(String api) {
        start(api);
        find();
        assertThat(crm.logins()).isEqualTo(1);

        crm.forgetLogins();
        assertThat(find()).isEmpty();
        assertThat(crm.logins()).isEqualTo(2);

        clock.advance(Duration.ofHours(2));
        assertThat(find()).isEmpty();
        assertThat(crm.logins()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void asksTwiceWithAWrongPasswordAndThenWaitsSoThatNobodyIsLockedOut(String api) {
        start(plan(api).secret("password", "wrong").secret("clientSecret", "wrong"));

        assertFault(Fault.SETUP, api.equals(V8) ? "invalid_client" : "10", this::find);
        clock.advance(Duration.ofMinutes(2));
        assertFault(Fault.SETUP, api.equals(V8) ? "invalid_client" : "10", this::find);
        clock.advance(Duration.ofMinutes(2));
        assertFault(Fault.SETUP, "refused-before", this::find);
        assertThat(crm.requests()).hasSize(2);
        clock.advance(Duration.ofMinutes(30));
        assertFault(Fault.SETUP, api.equals(V8) ? "invalid_client" : "10", this::find);
        clock.advance(Duration.ofMinutes(2));

        bench.keepSecret("password", crm.access().password());
        bench.keepSecret("clientSecret", crm.access().clientSecret());
        assertThat(find()).isEmpty();
    }

    @Test
    void sendsThePasswordItselfOnlyWhenToldSo() {
        start(plan(V41).setting("plainPassword", JsonNodeFactory.instance.booleanNode(true)));

        assertThat(find()).isEmpty();
        assertThat(crm.requests().getFirst().form().get("rest_data").getFirst()).contains("PLAIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void aMissingRightStopsTheConnectionUntilItIsGiven(String api) {
        crm.close("Calls");
        start(api);

        assertFault(Fault.SETUP, api.equals(V8) ? "400" : "40", () -> log(ANSWERED, "", "", "null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V41})
    void aWebPageInTheWayIsNoAnswer(String api) {
        start(api);
        crm.misbehave(
                request -> !request.path().contains("access_token")
                        && !request.text().contains("method=login"),
                1,
                Misbehaviour.answer(Reply.of(200, "text/html", "<html>Maintenance</html>")));

        assertFault(Fault.UNREACHABLE, "", this::find);
        assertThat(find()).isEmpty();
    }

    // ---- helpers

    private ConnectorBench.Plan plan(String api) {
        return ConnectorBench.of("suitecrm")
                .at(crm.address())
                .clock(clock)
                .setting("host", "crm.example.com")
                .setting("api", api)
                .setting("clientId", crm.access().clientId())
                .setting("user", crm.access().user())
                .secret("clientSecret", crm.access().clientSecret())
                .secret("password", crm.access().password())
                .property("patchbay.api.longest-wait", "1h");
    }

    private void start(String api) {
        start(plan(api));
    }

    private void start(ConnectorBench.Plan plan) {
        bench = plan.start();
    }

    private static Predicate<Request> writesTo(String module) {
        return request -> !request.method().equals("GET")
                && request.text().contains(module)
                && (request.text().contains("set_entry") || request.path().endsWith("/module"));
    }
}
