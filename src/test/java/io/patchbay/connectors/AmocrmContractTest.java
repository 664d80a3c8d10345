package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.AmoAccount;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each operation of connectors/amocrm against an account that keeps to contracts/crm/amocrm.md. */
class AmocrmContractTest {

    private static final String ANSWERED = """
        {"id": "c-1", "direction": "INBOUND", "result": "ANSWERED", "clientNumber": "+79123123210",
         "clientNational": "9123123210", "clientNumberKind": "PHONE", "startedAtEpoch": 1773041400, "talkSeconds": 148,
         "url": "https://hub.example.com/calls/c-1"}\
        """;

    private final AmoAccount account = new AmoAccount(Clock.systemUTC());
    private ConnectorBench bench = withToken().start();

    @AfterEach
    void close() {
        bench.close();
        account.close();
    }

    // ---- check, employees

    @Test
    void checkNamesEveryRightOfAnAdministrator() {
        var checked = bench.run(Operation.CHECK, "{\"hookUrl\": \"https://hub.example.com/hooks/s\"}");

        assertThat(checked.path("account").path("name").asString()).isEqualTo("Ромашка");
        assertThat(rights(checked, true)).containsExactly("users", "webhooks", "contacts", "hook-enabled");
        assertThat(rights(checked, false)).isEmpty();
        assertNoProblems();
    }

    @Test
    void checkNamesTheRightsAPlainUserLacks() {
        restart(withToken(account.longLivedToken(account.addUser("Anna", "a@example.com", false), Duration.ofDays(1))));

        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(rights(checked, false)).containsExactly("users", "webhooks");
        assertThat(checked.path("rights").get(0).path("why").asString()).contains("Administrator rights are required");
    }

    @Test
    void checkSeesADisabledHookAndAPipelineWithoutIncomingLeads() {
        restart(withToken().setting("create", "unsorted"));
        bench.run(Operation.SUBSCRIBE, "{\"hookUrl\": \"https://hub.example.com/hooks/s\"}");
        account.disableHook("https://hub.example.com/hooks/s");
        account.incomingLeads(false);

        var checked = bench.run(Operation.CHECK, "{\"hookUrl\": \"https://hub.example.com/hooks/s\"}");

        assertThat(rights(checked, false)).containsExactly("hook-enabled", "incoming-leads");
    }

    @Test
    void listsEmployeesPageByPageWithoutExtensions() {
        for (int i = 0; i < 249; i++) {
            account.addUser("User " + i, "u" + i + "@example.com", false, i != 0);
        }

        var first = bench.run(Operation.LIST_EMPLOYEES, "{}");
        var second = bench.run(
                Operation.LIST_EMPLOYEES, "{\"cursor\": \"" + first.path("next").asString() + "\"}");

        assertThat(first.path("employees")).hasSize(250);
        assertThat(first.path("employees").get(1).path("active").asBoolean()).isFalse();
        assertThat(first.path("employees").get(1).has("extension")).isFalse();
        assertThat(second.path("employees")).isEmpty(); // the next link led to a 204
        assertThat(second.has("next")).isFalse();
    }

    // ---- find

    @Test
    void findsNobodyInAnEmptyAccount() {
        assertThat(find("+79123123210", "9123123210")).isEmpty();
        assertNoProblems();
    }

    @Test
    void findsAClientHoweverTheNumberIsWritten() {
        for (var written :
                List.of("+79123123210", "89123123210", "9123123210", "8-912-312-32-10 доб. 12", "x, 8(912)312-32-10")) {
            var id = account.addContact("Тест 🚚", written);
            assertThat(find("+79123123210", "9123123210")).as(written).hasSize(1);
            assertThat(find("+79123123210", "9123123210")
                            .getFirst()
                            .path("name")
                            .asString())
                    .isEqualTo("Тест 🚚");
            account.delete(id, AmoAccount.ADMIN);
        }
    }

    @Test
    void dropsAContactThatHasTheDigitsElsewhere() {
        account.addContact("Order 9123123210", "+74950000000");
        var filled = account.addContact("Anna", "+74950000001");
        account.fill(filled, "ORDER", "9123123210");
        account.addContact("Longer", "+799123123210555");

        assertThat(find("+79123123210", "9123123210")).isEmpty();
    }

