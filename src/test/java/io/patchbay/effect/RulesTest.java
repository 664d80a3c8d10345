package io.patchbay.effect;

import static io.patchbay.effect.Story.ANNA;
import static io.patchbay.effect.Story.BORIS;
import static io.patchbay.effect.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.CallId;
import io.patchbay.call.Direction;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.ResponsibleRule;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Operation;
import io.patchbay.rules.CallKind;
import io.patchbay.rules.NewClient;
import io.patchbay.rules.Occasion;
import io.patchbay.rules.OrderRule;
import io.patchbay.rules.PopUp;
import io.patchbay.rules.Responsible;
import io.patchbay.rules.Rule;
import io.patchbay.rules.RuleSet;
import io.patchbay.rules.TaskChoice;
import io.patchbay.rules.TaskRule;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What a company's own rules change in the plan, and how they are written and kept. */
class RulesTest {

    private static final Set<Operation> OPENING = EnumSet.of(
            Operation.OPEN_CALL,
            Operation.CLOSE_CALL,
            Operation.SHOW_CARD,
            Operation.HIDE_CARD,
            Operation.CREATE_CLIENT,
            Operation.CREATE_TASK);
    private static final Call MISSED =
            Story.inbound().rings(ANNA, 0).ends(ANNA, 20).call();
    private static final Call ANSWERED =
            Story.inbound().rings(ANNA, 0).answers(ANNA, 5).ends(ANNA, 60).call();
    private static final Call RINGING = Story.inbound().rings(ANNA, 0).call();
    private static final Call SPEAKING =
            Story.inbound().rings(ANNA, 0).answers(ANNA, 5).call();

    @Test
    void theShippedRulesHoldWhereACompanySetsNone() {
        assertThat(kinds(RuleSet.DEFAULT, MISSED, false))
                .containsExactly(
                        EffectKind.CREATE_CLIENT, EffectKind.OPEN_CALL, EffectKind.CLOSE_CALL, EffectKind.CREATE_TASK);
        assertThat(kinds(RuleSet.DEFAULT, ANSWERED, true)).containsExactly(EffectKind.OPEN_CALL, EffectKind.CLOSE_CALL);
        assertThat(kinds(
                        RuleSet.DEFAULT,
                        Story.of(Direction.INTERNAL, new NumberPlan("RU").read("102"))
                                .rings(ANNA, 0)
                                .ends(ANNA, 20)
                                .call(),
                        false))
                .isEmpty();
    }

    @Test
    void aKindOfCallCanBeLeftOut() {
        var rules = RuleSet.of(Rule.of(CallKind.INBOUND_ANSWERED).log(false));

        assertThat(kinds(rules, ANSWERED, true)).isEmpty();
        assertThat(kinds(rules, MISSED, true)).contains(EffectKind.CLOSE_CALL);
    }

    @Test
    void anEntryThatWasOpenedIsClosedThoughItsKindIsLeftOut() {
        var rules = RuleSet.of(Rule.of(CallKind.INBOUND_ANSWERED).log(false));
        var ledger = new ArrayList<Effect>();
        var opened = walk(rules, RINGING, true, ledger, at(1));

        assertThat(opened).as("it may still be missed").containsExactly(EffectKind.OPEN_CALL);
        assertThat(walk(rules, ANSWERED, true, ledger, at(100))).containsExactly(EffectKind.CLOSE_CALL);
    }

    @Test
    void aCardCanWaitForTheAnswerOrNeverCome() {
        var onAnswer = RuleSet.of(Rule.of().popUp(PopUp.ANSWERED));
        var never = RuleSet.of(Rule.of().popUp(PopUp.NEVER));

        assertThat(walk(onAnswer, RINGING, true, new ArrayList<>(), at(1))).isEmpty();
        assertThat(walk(onAnswer, SPEAKING, true, new ArrayList<>(), at(6))).containsExactly(EffectKind.OPEN_CALL);
        assertThat(walk(never, SPEAKING, true, new ArrayList<>(), at(6))).isEmpty();
        assertThat(kinds(never, ANSWERED, true)).containsExactly(EffectKind.OPEN_CALL, EffectKind.CLOSE_CALL);
    }

    @Test
    void knownAndUnknownClientsMayBeTreatedDifferently() {
        var rules = RuleSet.of(Rule.of(CallKind.INBOUND_MISSED).whenKnown(true).task(new TaskChoice.None()));

        assertThat(kinds(rules, MISSED, true)).doesNotContain(EffectKind.CREATE_TASK);
        assertThat(kinds(rules, MISSED, false))
                .as("whom this call made a client was unknown")
                .contains(EffectKind.CREATE_CLIENT, EffectKind.CREATE_TASK);
    }

