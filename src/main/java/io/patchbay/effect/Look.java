package io.patchbay.effect;

import io.patchbay.call.PhoneNumber;
import io.patchbay.call.Seat;
import io.patchbay.caller.Acquaintance;
import io.patchbay.caller.ToldClients;
import io.patchbay.caller.WhoCalls;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import io.patchbay.journal.StoredCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** One look at one call for one connection. Plans anew after each step, so that what a step changed counts at once. */
final class Look {

    /** With NOT_SUPPORTED: this call has no place in the target, e.g. the client has no order in a shop. Nobody has to do anything about it. */
    private static final String NOTHING_TO_WRITE = "nothing-to-write";

    private static final Logger LOG = LoggerFactory.getLogger(Look.class);

    /** Far more than any call needs: a planner that wants the same for ever must not hold the queue. */
    private static final int MOST_STEPS = 200;

    /** A target that could not tell who calls is asked again after this, when the rules depend on it. */
    private static final Duration UNKNOWN_CLIENT = Duration.ofSeconds(30);

    /** Somebody else makes the card of this number. */
    private static final Duration CLAIMED = Duration.ofSeconds(2);

    /** Longer than finding and making a client takes; after it a holder that died is passed over. */
    private static final Duration CLAIM_LEASE = Duration.ofMinutes(1);

    private final Receiver receiver;
    private final StoredCall stored;
    private final Inputs inputs;
    private final Ledger ledger;
    private final Clients clients;
    private final People people;
    private final WhoCalls whoCalls;
    private final Target target;
    private final RetrySchedule schedule;
    private final TransactionOperations transactions;
    private final BooleanSupplier erased;
    private final Clock clock;
    private final DoubleSupplier chance;
    private boolean askedForClient;
    private boolean claimed;
    private boolean askedSinceClaim;

    /** By {@link System#nanoTime}. */
    private long claimedAt;

    private Optional<ClientRecord> learned = Optional.empty();
    private Optional<Acquaintance> acquaintance = Optional.empty();

    /** @param erased whether the call has lost its person since it was read */
    Look(
            Receiver receiver,
            StoredCall stored,
            Inputs inputs,
            Ledger ledger,
            Clients clients,
            People people,
            WhoCalls whoCalls,
            Target target,
            RetrySchedule schedule,
            TransactionOperations transactions,
            BooleanSupplier erased,
            Clock clock,
            DoubleSupplier chance) {
        this.receiver = receiver;
        this.stored = stored;
        this.inputs = inputs;
        this.ledger = ledger;
        this.clients = clients;
        this.people = people;
        this.whoCalls = whoCalls;
        this.target = target;
        this.schedule = schedule;
        this.transactions = transactions;
        this.erased = erased;
        this.clock = clock;
        this.chance = chance;
    }

    /** @return when to look again; empty when only news can change anything */
    Optional<Instant> run() {
        if (rulesMustKnowTheClient() && !learnClient()) {
            return Optional.of(clock.instant().plus(UNKNOWN_CLIENT));
        }
        for (var steps = 0; steps < MOST_STEPS; steps++) {
            var plan = plan();
            plan.obsolete().forEach(effect -> ledger.put(effect.skipped(clock.instant())));
            if (plan.due().isEmpty()) {
                return plan.lookAgain();
            }
            if (!mayGoOn(plan)) {
                return next();
            }
        }
        throw new IllegalStateException("The plan for call " + stored.id() + " in connection " + receiver.connection()
                + " never comes to an end. This is an error of the hub.");
    }

    private boolean rulesMustKnowTheClient() {
        return receiver.rules().askForClient()
                && receiver.rules().mayConcern(stored.call())
                && receiver.can(Operation.FIND_CLIENT)
                && phone().isPresent()
                && client().isEmpty()
                && ledger.of(stored.id(), receiver.connection()).isEmpty(); // else the rules were applied before
    }

    /** @return false when the target cannot tell now: to act by the rules for strangers would be wrong for good */
    private boolean learnClient() {
        try {
            askForClient();
            return true;
        } catch (ConnectorException e) {
            LOG.info(
                    "effect.client-not-known company={} connection={} call={} fault={}",
                    stored.company(),
                    receiver.connection(),
                    stored.id(),
                    e.fault());
            return !e.fault().passes() && e.fault() != Fault.SETUP;
        }
    }