    @Test
    void putsTheOneWithAnActiveLeadFirstThenTheLatest() {
        var old = account.addContact("Old", "+79123123210");
        var busy = account.addContact("Busy", "89123123210");
        account.addLead("Open", busy, 1);
        account.addLead("Won", old, 142);
        account.addContact("Third", "9123123210");

        var found = find("+79123123210", "9123123210");

        assertThat(found)
                .extracting(c -> c.path("name").asString())
                .startsWith("Busy")
                .hasSize(3);
        assertThat(found.getFirst().path("url").asString())
                .isEqualTo("https://romashka.amocrm.ru/contacts/detail/" + busy);
        assertThat(found.getFirst().path("owner").asString()).isEqualTo(String.valueOf(AmoAccount.ADMIN));
        assertNoProblems();
    }

    @Test
    void findsACompanyWhenNoContactHasTheNumber() {
        var company = account.addCompany("ООО Ромашка", "+79123123210");

        var found = find("+79123123210", "9123123210").getFirst();

        assertThat(found.path("kind").asString()).isEqualTo("company");
        assertThat(found.path("url").asString()).endsWith("/companies/detail/" + company);
    }

    @Test
    void comparesForeignNumbersWhole() {
        account.addContact("Russian", "+79175123456");
        var tallinn = account.addContact("Tallinn", "+372 5123456".replace(" ", ""));

        var found = find("+3725123456", "5123456");

        assertThat(found).extracting(c -> c.path("id").asString()).containsExactly(String.valueOf(tallinn));
    }

    // ---- create

    @Test
    void createsAContactWithItsPhoneAndPerson() {
        var anna = account.addUser("Anna", "a@example.com", false);

        var made = bench.run(Operation.CREATE_CLIENT, create("Иван 🙂", String.valueOf(anna)));

        var contact = account.contacts().getFirst();
        assertThat(made.path("id").asString()).isEqualTo(String.valueOf(contact.id()));
        assertThat(contact.name()).isEqualTo("Иван 🙂");
        assertThat(contact.phones()).containsExactly("+79123123210");
        assertThat(contact.responsible()).isEqualTo(anna);
        assertNoProblems();
    }

    @Test
    void namesANamelessContactByItsNumberAndSendsNoNulls() {
        bench.run(
                Operation.CREATE_CLIENT,
                "{\"number\": \"+79123123210\", \"national\": \"9123123210\", \"name\": null, \"employee\": null,"
                        + " \"call\": null}");

        assertThat(account.contacts().getFirst().name()).isEqualTo("+79123123210");
        assertNoProblems();
    }

    @Test
    void createsWithoutAPersonTheAccountHasSwitchedOff() {
        var gone = account.addUser("Gone", "g@example.com", false, false);

        bench.run(Operation.CREATE_CLIENT, create("Иван", String.valueOf(gone)));

        assertThat(account.contacts()).hasSize(1);
    }

    @Test
    void createsALeadWithItsContact() {
        restart(withToken()
                .setting("create", "lead")
                .setting("pipeline", JsonNodeFactory.instance.numberNode(2194350)));

        var made = bench.run(Operation.CREATE_CLIENT, create("Иван", null));

        assertThat(made.path("kind").asString()).isEqualTo("contact");
        assertThat(account.leads().getFirst().name()).isEqualTo("Звонок с +79123123210");
        assertThat(account.leads().getFirst().contacts())
                .containsExactly(made.path("id").asLong());
        assertNoProblems();
    }

    @Test
    void leavesAnUnknownCallerToTheIncomingLeads() {
        restart(withToken().setting("create", "unsorted"));

        assertFault(Fault.NOT_SUPPORTED, "unsorted", () -> bench.run(Operation.CREATE_CLIENT, create("Иван", null)));
        assertThat(account.contacts()).isEmpty();
        assertThat(account.requests()).isEmpty();
    }

    // ---- cards

    @Test
    void showsOneCardToAllWhoRing() {
        var anna = account.addUser("Anna", "a@example.com", false);
        var boris = account.addUser("Boris", "b@example.com", false);

        bench.run(
                Operation.SHOW_CARD,
                "{\"call\": %s, \"employees\": [{\"id\": \"%d\"}, {\"id\": null}, {\"id\": \"%d\"}]}"
                        .formatted(ANSWERED, anna, boris));

        assertThat(account.popups()).hasSize(1);
        assertThat(account.popups().getFirst().users()).containsExactly(anna, boris);
        assertNoProblems();
    }