    @Test
    void aRuleHoldsForItsLineHoweverTheLineIsWritten() {
        var mine = RuleSet.of(Rule.of().onLines("8 (900) 000-01-00").log(false));
        var another = RuleSet.of(Rule.of().onLines("+79000000199").log(false));

        assertThat(kinds(mine, MISSED, true)).isEmpty();
        assertThat(kinds(another, MISSED, true)).isNotEmpty();
    }

    @Test
    void theFirstFittingRuleThatSpeaksOfAMatterDecidesIt() {
        var rules = RuleSet.of(
                Rule.of(CallKind.INBOUND_MISSED).newClient(NewClient.NONE),
                Rule.of().newClient(NewClient.of("lead")).task(new TaskChoice.None()));
        var missed = new Occasion(MISSED, MISSED.result(at(100)), false);

        assertThat(rules.newClient(missed)).isEqualTo(NewClient.NONE);
        assertThat(rules.task(missed)).isEmpty();
        assertThat(rules.newClient(new Occasion(ANSWERED, ANSWERED.result(at(100)), false)))
                .isEqualTo(NewClient.of("lead"));
        assertThat(rules.newClient(new Occasion(RINGING, RINGING.result(at(1)), false)))
                .as("while it may become either, nobody is made a client")
                .isEqualTo(NewClient.NONE);
    }

    @Test
    void theResponsibleIsOneOfTheCallByTheChosenRule() {
        var transferred = Story.inbound()
                .rings(ANNA, 0)
                .answers(ANNA, 5)
                .ends(ANNA, 30)
                .rings(BORIS, 31)
                .answers(BORIS, 35)
                .ends(BORIS, 60)
                .call();

        assertThat(closer(ResponsibleRule.LAST_SPOKE, transferred)).contains(BORIS);
        assertThat(closer(ResponsibleRule.FIRST_SPOKE, transferred)).contains(ANNA);
        assertThat(closer(ResponsibleRule.FIRST_RANG, transferred)).contains(ANNA);
    }

    /** The same call under the same rules: what is planned must not hang on the order in which its facts came. */
    @Test
    void theSameFactsPlanTheSameEffectsInEveryOrder() {
        var stories = List.of(
                MISSED,
                ANSWERED,
                Story.inbound()
                        .menu(0, 10)
                        .rings(ANNA, 10)
                        .rings(BORIS, 10)
                        .answers(BORIS, 15)
                        .ends(ANNA, 15)
                        .ends(BORIS, 60)
                        .call(),
                Story.of(Direction.OUTBOUND, new NumberPlan("RU").read("+79000001235"))
                        .ordered(ANNA, 0)
                        .rings(ANNA, 3)
                        .ends(ANNA, 40)
                        .call());
        var chance = new Random(7);
        for (int round = 0; round < 400; round++) {
            var rules = anyRules(chance);
            var call = stories.get(chance.nextInt(stories.size()));
            var known = chance.nextBoolean();
            var facts = new ArrayList<CallFact>(call.facts());
            Collections.shuffle(facts, chance);
            facts.addAll(facts.subList(0, chance.nextInt(facts.size())));
            var now = at(chance.nextInt(90));

            assertThat(plan(rules, Call.of(facts), known, List.of(), now))
                    .as("round %s", round)
                    .isEqualTo(plan(rules, call, known, List.of(), now));
            assertThat(walk(rules, Call.of(facts), known, new ArrayList<>(), now))
                    .isEqualTo(walk(rules, call, known, new ArrayList<>(), now));
        }
    }

    @Test
    void placeholdersAreFilledAndNothingElse() {
        assertThat(TaskRule.fill("{number} on {line}: {nobody} $1", Map.of("number", "+7900")))
                .isEqualTo("+7900 on : {nobody} $1");
        assertThat(TaskRule.unknownPlaceholders("{number} {phone} {Phone}")).containsExactly("phone");
    }