    private Plan plan() {
        return Plan.of(new Situation(
                stored.call(),
                client().isPresent(),
                this::isMapped,
                receiver.rules(),
                receiver.abilities(),
                ledger.of(stored.id(), receiver.connection()),
                clock.instant()));
    }

    /** After a target that is down: what else is due goes together with what failed. */
    private Optional<Instant> next() {
        var plan = plan();
        return plan.lookAgain()
                .or(() -> plan.due().isEmpty()
                        ? Optional.empty()
                        : Optional.of(clock.instant().plus(schedule.firstPause())));
    }

    private boolean isMapped(Seat seat) {
        return people.at(stored.company(), stored.connection(), seat, receiver.connection())
                .flatMap(People.Person::id)
                .isPresent();
    }

    /** Runs the first step; false when the target is not to be troubled further now. */
    private boolean mayGoOn(Plan plan) {
        var step = plan.due().getFirst();
        if (step.kind() == EffectKind.CREATE_CLIENT && !claimed) {
            claimedAt = System.nanoTime();
            claimed = claim(step);
            if (!claimed) {
                return true; // made by another call a moment ago, or being made now
            }
        }
        if (step.kind().tellsOfClient()) {
            acquaintance(); // asks all systems at once, this one among them
        }
        if (step.kind() == EffectKind.CREATE_CLIENT && client().isPresent()) {
            return true; // he was found just now: planned anew, without a second card
        }
        return mustAskForClient(plan, step) ? findClient(step) : run(step);
    }

    /** While somebody waits for it the systems are asked; of a call of the past what is remembered is enough. */
    private Acquaintance acquaintance() {
        if (acquaintance.isEmpty()) {
            var known = phone().map(number -> EffectRunner.urgency(stored.call(), clock.instant()) == Urgency.LIVE
                            ? whoCalls(number)
                            : whoCalls.known(stored.company(), number))
                    .orElse(Acquaintance.NONE);
            var answered = known.answered().contains(receiver.connection());
            askedForClient |= answered;
            askedSinceClaim |= answered && claimed;
            acquaintance = Optional.of(known);
        }
        return acquaintance.get();
    }

    private Acquaintance whoCalls(PhoneNumber number) {
        return claimed ? whoCalls.ask(stored.company(), number, claimedAt) : whoCalls.ask(stored.company(), number);
    }

    /**
     * Before a card is made the target is asked after the claim, whatever it said before: another call may have made one since, and the target's own news of it may
     * have taken it out of our memory.
     */
    private boolean mustAskForClient(Plan plan, Step step) {
        var asked = step.kind() == EffectKind.CREATE_CLIENT ? askedSinceClaim : askedForClient;
        return !asked
                && plan.needsClient()
                && receiver.can(Operation.FIND_CLIENT)
                && phone().isPresent()
                && client().isEmpty();
    }

    /** Only one call at a time makes the card of a number; the others find it afterwards. */
    private boolean claim(Step step) {
        var now = clock.instant();
        if (clients.claim(stored.company(), receiver.connection(), phone().orElseThrow(), now, CLAIM_LEASE)) {
            return client().isEmpty();
        }
        ledger.put(effect(step.kind(), step.first()).postponed(now.plus(CLAIMED), now));
        return false;
    }

    private void askForClient() {
        var found = target.run(receiver.connection(), Operation.FIND_CLIENT, inputs.findClient(phone().orElseThrow()))
                .path("clients");
        askedForClient = true;
        askedSinceClaim = claimed;
        if (!found.isEmpty()) {
            remember(found.get(0));
        }
    }

    /** The target has the last word on who calls. A failure counts as one of the step that wanted to know. */
    private boolean findClient(Step step) {
        var began = clock.instant();
        try {
            askForClient();
            return true;
        } catch (ConnectorException e) {
            if (step.kind() != EffectKind.CREATE_CLIENT && !e.fault().passes() && e.fault() != Fault.SETUP) {
                askedForClient = true; // the target will never tell: the call goes in without a client
                return true;
            }
            var started = start(step, began);
            started.forEach(effect -> fail(effect, e, began));
            endClaim(step.kind()); // no card was asked for
            return !started.isEmpty() && goesOnAfter(e.fault());
        }
    }