    @Test
    void asksNobodyWhenNoneOfThoseWhoRingIsMapped() {
        bench.run(Operation.SHOW_CARD, "{\"call\": %s, \"employees\": [{\"id\": null}]}".formatted(ANSWERED));

        assertThat(account.requests()).isEmpty();
    }

    // ---- calls

    @Test
    void writesACallIntoTheClientsCard() {
        var anna = account.addUser("Anna", "a@example.com", false);
        var contact = account.addContact("Иван", "8 912 312-32-10");

        var logged = log(ANSWERED, contact, String.valueOf(anna), "{\"url\": \"https://hub.example.com/r/1.mp3\"}");

        var note = account.calls().getFirst();
        assertThat(note.entityId()).isEqualTo(contact);
        assertThat(note.type()).isEqualTo("call_in");
        assertThat(note.uniq()).isEqualTo("c-1");
        assertThat(note.duration()).isEqualTo(148);
        assertThat(note.status()).isEqualTo(4);
        assertThat(note.phone()).isEqualTo("+79123123210");
        assertThat(note.link()).contains("https://hub.example.com/r/1.mp3");
        assertThat(note.responsible()).contains(String.valueOf(anna));
        assertThat(note.createdAt()).isEqualTo(1773041400);
        assertThat(logged.path("id").asString()).isEqualTo("contacts/" + contact + "/" + note.id());
        assertNoProblems();
    }

    @Test
    void tellsTheResultOfACall() {
        var contact = account.addContact("Иван", "+79123123210");
        for (var result : List.of("ANSWERED", "MISSED", "NO_ANSWER", "CANCELLED", "BUSY", "FAILED")) {
            log(ANSWERED.replace("ANSWERED", result).replace("INBOUND", "OUTBOUND"), contact, null, "null");
        }

        assertThat(account.calls()).extracting(AmoAccount.Note::status).containsExactly(4, 6, 6, 6, 7, 5);
        assertThat(account.calls()).extracting(AmoAccount.Note::type).containsOnly("call_out");
        assertThat(account.calls()).extracting(AmoAccount.Note::responsible).containsOnly(java.util.Optional.empty());
        assertNoProblems();
    }

    @Test
    void writesACallWithoutAPersonTheAccountHasSwitchedOff() {
        var contact = account.addContact("Иван", "+79123123210");
        var gone = account.addUser("Gone", "g@example.com", false, false);

        log(ANSWERED, contact, String.valueOf(gone), "null");

        assertThat(account.calls()).hasSize(1);
    }

    @Test
    void letsTheAccountChooseTheCardWhenTheSettingSaysSo() {
        restart(withToken().setting("logBy", "calls"));
        var contact = account.addContact("Иван", "+79123123210");
        var lead = account.addLead("Open", contact, 1);

        var logged = log(ANSWERED, contact, null, "null");

        assertThat(account.calls().getFirst().entityId()).isEqualTo(lead);
        assertThat(logged.path("url").asString()).endsWith("/leads/detail/" + lead);
    }

    @Test
    void findsTheCardByTheAccountWhenTheHubKnewNobody() {
        var contact = account.addContact("Иван", "8 (912) 312 32 10");

        var logged = log(ANSWERED, 0, null, "null");

        assertThat(logged.path("client").path("id").asString()).isEqualTo(String.valueOf(contact));
        assertNoProblems();
    }

    @Test
    void putsAnUnknownCallerAmongTheIncomingLeads() {
        var logged = log(ANSWERED.replace("ANSWERED", "MISSED").replace("148", "0"), 0, null, "null");

        var waiting = account.unsorted().getFirst();
        assertThat(waiting.phones()).containsExactly("+79123123210");
        assertThat(waiting.phone()).isEqualTo("+79123123210");
        assertThat(waiting.uniq()).isEqualTo("c-1");
        assertThat(waiting.leadName()).isEqualTo("Звонок с +79123123210");
        assertThat(logged.path("id").asString()).isEqualTo("unsorted/" + waiting.uid() + "/" + waiting.lead());
        assertThat(logged.has("client")).isFalse();
        assertNoProblems();
    }

    @Test
    void refusesAnOutgoingCallToSomebodyNobodyHas() {
        assertFault(
                Fault.REFUSED,
                "nobody-has-the-number",
                () -> log(ANSWERED.replace("INBOUND", "OUTBOUND"), 0, null, "null"));
    }

