package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bitrix24 where the administrator has only an inbound webhook. */
class Bitrix24WebhookContractTest {

    private static final String CALL = """
        {"id": "c-1", "key": "pbx-1", "direction": "INBOUND", "result": "ANSWERED", "clientNumber": "+79000001234",
         "clientNumberKind": "PHONE", "line": "+74950000100", "startedAt": "2026-03-09T10:30:00+03:00", "talkSeconds": 65}\
        """;
    private static final String SEARCH = """
        {"number": "+79000001234", "national": "9000001234", "forms": ["+79000001234", "89000001234", "79000001234"]}\
        """;

    private final Bitrix24Portal portal = new Bitrix24Portal();
    private ConnectorBench bench;

    @BeforeEach
    void connect() {
        portal.employee(7, "Анна", "Смирнова 🦊", "101");
        portal.employee(8, "Boris", "Volkov", "");
        var webhook = portal.webhook(7);
        bench = plan(webhook).start();
    }

    private ConnectorBench.Plan plan(Bitrix24Portal.Webhook webhook) {
        return ConnectorBench.of("bitrix24")
                .at(portal.restAddress())
                .setting("portal", portal.host())
                .setting("way", "webhook")
                .setting("webhookUser", String.valueOf(webhook.userId()))
                .secret("webhookCode", webhook.code());
    }

    @AfterEach
    void close() {
        assertThat(portal.problems()).isEmpty();
        assertThat(portal.droppedFields()).isEmpty();
        bench.close();
        portal.close();
    }

    @Test
    void findsTheClientUnderWhateverSpellingTheCardHas() {
        var id = portal.contact("Иван", "Петров", "8 (900) 000-12-34", 7);

        var found = run(Operation.FIND_CLIENT, SEARCH).path("clients");

        assertThat(found).hasSize(1);
        assertThat(found.at("/0/kind").asString()).isEqualTo("contact");
        assertThat(found.at("/0/id").asString()).isEqualTo(String.valueOf(id));
        assertThat(found.at("/0/name").asString()).isEqualTo("Иван Петров");
        assertThat(found.at("/0/owner").asString()).isEqualTo("7");
        assertThat(found.at("/0/url").asString()).endsWith("/crm/contact/details/" + id + "/");
    }

    @Test
    void namesAllClientsOfANumberInThePortalsOrder() {
        portal.lead("Lead", "+79000001234", 8);
        portal.company("Ромашка", "+7 900 000 12 34", 8);
        portal.contact("Иван", "Петров", "+79000001234", 7);

        var found = run(Operation.FIND_CLIENT, SEARCH).path("clients");

        assertThat(found.valueStream().map(one -> one.path("kind").asString()))
                .containsExactly("contact", "company", "lead");
        assertThat(portal.count("crm.duplicate.findbycomm")).isZero();
    }

    @Test
    void findsNobodyWhereTheAnswerIsAnEmptyListInsteadOfAnObject() {
        assertThat(run(Operation.FIND_CLIENT, SEARCH).path("clients")).isEmpty();
        assertThat(portal.count("batch")).isZero();
    }

    @Test
    void makesALeadOfAnUnknownCallerAndFindsItAgain() {
        var made = run(Operation.CREATE_CLIENT, created());

        assertThat(made.path("kind").asString()).isEqualTo("lead");
        var lead = portal.leads().getFirst();
        assertThat(lead.phones()).containsExactly("+79000001234");
        assertThat(lead.ownerId()).isEqualTo(7);
        assertThat(lead.originId()).isEqualTo("pbx-1");
        var again = run(Operation.FIND_LOGGED_CALL, """
            {"kind": "create-client", "call": %s}\
            """.formatted(CALL));
        assertThat(again.path("found").asBoolean()).isTrue();
        assertThat(again.path("id").asString()).isEqualTo(String.valueOf(lead.id()));
    }

    @Test
    void makesAContactWithADealWhereThePortalHasNoLeads() {
        portal.withoutLeads();

        var made = run(Operation.CREATE_CLIENT, created());

        assertThat(made.path("kind").asString()).isEqualTo("contact");
        assertThat(portal.contacts().getFirst().phones()).containsExactly("+79000001234");
        assertThat(portal.contacts().getFirst().title()).isEqualTo("Пётр & Ко 🦊");
        assertThat(portal.deals()).hasSize(1);
        assertThat(portal.leads()).isEmpty();
    }