    @Test
    void rulesReadAsTheyWereWritten() {
        var chance = new Random(11);
        for (int round = 0; round < 200; round++) {
            var rules = anyRules(chance);

            var read = RulesJson.read(RulesJson.write(rules));

            assertThat(read.problems()).isEmpty();
            assertThat(read.rules()).isEqualTo(rules);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|''",
                "{\"rule\": []}|rule",
                "{\"rules\": {}}|rules",
                "{\"rules\": [{\"when\": {\"kinds\": [\"LOST\"]}, \"then\": {\"log\": true}}]}|rules[0].when.kinds",
                "{\"rules\": [{\"then\": {}}]}|rules[0].then",
                "{\"rules\": [{\"then\": {\"log\": \"yes\"}}]}|rules[0].then.log",
                "{\"rules\": [{\"then\": {\"popUp\": \"SOON\"}}]}|rules[0].then.popUp",
                "{\"rules\": [{\"then\": {\"responsible\": {\"by\": \"FIXED\"}}}]}|rules[0].then.responsible.employee",
                "{\"rules\": [{\"then\": {\"task\": {\"deadlineMinutes\": 0}}}]}|rules[0].then.task.deadlineMinutes",
                "{\"rules\": [{\"then\": {\"task\": {\"text\": \"{phone}\"}}}]}|rules[0].then.task.text",
                "{\"rules\": [{\"when\": {\"lines\": [\"x\"]}, \"then\": {\"log\": true}}]}|rules[0].when.lines"
            })
    void everyMistakeIsToldWithItsPlace(String json, String field) {
        var problems = RulesJson.read(JsonMapper.shared().readTree(json)).problems();

        assertThat(problems).extracting(RulesJson.Problem::field).containsExactly(field);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionKeepsItsOwnRules(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            database.jdbc().sql("""
                INSERT INTO connection (id, company_id, connector, title, enabled, created_at, changed_at)
                VALUES (12, 1, 'crm', 'CRM', TRUE, 0, 0), (13, 1, 'crm', 'CRM', TRUE, 0, 0)\
                """).update();
            var book = new JdbcRuleBook(database.jdbc(), Clock.systemUTC());
            var rules = RuleSet.of(Rule.of(CallKind.INBOUND_MISSED).popUp(PopUp.NEVER));

            book.replace(new CompanyId(1), 12, RuleSet.of(Rule.of().log(false)));
            book.replace(new CompanyId(1), 12, rules);

            assertThat(book.of(12)).isEqualTo(rules);
            assertThat(book.of(13)).isEqualTo(RuleSet.DEFAULT);
        }
    }

    private static Optional<Seat> closer(ResponsibleRule rule, Call call) {
        var ledger = new ArrayList<Effect>();
        walk(RuleSet.of(Rule.of().responsible(new Responsible.OfCall(rule))), call, true, ledger, at(200));
        return ledger.stream()
                .filter(effect -> effect.kind() == EffectKind.CLOSE_CALL)
                .findFirst()
                .orElseThrow()
                .seat();
    }

    /** Kinds of effects of a call that is over, in their order. */
    private static List<EffectKind> kinds(RuleSet rules, Call call, boolean known) {
        return walk(rules, call, known, new ArrayList<>(), at(100));
    }

    /** Does what is due until nothing is. */
    private static List<EffectKind> walk(RuleSet rules, Call call, boolean known, List<Effect> ledger, Instant now) {
        var done = new ArrayList<EffectKind>();
        var clientKnown = known;
        for (var plan = plan(rules, call, clientKnown, ledger, now);
                !plan.due().isEmpty() && done.size() < 50;
                plan = plan(rules, call, clientKnown, ledger, now)) {
            var step = plan.due().getFirst();
            for (var part : step.parts()) {
                ledger.add(
                        Effect.due(new CompanyId(1), new CallId(81), 12, step.kind(), part.subject(), part.seat(), now)
                                .done(Optional.of("x"), Optional.empty(), now));
            }
            clientKnown |= step.kind() == EffectKind.CREATE_CLIENT;
            done.add(step.kind());
        }
        return done;
    }

    private static Plan plan(RuleSet rules, Call call, boolean known, List<Effect> ledger, Instant now) {
        return Plan.of(new Situation(call, known, seat -> true, rules, OPENING, List.copyOf(ledger), now));
    }

    private static RuleSet anyRules(Random chance) {
        var rules = new ArrayList<Rule>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            var rule = chance.nextBoolean() ? Rule.of() : Rule.of(any(chance, CallKind.values()));
            if (chance.nextInt(3) == 0) {
                rule = rule.whenKnown(chance.nextBoolean());
            }
            if (chance.nextInt(3) == 0) {
                rule = rule.onLines("+79000000100");
            }
            rules.add(
                    switch (chance.nextInt(5)) {
                        case 0 -> rule.popUp(any(chance, PopUp.values()));
                        case 1 -> rule.log(chance.nextBoolean());
                        case 2 -> rule.newClient(any(chance, NewClient.NONE, NewClient.USUAL, NewClient.of("lead")));
                        case 3 -> rule.responsible(anybody(chance));
                        default ->
                            rule.task(
                                    chance.nextBoolean()
                                            ? new TaskChoice.None()
                                            : new TaskRule(
                                                    Duration.ofMinutes(30),
                                                    Duration.ofHours(2),
                                                    Optional.of("{number}"),
                                                    Optional.empty(),
                                                    Optional.of(anybody(chance))));
                    });
        }
        return new RuleSet(
                rules,
                chance.nextBoolean() ? Optional.of("21") : Optional.empty(),
                chance.nextBoolean() ? Optional.of(any(chance, OrderRule.values())) : Optional.empty(),
                RuleSet.DEFAULT.recordingWait());
    }

    private static Responsible anybody(Random chance) {
        return any(
                chance,
                new Responsible.OfCall(any(chance, ResponsibleRule.values())),
                new Responsible.ClientsManager(),
                new Responsible.Fixed("21"));
    }

    @SafeVarargs
    private static <T> T any(Random chance, T... values) {
        return values[chance.nextInt(values.length)];
    }
}
