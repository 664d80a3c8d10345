package io.patchbay.effect;

import io.patchbay.call.CallId;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.caller.Acquaintance;
import io.patchbay.caller.WhoCalls;
import io.patchbay.company.Company;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import io.patchbay.journal.Journal;
import io.patchbay.journal.StoredCall;
import io.patchbay.rules.RuleSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a call would cause in each connection, step after step. Reads only: nothing is stored and no target is asked, so who the client is goes by what is remembered,
 * and each step is taken to succeed. Thread-safe.
 */
public final class Preview {

    /** Far more than any call needs. */
    private static final int MOST_STEPS = 200;

    private final Journal journal;
    private final Ledger ledger;
    private final Receivers receivers;
    private final Clients clients;
    private final People people;
    private final WhoCalls whoCalls;
    private final Function<CompanyId, Company> companies;
    private final Clock clock;

    public Preview(
            Journal journal,
            Ledger ledger,
            Receivers receivers,
            Clients clients,
            People people,
            WhoCalls whoCalls,
            Function<CompanyId, Company> companies,
            Clock clock) {
        this.journal = journal;
        this.ledger = ledger;
        this.receivers = receivers;
        this.clients = clients;
        this.people = people;
        this.whoCalls = whoCalls;
        this.companies = companies;
        this.clock = clock;
    }

    /**
     * @param enabled     while it is switched off, nothing of the plan is done
     * @param clientKnown whether the hub remembers who the client is there
     * @param stands      what was done there for the call already
     * @param lookAgain   when there may be more to do although nothing new is heard
     */
    public record OfConnection(
            long connection,
            boolean enabled,
            RuleSet rules,
            boolean clientKnown,
            List<EffectKind> stands,
            List<Planned> steps,
            Optional<Instant> lookAgain) {

        /** The target would be asked first who the client is, and only then the rules tell what is to be done. */
        public boolean asksFirst() {
            return rules.askForClient() && !clientKnown && stands.isEmpty() && steps.isEmpty();
        }
    }

    /** @param input what the target would be told, without the call itself and without recordings */
    public record Planned(EffectKind kind, ObjectNode input) {}

    /**
     * One for each connection in which calls have effects.
     *
     * @param tried  rules that take the place of the stored ones, by connection
     * @param afresh as if nothing had been done yet; of a call that is over: at the time when it was
     */
    public List<OfConnection> of(StoredCall stored, Map<Long, RuleSet> tried, boolean afresh) {
        return of(stored, tried, afresh ? As.AFRESH : As.STANDS);
    }

    /** What a replay would cause: what was given up or waits is due again, what is done is not. */
    public List<OfConnection> again(StoredCall stored) {
        return of(stored, Map.of(), As.AGAIN);
    }

    private List<OfConnection> of(StoredCall stored, Map<Long, RuleSet> tried, As as) {
        return receivers.of(stored.company()).stream()
                .filter(Receiver::isInterested)
                .map(receiver -> Optional.ofNullable(tried.get(receiver.connection()))
                        .map(receiver::by)
                        .orElse(receiver))
                .map(receiver -> new Walk(stored, receiver, as).run())
                .toList();
    }

    /** From what a plan is made. */
    private enum As {
        STANDS,
        AFRESH,
        AGAIN
    }

    /** Plans, takes the first step for done, and plans anew, as a look does. */
    private final class Walk {

        private final StoredCall stored;
        private final Receiver receiver;
        private final PeopleWhoOrder known;
        private final Inputs inputs;
        private final Instant now;
        private final Optional<ClientRecord> client;
        private final Acquaintance acquaintance;
        private final List<EffectKind> stood;
        private final List<Effect> done;
        private final List<Planned> steps = new ArrayList<>();

        Walk(StoredCall stored, Receiver receiver, As as) {
            var afresh = as == As.AFRESH;
            this.stored = stored;
            this.receiver = receiver;
            this.known = new PeopleWhoOrder(people, stored.call());
            this.inputs = new Inputs(stored, companies.apply(stored.company()), receiver, known, new NoLinks());
            this.now = afresh ? whenItWasOver() : clock.instant();
            var stands = stands();
            this.stood =
                    stands.stream().filter(Effect::isDone).map(Effect::kind).toList();
            this.done = switch (as) {
                case STANDS -> stands;
                case AFRESH -> new ArrayList<>();
                case AGAIN -> new ArrayList<>(stands.stream().map(this::again).toList());
            };
            this.client = afresh && stands.stream().anyMatch(e -> e.kind() == EffectKind.CREATE_CLIENT)
                    ? Optional.empty() // this very call made him one
                    : remembered();
            this.acquaintance = stored.call().client() instanceof PhoneNumber phone
                    ? whoCalls.known(stored.company(), phone)
                    : Acquaintance.NONE;
        }

        private Effect again(Effect effect) {
            return effect.mayBeReopened() ? effect.reopened(now) : effect;
        }

        private Instant whenItWasOver() {
            return stored.call()
                    .settledAt()
                    .map(settled -> settled.plus(receiver.rules().recordingWait()))
                    .filter(clock.instant()::isAfter)
                    .orElseGet(clock::instant);
        }

        /** What was done for the call, under its former ids too. */
        private List<Effect> stands() {
            var all = new ArrayList<>(ledger.of(stored.id(), receiver.connection()));
            for (var former : journal.formerIds(stored.id())) {
                ledger.of(former, receiver.connection()).stream()
                        .filter(effect -> all.stream().noneMatch(own -> same(own, effect.kind(), effect.subject())))
                        .forEach(all::add);
            }
            return all;
        }

        private Optional<ClientRecord> remembered() {
            return stored.call().client() instanceof PhoneNumber phone
                    ? clients.known(stored.company(), receiver.connection(), phone)
                    : Optional.empty();
        }

        OfConnection run() {
            var plan = plan();
            while (!plan.due().isEmpty() && steps.size() < MOST_STEPS) {
                take(plan.due().getFirst());
                plan = plan();
            }
            return new OfConnection(
                    receiver.connection(),
                    receiver.enabled(),
                    receiver.rules(),
                    client.isPresent(),
                    stood,
                    List.copyOf(steps),
                    plan.lookAgain());
        }

        private Plan plan() {
            return Plan.of(new Situation(
                    stored.call(),
                    client.isPresent()
                            || done.stream().anyMatch(e -> e.kind() == EffectKind.CREATE_CLIENT && e.isDone()),
                    seat -> known.at(stored.company(), stored.connection(), seat, receiver.connection())
                            .flatMap(People.Person::id)
                            .isPresent(),
                    receiver.rules(),
                    receiver.abilities(),
                    List.copyOf(done),
                    now));
        }

        private void take(Step step) {
            var input = inputs.of(step, done, client, acquaintance, now);
            input.remove(List.of("call", "recording"));
            steps.add(new Planned(step.kind(), input));
            for (var part : step.parts()) {
                done.removeIf(effect -> same(effect, step.kind(), part.subject()));
                done.add(Effect.due(
                                stored.company(),
                                stored.id(),
                                receiver.connection(),
                                step.kind(),
                                part.subject(),
                                part.seat(),
                                now)
                        .done(Optional.empty(), Optional.empty(), now));
            }
        }
    }

    private static boolean same(Effect effect, EffectKind kind, String subject) {
        return effect.kind() == kind && effect.subject().equals(subject);
    }

    /** A plan hands out nothing that opens a recording. */
    private static final class NoLinks implements RecordingLinks {

        @Override
        public ObjectNode recording(CompanyId company, CallId call, RecordingFact recording, boolean content) {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public Optional<String> page(CallId call) {
            return Optional.empty();
        }
    }
}