    @Test
    void makesWhatARuleSaysWhateverTheSettingsSay() {
        bench.set("newClients", "lead");

        assertThat(run(Operation.CREATE_CLIENT, created("contact")).path("kind").asString())
                .isEqualTo("contact");
        assertThat(portal.contacts()).hasSize(1);
        assertThat(portal.deals()).isEmpty();

        run(Operation.CREATE_CLIENT, created("contact-and-deal"));
        assertThat(portal.deals()).hasSize(1);
        assertThat(portal.leads()).isEmpty();

        bench.set("newClients", "contact");
        assertThat(run(Operation.CREATE_CLIENT, created("lead")).path("kind").asString())
                .isEqualTo("lead");
        assertThat(portal.leads()).hasSize(1);
    }

    @Test // contracts/crm/bitrix24.md section 3.8: without leads a contact with a deal stands for one
    void aLeadThatARuleWantsIsAContactWithADealWhereThePortalHasNoLeads() {
        bench.set("newClients", "contact");
        portal.withoutLeads();

        run(Operation.CREATE_CLIENT, created("lead"));

        assertThat(portal.contacts()).hasSize(1);
        assertThat(portal.deals()).hasSize(1);
        assertThat(portal.leads()).isEmpty();
    }

    private static String created(String kind) {
        return created().replaceFirst("\\{", "{\"kind\": \"" + kind + "\", ");
    }

    @Test
    void createsNoCardWithoutAPhone() {
        var fault = fault(Operation.CREATE_CLIENT, "{\"call\": " + CALL + "}");

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("PHONE_MISSING");
        assertThat(portal.leads()).isEmpty();
    }

    @Test
    void writesTheCallIntoTheTimelineOfTheCard() {
        var id = portal.contact("Иван", "Петров", "+79000001234", 7);

        var logged = run(Operation.LOG_CALL, """
            {"call": %s, "employee": {"id": "7", "extension": "101", "name": "Анна"},
             "client": {"kind": "contact", "id": "%d"}, "recording": {"url": "https://hub.example.com/r/1"}}\
            """.formatted(CALL, id));

        var comment = portal.comments().getFirst();
        assertThat(logged.path("id").asString()).isEqualTo(String.valueOf(comment.id()));
        assertThat(comment.cardId()).isEqualTo(id);
        assertThat(comment.text())
                .contains(
                        "Входящий звонок: +79000001234",
                        "Разговор: 1:05",
                        "Сотрудник: Анна",
                        "https://hub.example.com/r/1");
    }

    @Test
    void refusesToLogACallThatHasNoCard() {
        var fault = fault(Operation.LOG_CALL, "{\"call\": " + CALL + "}");

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("NO_CARD");
    }

    @Test
    void saysThatTheCardWasDeletedMeanwhile() {
        var fault = fault(Operation.LOG_CALL, """
            {"call": %s, "client": {"kind": "contact", "id": "4711"}}\
            """.formatted(CALL));

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void putsAToDoOnTheCardAndATaskWhereThereIsNone() {
        var id = portal.contact("Иван", "Петров", "+79000001234", 7);
        var task = """
            {"call": %s, "employee": {"id": "8"}, "title": "Перезвонить", "text": "Пропущен", "deadline": "2026-03-09T12:00:00+03:00"%s}\
            """;

        var todo = run(
                Operation.CREATE_TASK,
                task.formatted(CALL, ", \"client\": {\"kind\": \"contact\", \"id\": \"" + id + "\"}"));
        var plain = run(Operation.CREATE_TASK, task.formatted(CALL, ""));

        assertThat(todo.path("id").asString()).startsWith("todo-");
        assertThat(portal.todos().getFirst().responsibleId()).isEqualTo(8);
        assertThat(portal.todos().getFirst().deadline()).isEqualTo("2026-03-09T09:00:00Z");
        assertThat(plain.path("id").asString())
                .isEqualTo("task-" + portal.tasks().getFirst().id());
    }

    @Test
    void refusesATaskForNobodyInPlainWords() {
        var fault = fault(Operation.CREATE_TASK, """
            {"call": %s, "employee": {"extension": "104"}, "title": "t"}\
            """.formatted(CALL));

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("USER_MISSING");
        assertThat(fault.getMessage()).contains("104");
    }

    @Test
    void handsOnWordsOfThePortalThatAreHtml() {
        var fault = fault(Operation.CREATE_TASK, """
            {"call": %s, "employee": {"id": "99"}, "title": "t"}\
            """.formatted(CALL));

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.getMessage()).contains("Responsible");
    }