    @Test
    void writesAHiddenNumberAsAnIncomingLeadWithoutAContact() {
        log("""
            {"id": "c-2", "direction": "INBOUND", "result": "MISSED", "clientNumber": null, "clientNumberKind": "HIDDEN",
             "startedAtEpoch": 1773041400, "talkSeconds": 0}\
            """, 0, null, "null");

        assertThat(account.unsorted().getFirst().contact()).isEmpty();
        assertThat(account.unsorted().getFirst().leadName()).isEqualTo("Звонок со скрытого номера");
        assertNoProblems();
    }

    @Test
    void writesElsewhereWhenTheCardIsGone() {
        var contact = account.addContact("Иван", "+79123123210");
        var other = account.addContact("Пётр", "+79123123210");
        account.delete(contact, AmoAccount.ADMIN);

        log(ANSWERED, contact, null, "null");

        assertThat(account.calls().getFirst().entityId()).isEqualTo(other);
    }

    @Test
    void parksACallTheAccountCannotTake() {
        account.incomingLeads(false);

        assertFault(Fault.REFUSED, "NotSupportedChoice", () -> log(ANSWERED, 0, null, "null"));

        account.incomingLeads(true);
        log(ANSWERED, 0, null, "null");
        assertThat(account.unsorted()).hasSize(1);
    }

    // ---- after a time-out

    @Test
    void findsACallThatWasWrittenThoughTheAnswerWasLost() {
        var contact = account.addContact("Иван", "+79123123210");
        account.misbehave(to("/notes"), 1, Misbehaviour.answer(Reply.empty(504)).afterwards());

        assertFault(Fault.UNREACHABLE, null, () -> log(ANSWERED, contact, null, "null"));
        var found = found(contact, "LOG_CALL");

        assertThat(found.path("found").asBoolean()).isTrue();
        assertThat(found.path("id").asString())
                .isEqualTo(
                        "contacts/" + contact + "/" + account.calls().getFirst().id());
    }

    @Test
    void findsACallTheAccountPutIntoALeadOrAmongTheIncomingOnes() {
        log(ANSWERED, 0, null, "null");
        assertThat(found(0, "log-call").path("found").asBoolean()).isTrue();

        account.decline(account.unsorted().getFirst());
        var contact = account.addContact("Иван", "+79123123210");
        account.addLead("Open", contact, 1);
        log(ANSWERED.replace("c-1", "c-3"), 0, null, "null");

        var found = bench.run(
                Operation.FIND_LOGGED_CALL,
                "{\"call\": %s, \"kind\": \"LOG_CALL\"}".formatted(ANSWERED.replace("c-1", "c-3")));
        assertThat(found.path("id").asString()).startsWith("leads/");
        assertNoProblems();
    }

    @Test
    void doesNotFindACallThatWasNotWritten() {
        var contact = account.addContact("Иван", "+79123123210");
        log(ANSWERED.replace("c-1", "c-9"), contact, null, "null");

        assertThat(found(contact, "LOG_CALL").path("found").asBoolean()).isFalse();
    }

    @Test
    void findsATaskAndAClientAgain() {
        var contact = account.addContact("Иван", "+79123123210");
        assertThat(found(contact, "CREATE_TASK").path("found").asBoolean()).isFalse();
        task(contact, null);

        assertThat(found(contact, "CREATE_TASK").path("id").asLong())
                .isEqualTo(account.tasks().getFirst().id());
        assertThat(found(0, "CREATE_CLIENT").path("id").asLong()).isEqualTo(contact);
    }

    // ---- recordings, tasks

    @Test
    void putsALateRecordingIntoTheCallsNote() {
        var contact = account.addContact("Иван", "+79123123210");
        var logged = log(ANSWERED, contact, null, "null").path("id").asString();

        attach(logged);
        attach(logged);

        assertThat(account.calls()).hasSize(1);
        assertThat(account.calls().getFirst().link()).contains("https://hub.example.com/r/1.mp3");
        assertThat(account.calls().getFirst().uniq()).isEqualTo("c-1");
        assertThat(account.calls().getFirst().duration()).isEqualTo(148);
        assertNoProblems();
    }

    @Test
    void putsALateRecordingIntoTheNoteOfAnIncomingLead() {
        var logged = log(ANSWERED, 0, null, "null").path("id").asString();

        attach(logged);

        assertThat(account.calls().getFirst().link()).contains("https://hub.example.com/r/1.mp3");
        assertNoProblems();
    }

