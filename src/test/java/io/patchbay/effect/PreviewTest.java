package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallId;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import io.patchbay.journal.Journal;
import io.patchbay.journal.StoredCall;
import io.patchbay.rules.NewClient;
import io.patchbay.rules.Responsible;
import io.patchbay.rules.Rule;
import io.patchbay.rules.RuleSet;
import io.patchbay.rules.TaskChoice;
import io.patchbay.sandbox.AmoAccount;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.ToldCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call would cause, on real tables and beside an account that keeps to contracts/crm/amocrm.md. */
class PreviewTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final String NUMBER = "+79123123210";

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final AmoAccount account = new AmoAccount(clock);
    private final ConnectorBench hub = ConnectorBench.of("amocrm")
            .hub()
            .clock(clock)
            .at(account.address())
            .setting("subdomain", "romashka")
            .secret("longLivedToken", account.longLivedToken(Duration.ofDays(365)))
            .start();
    private final long crm = hub.connection().id().value();
    private long pbx;

    @BeforeEach
    void connectPbx() {
        pbx = hub.bean(Connections.class)
                .add(COMPANY, "beeline", "PBX", Map.of())
                .id()
                .value();
    }

    @AfterEach
    void close() {
        hub.close();
        account.close();
    }

    private StoredCall missed() {
        var facts = new ToldCall(pbx, "missed", clock.instant())
                .from(NUMBER)
                .leg("201", 0, -1, 20)
                .facts();
        var id = hub.database()
                .transactions()
                .execute(status -> hub.bean(Journal.class).join(COMPANY, facts))
                .getFirst()
                .id();
        clock.advance(Duration.ofMinutes(1));
        return stored(id);
    }

    private StoredCall stored(CallId id) {
        return hub.bean(Journal.class).find(COMPANY, id).orElseThrow();
    }

    private Preview.OfConnection preview(StoredCall call, Map<Long, RuleSet> tried, boolean afresh) {
        var plans = hub.bean(Preview.class).of(call, tried, afresh);
        assertThat(plans)
                .extracting(Preview.OfConnection::connection)
                .as("the PBX takes no calls")
                .containsExactly(crm);
        return plans.getFirst();
    }

    private static List<EffectKind> kinds(Preview.OfConnection plan) {
        return plan.steps().stream().map(Preview.Planned::kind).toList();
    }

    /** All there is in the tables that a look would write. */
    private String written() {
        var all = new StringBuilder();
        for (var table : List.of(
                "effect", "attempt", "wake", "client", "client_claim", "call", "call_fact", "connection_rules")) {
            all.append(
                    hub.database().jdbc().sql("SELECT * FROM " + table).query().listOfRows());
        }
        return all.toString();
    }

    @Test
    void tellsStepAfterStepWhatALookWouldDo() {
        var call = missed();

        var plan = preview(call, Map.of(), false);

        assertThat(kinds(plan)).containsExactly(EffectKind.CREATE_CLIENT, EffectKind.LOG_CALL, EffectKind.CREATE_TASK);
        assertThat(plan.rules()).isEqualTo(RuleSet.DEFAULT);
        assertThat(plan.clientKnown()).isFalse();
        hub.bean(EffectRunner.class).look(crm, call.id());
        assertThat(hub.bean(Ledger.class).of(call.id(), crm))
                .as("the look does what was told")
                .extracting(Effect::kind)
                .containsExactlyElementsOf(kinds(plan));
    }

    @Test
    void asksNobodyAndWritesNothing() {
        var call = missed();
        var before = written();
        var asked = account.requests(request -> true).size();

        preview(call, Map.of(), false);
        preview(call, Map.of(crm, RuleSet.of(Rule.of().log(false))), true);

        assertThat(written()).isEqualTo(before);
        assertThat(account.requests(request -> true)).hasSize(asked);
        assertThat(account.contacts()).isEmpty();
        assertThat(hub.bean(Ledger.class).of(call.id())).isEmpty();
    }

    @Test
    void triesRulesThatAreNotSaved() {
        var call = missed();
        var rules = RuleSet.of(Rule.of()
                .newClient(NewClient.of("lead"))
                .responsible(new Responsible.Fixed("504141"))
                .task(new TaskChoice.None()));

        var plan = preview(call, Map.of(crm, rules), false);

        assertThat(kinds(plan)).containsExactly(EffectKind.CREATE_CLIENT, EffectKind.LOG_CALL);
        assertThat(plan.rules()).isEqualTo(rules);
        assertThat(plan.steps().getFirst().input().path("kind").asString()).isEqualTo("lead");
        assertThat(plan.steps().getLast().input().at("/employee/id").asString()).isEqualTo("504141");
        assertThat(hub.bean(RuleBook.class).of(crm)).isEqualTo(RuleSet.DEFAULT);
    }

    @Test
    void whatWasDoneIsNotDueAgainUnlessItIsPlannedAfresh() {
        var call = missed();
        hub.bean(EffectRunner.class).look(crm, call.id());
        var before = written();

        assertThat(kinds(preview(stored(call.id()), Map.of(), false))).isEmpty();
        clock.advance(Duration.ofDays(3)); // too late for a task now, not when the call was over
        assertThat(kinds(preview(stored(call.id()), Map.of(), true)))
                .as("the client was made by this very call")
                .containsExactly(EffectKind.CREATE_CLIENT, EffectKind.LOG_CALL, EffectKind.CREATE_TASK);
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void aSwitchedOffConnectionIsToldAsSuch() {
        var call = missed();
        hub.bean(Connections.class).change(new ConnectionId(crm), Connections.Change.enabled(false));

        var plan = preview(call, Map.of(), false);

        assertThat(plan.enabled()).isFalse();
        assertThat(plan.steps()).isNotEmpty();
    }

    // who the CRM is told is responsible

    private void known(long owner) {
        var contact = account.addContact("Мария", NUMBER);
        account.giveTo(contact, owner, AmoAccount.ADMIN);
        hub.bean(Clients.class)
                .remember(
                        COMPANY,
                        crm,
                        (PhoneNumber) new NumberPlan("RU").read(NUMBER),
                        new ClientRecord(
                                "contact",
                                Long.toString(contact),
                                "Мария",
                                Optional.empty(),
                                Optional.of(Long.toString(owner))));
    }

    private void lookBy(Responsible responsible, StoredCall call) {
        hub.bean(RuleBook.class).replace(COMPANY, crm, RuleSet.of(Rule.of().responsible(responsible)));
        hub.bean(EffectRunner.class).look(crm, call.id());
    }

    @Test
    void aFixedEmployeeIsWhomTheCrmHears() {
        var anna = account.addUser("Anna", "a@example.com", false);
        var call = missed();

        lookBy(new Responsible.Fixed(Long.toString(anna)), call);

        assertThat(account.contacts())
                .singleElement()
                .satisfies(card -> assertThat(card.responsible()).isEqualTo(anna));
        assertThat(account.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.responsible()).contains(Long.toString(anna)));
    }

    @Test
    void theClientsManagerIsWhomTheCrmHears() {
        var vera = account.addUser("Vera", "v@example.com", false);
        known(vera);
        var call = missed();

        lookBy(new Responsible.ClientsManager(), call);

        assertThat(account.contacts()).as("no second card").hasSize(1);
        assertThat(account.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.responsible()).contains(Long.toString(vera)));
        assertThat(account.tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.responsible()).isEqualTo(vera));
    }
}