    private boolean run(Step step) {
        var before = ledger.of(stored.id(), receiver.connection());
        var perhapsDone = step.parts().stream()
                .anyMatch(part -> stored(before, step.kind(), part)
                        .filter(Effect::mayBeDone)
                        .isPresent());
        var began = clock.instant();
        var started = start(step, began);
        if (started.isEmpty()) {
            return false; // somebody else runs it at this moment
        }
        try {
            var output = perhapsDone ? alreadyThere(step, before) : Optional.<JsonNode>empty();
            succeed(
                    step,
                    started,
                    output.orElseGet(() -> target.run(
                            receiver.connection(),
                            step.kind().operation(),
                            inputs.of(step, before, client(), acquaintance(), clock.instant()))),
                    began);
            return true;
        } catch (ConnectorException e) {
            started.forEach(effect -> fail(effect, e, began));
            return goesOnAfter(e.fault());
        } catch (RuntimeException e) {
            LOG.error(
                    "effect.broken company={} connection={} call={} operation={}",
                    stored.company(),
                    receiver.connection(),
                    stored.id(),
                    step.kind().operation().word(),
                    e);
            var ours = new ConnectorException(Fault.OURS, "", "The hub itself failed: " + e, Duration.ZERO, e);
            started.forEach(effect -> fail(effect, ours, began));
            return true;
        }
    }

    /** The intents, on the disk before the operation begins. Empty when somebody else was first. */
    private List<Effect> start(Step step, Instant now) {
        var started = transactions.execute(transaction -> {
            var all = new ArrayList<Effect>();
            for (var part : step.parts()) {
                ledger.put(effect(step.kind(), part).started(now)).ifPresent(all::add);
            }
            return all;
        });
        return started == null ? List.of() : started;
    }

    private Effect effect(EffectKind kind, Step.Part part) {
        return stored(ledger.of(stored.id(), receiver.connection()), kind, part)
                .orElseGet(() -> Effect.due(
                        stored.company(),
                        stored.id(),
                        receiver.connection(),
                        kind,
                        part.subject(),
                        part.seat(),
                        clock.instant()));
    }

    private static Optional<Effect> stored(List<Effect> ledger, EffectKind kind, Step.Part part) {
        return ledger.stream()
                .filter(e -> e.kind() == kind && e.subject().equals(part.subject()))
                .findFirst();
    }

    /** The hub died or heard nothing between the target's doing and its saying: the target is asked before it does it again. */
    private Optional<JsonNode> alreadyThere(Step step, List<Effect> before) {
        if (step.kind().isCard()
                || step.kind() == EffectKind.CREATE_CLIENT // was looked for by its number a moment ago
                || !receiver.can(Operation.FIND_LOGGED_CALL)) {
            return Optional.empty();
        }
        return Optional.of(target.run(
                        receiver.connection(),
                        Operation.FIND_LOGGED_CALL,
                        inputs.findLogged(step.kind(), before, client(), clock.instant())))
                .filter(answer -> answer.path("found").asBoolean(false));
    }

    private void succeed(Step step, List<Effect> started, JsonNode output, Instant began) {
        var id = text(output, "id");
        if (step.kind() == EffectKind.OPEN_CALL && id.isEmpty()) {
            throw new ConnectorException(Fault.OURS, "The answer to open-call names no entry. Its mapping is wrong.");
        }
        var now = clock.instant();
        transactions.executeWithoutResult(transaction -> {
            if (step.kind() == EffectKind.CREATE_CLIENT) {
                remember(output);
            } else if (output.hasNonNull("client")) {
                remember(output.get("client"));
            }
            for (var effect : started) {
                var done = effect.done(
                        id, text(output, "url"), text(output, "warning").orElse(""), now);
                ledger.put(done);
                ledger.attempted(done, new Attempt(done.attempts(), began, took(began), Optional.empty(), "", ""));
                log(done, took(began));
            }
        });
    }

    private void remember(JsonNode client) {
        if (erased.getAsBoolean()) {
            return; // an erasure that came while the target was asked counts
        }
        phone().ifPresent(number -> ToldClients.card(client)
                .ifPresent(card -> clients.remember(stored.company(), receiver.connection(), number, card)));
    }