    @Test
    void createsATaskOfTheClient() {
        var anna = account.addUser("Anna", "a@example.com", false);
        var contact = account.addContact("Иван", "+79123123210");

        task(contact, String.valueOf(anna));
        task(0, null);

        var task = account.tasks().getFirst();
        assertThat(task.entityType()).isEqualTo("contacts");
        assertThat(task.entityId()).isEqualTo(contact);
        assertThat(task.responsible()).isEqualTo(anna);
        assertThat(task.completeTill()).isEqualTo(1773045000);
        assertThat(task.text()).startsWith("Перезвонить").endsWith("https://hub.example.com/calls/c-1");
        assertThat(account.tasks().getLast().entityType()).isEmpty();
        assertNoProblems();
    }

    // ---- hooks

    @Test
    void registersOneHookAndRemovesTheOneBefore() {
        bench.run(Operation.SUBSCRIBE, "{\"hookUrl\": \"https://hub.example.com/hooks/a\"}");
        var made = bench.run(
                Operation.SUBSCRIBE,
                "{\"hookUrl\": \"https://hub.example.com/hooks/b\", \"previous\":"
                        + " \"https://hub.example.com/hooks/a\"}");

        assertThat(made.path("subscription").asString()).isEqualTo("https://hub.example.com/hooks/b");
        assertThat(made.path("seconds").asInt()).isZero();
        bench.run(Operation.UNSUBSCRIBE, "{\"subscription\": \"https://hub.example.com/hooks/b\"}");
        bench.run(Operation.UNSUBSCRIBE, "{\"subscription\": \"https://hub.example.com/hooks/b\"}");
        assertNoProblems();
    }

    @Test
    void readsAChangedContactAndACompanyThatComesUnderContacts() {
        var events = hook("""
            {"contacts": {"update": {"0": {"id": "10", "type": "contact", "modified_user_id": "5"},
             "1": {"id": "11", "type": "company"}, "2": {"id": "10", "type": "contact"}}},
             "leads": {"status": [{"id": "12"}]}, "account": {"subdomain": "romashka"}}\
            """);

        assertThat(events.path("events")).hasSize(3);
        assertThat(events.path("events").toString())
                .contains(
                        "{\"kind\":\"contact\",\"id\":\"10\"}",
                        "{\"kind\":\"company\",\"id\":\"11\"}",
                        "{\"kind\":\"lead\",\"id\":\"12\"}");
    }

    @Test
    void ignoresHooksOfOtherAccountsAndItsOwnChanges() {
        restart(withToken().setting("hubUser", JsonNodeFactory.instance.numberNode(5)));

        var own = hook("{\"contacts\": {\"update\": [{\"id\": \"10\", \"modified_user_id\": \"5\"}]}, \"account\":"
                + " {\"subdomain\": \"romashka\"}}");
        var other = hook("{\"contacts\": {\"update\": [{\"id\": \"10\"}]}, \"account\": {\"subdomain\": \"else\"}}");
        var empty = hook("{}");

        assertThat(own.path("events")).isEmpty();
        assertThat(other.path("events")).isEmpty();
        assertThat(other.path("ignored").asString()).contains("another account");
        assertThat(empty.path("ignored").asString()).isNotEmpty();
    }

    // ---- what goes wrong

    @Test
    void turnsARevokedTokenAnUnpaidAccountAndAShutOneIntoSetUp() {
        restart(standing(account.longLivedToken(Duration.ofDays(365))));
        account.unpaid(true);
        assertFault(Fault.SETUP, "402", () -> find("+79123123210", "9123123210"));
        account.unpaid(false);
        bench.clock().advance(Duration.ofMinutes(1)); // one probe a minute
        assertThat(find("+79123123210", "9123123210")).isEmpty();

        account.shut();
        bench.clock().advance(Duration.ofMinutes(1));
        assertFault(Fault.SETUP, null, () -> find("+79123123210", "9123123210"));
        account.lift();

        account.revokeAll();
        bench.clock().advance(Duration.ofMinutes(11));
        assertFault(Fault.SETUP, "401", () -> find("+79123123210", "9123123210"));
        bench.keepSecret("longLivedToken", account.longLivedToken(Duration.ofDays(1)));
        bench.clock().advance(Duration.ofMinutes(2));
        assertThat(find("+79123123210", "9123123210")).isEmpty();
    }