    @Test
    void listsEverybodyPageByPageAndGivesNobodyAnEmptyExtension() {
        for (var id = 100; id < 160; id++) {
            portal.employee(id, "User", "No " + id, " ");
        }

        var first = run(Operation.LIST_EMPLOYEES, "{}");
        var second = run(
                Operation.LIST_EMPLOYEES, "{\"cursor\": \"" + first.path("next").asString() + "\"}");

        assertThat(first.path("employees")).hasSize(50);
        assertThat(second.path("employees")).hasSize(13);
        assertThat(second.has("next")).isFalse();
        assertThat(first.path("employees").valueStream().filter(one -> one.has("extension")))
                .singleElement()
                .satisfies(one -> assertThat(one.path("extension").asString()).isEqualTo("101"));
    }

    @Test
    void findsEveryRightInItsPlace() {
        var rights = run(Operation.CHECK, "{\"hookUrl\": \"https://hub.example.com/hooks/x\"}")
                .path("rights");

        assertThat(rights)
                .isNotEmpty()
                .allSatisfy(right -> assertThat(right.path("ok").asBoolean()).isTrue());
    }

    @Test
    void namesEachMissingRight() {
        bench.close();
        bench = plan(portal.webhook(7, "user_basic")).setting("taskAs", "task").start();

        var rights = run(Operation.CHECK, "{}").path("rights");

        assertThat(rights.valueStream()
                        .filter(right -> !right.path("ok").asBoolean())
                        .map(right -> right.path("right").asString()))
                .containsExactly("crm", "telephony", "task");
        assertThat(portal.tasks()).isEmpty();
    }

    @Test
    void doesNotTryWhatThePortalRefusesToAWebhook() {
        for (var operation : new Operation[] {
            Operation.OPEN_CALL,
            Operation.CLOSE_CALL,
            Operation.SHOW_CARD,
            Operation.HIDE_CARD,
            Operation.ATTACH_RECORDING,
            Operation.SUBSCRIBE
        }) {
            assertThat(fault(operation, "{}").fault()).isEqualTo(Fault.NOT_SUPPORTED);
        }
        assertThat(portal.requests()).isEmpty();
    }

    @Test
    void turnsRedWhenTheWebhookIsGone() {
        bench.keepSecret("webhookCode", "guess");

        var fault = fault(Operation.LIST_EMPLOYEES, "{}");

        assertThat(fault.fault()).isEqualTo(Fault.SETUP);
        assertThat(fault.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(fault.getMessage()).doesNotContain("guess");
    }

    @Test
    void waitsWhenThePortalHasEnoughAndGoesOnAfterwards() {
        portal.misbehave(request -> true, 1, Misbehaviour.answer(Reply.json(503, """
            {"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"}\
            """)));

        var fault = fault(Operation.LIST_EMPLOYEES, "{}");

        assertThat(fault.fault()).isEqualTo(Fault.BUSY);
        assertThat(fault.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        bench.clock().advance(Duration.ofSeconds(2));
        assertThat(run(Operation.LIST_EMPLOYEES, "{}").path("employees")).hasSize(3);
    }

    @Test
    void doesNotKnowWhetherAFailingPortalDidTheWork() {
        portal.misbehave(request -> true, 1, Misbehaviour.answer(Reply.of(502, "text/html", "<h1>Bad gateway</h1>")));

        assertThat(fault(Operation.CREATE_CLIENT, created()).fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(run(Operation.CREATE_CLIENT, created()).path("kind").asString())
                .isEqualTo("lead");
    }

    private static String created() {
        return """
            {"number": "+79000001234", "name": "Пётр & Ко 🦊", "employee": {"id": "7"}, "call": %s}\
            """.formatted(CALL);
    }

    private JsonNode run(Operation operation, String input) {
        return bench.run(operation, input);
    }

    private ConnectorException fault(Operation operation, String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input));
    }
}