    private void fail(Effect started, ConnectorException why, Instant began) {
        var now = clock.instant();
        var failed = notAbleThisWay(started, why)
                ? started.skipped(now)
                : started.failed(why.fault(), said(why), nextAttempt(started, why, now), now);
        transactions.executeWithoutResult(transaction -> {
            ledger.put(failed);
            ledger.attempted(
                    failed,
                    new Attempt(
                            failed.attempts(), began, took(began), Optional.of(why.fault()), why.code(), said(why)));
        });
        if (why.fault() != Fault.UNREACHABLE) {
            endClaim(started.kind());
        }
        log(failed, took(began));
    }

    /** The card was certainly not made: the next try need not wait for the claim to run out. */
    private void endClaim(EffectKind kind) {
        if (kind == EffectKind.CREATE_CLIENT) {
            phone().ifPresent(number -> clients.forget(stored.company(), receiver.connection(), number));
        }
    }

    /**
     * A target that opens no calls in the way this connection logs in may still log them; cards and clients are no duty of their own; and a call may
     * have no place in a target at all.
     */
    private boolean notAbleThisWay(Effect effect, ConnectorException why) {
        return why.fault() == Fault.NOT_SUPPORTED
                && (why.code().equals(NOTHING_TO_WRITE)
                        || effect.kind().isCard()
                        || effect.kind() == EffectKind.CREATE_CLIENT
                        || (effect.kind() == EffectKind.OPEN_CALL && receiver.can(Operation.LOG_CALL)));
    }

    private Optional<Instant> nextAttempt(Effect effect, ConnectorException why, Instant now) {
        return switch (why.fault()) {
            case REFUSED, NOT_SUPPORTED -> Optional.empty();
            case SETUP -> Optional.of(schedule.probe(now, why.retryAfter()));
            case BUSY, UNREACHABLE, OURS ->
                schedule.next(
                        effect.attempts(),
                        effect.firstTriedAt().orElse(now),
                        now,
                        why.retryAfter(),
                        chance.getAsDouble());
        };
    }

    /** A target that is down or asks for peace is left alone; its other refusals concern the one step only. */
    private static boolean goesOnAfter(Fault fault) {
        return switch (fault) {
            case BUSY, UNREACHABLE, SETUP -> false;
            case REFUSED, NOT_SUPPORTED, OURS -> true;
        };
    }

    /** A target that tells of the very card it was asked for makes the hub forget it in the middle of this look: here it stays known. */
    private Optional<ClientRecord> client() {
        learned = phone().flatMap(number -> clients.known(stored.company(), receiver.connection(), number))
                .or(() -> learned);
        return learned;
    }

    private Optional<PhoneNumber> phone() {
        return stored.call().client() instanceof PhoneNumber phone ? Optional.of(phone) : Optional.empty();
    }

    private Duration took(Instant began) {
        var took = Duration.between(began, clock.instant());
        return took.isNegative() ? Duration.ZERO : took; // the clock was put back meanwhile
    }

    private static String said(ConnectorException why) {
        var message = why.getMessage();
        return message == null ? why.code() : message;
    }

    private static Optional<String> text(JsonNode node, String member) {
        return node instanceof NullNode || !node.hasNonNull(member)
                ? Optional.empty()
                : Optional.of(node.get(member).asString()).filter(text -> !text.isEmpty());
    }

    private static void log(Effect effect, Duration took) {
        if (effect.isDone()) {
            LOG.debug(
                    "effect.attempted company={} connection={} call={} operation={} attempt={} took={}ms",
                    effect.company(),
                    effect.connection(),
                    effect.call(),
                    effect.kind().operation().word(),
                    effect.attempts(),
                    took.toMillis());
        } else {
            LOG.info(
                    "effect.attempted company={} connection={} call={} operation={} attempt={} fault={} state={}"
                            + " took={}ms",
                    effect.company(),
                    effect.connection(),
                    effect.call(),
                    effect.kind().operation().word(),
                    effect.attempts(),
                    effect.fault().map(Fault::name).orElse("NOT_SUPPORTED"),
                    effect.state(),
                    took.toMillis());
        }
    }
}