    @Test
    void waitsAsLongAsTheBodyOfA429Says() {
        account.misbehave(
                to("/contacts"),
                1,
                Misbehaviour.answer(
                        Reply.json(429, "{\"title\":\"Too Many Requests\",\"status\":429,\"retry_after\":300}")));

        assertThatThrownBy(() -> find("+79123123210", "9123123210"))
                .isInstanceOfSatisfying(ConnectorException.class, e -> {
                    assertThat(e.fault()).isEqualTo(Fault.BUSY);
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(300));
                });
    }

    @Test
    void staysWithinSevenRequestsASecond() {
        for (int i = 0; i < 5; i++) {
            find("+7912312321" + i, "912312321" + i);
        }

        assertThat(account.requests()).hasSize(15);
        assertNoProblems();
    }

    private ConnectorBench.Plan withToken() {
        return standing(account.longLivedToken(Duration.ofDays(365))).realTime();
    }

    private ConnectorBench.Plan withToken(String token) {
        return standing(token).realTime();
    }

    /** On a clock that stands still until it is moved. */
    private ConnectorBench.Plan standing(String token) {
        return ConnectorBench.of("amocrm")
                .at(account.address())
                .setting("subdomain", account.integration().subdomain())
                .secret("longLivedToken", token);
    }

    private void restart(ConnectorBench.Plan plan) {
        bench.close();
        bench = plan.start();
    }

    private List<JsonNode> find(String number, String national) {
        return bench.run(
                        Operation.FIND_CLIENT,
                        "{\"number\": \"%s\", \"national\": \"%s\", \"forms\": []}".formatted(number, national))
                .path("clients")
                .valueStream()
                .toList();
    }

    private static String create(String name, String employee) {
        return "{\"number\": \"+79123123210\", \"national\": \"9123123210\", \"name\": \"%s\", \"employee\": {\"id\": %s}, \"call\": %s}"
                .formatted(name, employee == null ? "null" : "\"" + employee + "\"", ANSWERED);
    }

    private JsonNode log(String call, long contact, String employee, String recording) {
        return bench.run(
                Operation.LOG_CALL,
                "{\"call\": %s, \"client\": %s, \"employee\": %s, \"recording\": %s}"
                        .formatted(
                                call,
                                client(contact),
                                employee == null ? "null" : "{\"id\": \"" + employee + "\"}",
                                recording));
    }

    private JsonNode found(long contact, String kind) {
        return bench.run(
                Operation.FIND_LOGGED_CALL,
                "{\"call\": %s, \"client\": %s, \"kind\": \"%s\"}".formatted(ANSWERED, client(contact), kind));
    }

    private void attach(String logged) {
        bench.run(
                Operation.ATTACH_RECORDING,
                "{\"call\": %s, \"logged\": \"%s\", \"recording\": {\"url\": \"https://hub.example.com/r/1.mp3\"}}"
                        .formatted(ANSWERED, logged));
    }

    private void task(long contact, String employee) {
        bench.run(
                Operation.CREATE_TASK,
                "{\"call\": %s, \"client\": %s, \"employee\": {\"id\": %s}, \"title\": \"t\", \"text\": \"Перезвонить ☎\", \"deadlineEpoch\": 1773045000}"
                        .formatted(ANSWERED, client(contact), employee));
    }

    private JsonNode hook(String body) {
        return bench.run(Operation.DECODE_HOOK, "{\"method\": \"POST\", \"body\": " + body + "}");
    }

    private static String client(long contact) {
        return contact == 0 ? "null" : "{\"kind\": \"contact\", \"id\": \"" + contact + "\"}";
    }

    private static List<String> rights(JsonNode checked, boolean ok) {
        return checked.path("rights")
                .valueStream()
                .filter(right -> right.path("ok").asBoolean() == ok)
                .map(right -> right.path("right").asString())
                .toList();
    }

    private static Predicate<Request> to(String end) {
        return request -> request.path().endsWith(end);
    }

    private static void assertFault(Fault fault, String code, Runnable operation) {
        assertThatThrownBy(operation::run).isInstanceOfSatisfying(ConnectorException.class, e -> {
            assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault);
            if (code != null) {
                assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
            }
        });
    }

    private void assertNoProblems() {
        assertThat(account.problems()).isEmpty();
    }
}
