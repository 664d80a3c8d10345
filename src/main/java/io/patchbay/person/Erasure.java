package io.patchbay.person;

import io.patchbay.call.CallId;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.intake.KeptHooks;
import io.patchbay.intake.WaitingHooks;
import io.patchbay.journal.CallErasure;
import io.patchbay.journal.Journal;
import io.patchbay.journal.StoredCall;
import io.patchbay.recording.Recording;
import io.patchbay.recording.RecordingErasure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds whatever the hub holds of a person, and erases it for good. The calls stay without the person, so that the statistics stay right; what a connected system
 * holds stays there and stands on the receipt.
 *
 * <p>Each call is erased in a transaction of its own. An erasure that was cut, or that met a call going on, is finished by asking again; asking once more does
 * nothing. From its first moment on nothing that is told of the time before brings the person back.
 */
@Component
public class Erasure {

    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

    /** Hooks of a call that do not name the number come between these before its beginning and after its last news. */
    private static final Duration AROUND = Duration.ofHours(1);

    private final CallErasure calls;
    private final Journal journal;
    private final RecordingErasure recordings;
    private final KeptHooks hooks;
    private final WaitingHooks waiting;
    private final Belongings belongings;
    private final ErasedNumbers erased;
    private final Receipts receipts;
    private final TextColumns columns;
    private final Traceless traceless;
    private final TransactionOperations transactions;
    private final Clock clock;

    Erasure(
            CallErasure calls,
            Journal journal,
            RecordingErasure recordings,
            KeptHooks hooks,
            WaitingHooks waiting,
            Belongings belongings,
            ErasedNumbers erased,
            Receipts receipts,
            TextColumns columns,
            Traceless traceless,
            TransactionOperations transactions,
            Clock clock) {
        this.calls = calls;
        this.journal = journal;
        this.recordings = recordings;
        this.hooks = hooks;
        this.waiting = waiting;
        this.belongings = belongings;
        this.erased = erased;
        this.receipts = receipts;
        this.columns = columns;
        this.traceless = traceless;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What there is to erase. Changes nothing.
     *
     * @throws OwnNumberException when the number is the company's own
     */
    public Traces look(CompanyId company, PhoneNumber number) {
        var person = known(company, number);
        var counts = new EnumMap<Kind, Long>(Kind.class);
        var found = stored(company, calls.of(company, number));
        var ids = ids(found);
        var copies = new LinkedHashSet<>(belongings.copies(ids, person));
        copies.addAll(belongings.cards(person));
        copies.addAll(belongings.shopOrders(person));
        belongings.orders(person).forEach(order -> copy(order).ifPresent(copies::add));
        counts.put(Kind.CALLS, (long) found.size());
        counts.put(Kind.MENTIONS, (long) calls.mentioning(company, number).size());
        counts.put(Kind.RECORDINGS, (long) recordings(found).size());
        counts.put(Kind.EFFECTS, belongings.effects(ids));
        counts.put(Kind.ATTEMPTS, belongings.attempts(ids));
        counts.put(Kind.CLIENTS, (long) belongings.cards(person).size());
        counts.put(Kind.SHOP_ORDERS, (long) belongings.shopOrders(person).size());
        counts.put(Kind.ORDERS, (long) belongings.orders(person).size());
        var kept = new ArrayList<Long>();
        counts.put(Kind.UNREADABLE, findHooks(person, found, hook -> kept.add(hook.id())));
        counts.put(Kind.HOOKS, (long) kept.size());
        counts.put(Kind.WAITING_HOOKS, waitingHooks(person));
        counts.put(
                Kind.TEXTS,
                texts(person, columns.all().stream().filter(Erasure::isSearched).toList()));
        counts.put(Kind.SETTINGS, settings(person));
        counts.values().removeIf(count -> count == 0);
        return new Traces(counts, List.copyOf(copies));
    }

    /**
     * Erases it all.
     *
     * @param by who asked for it, as the receipt tells
     * @throws OwnNumberException when the number is the company's own
     */
    public Receipt erase(CompanyId company, PhoneNumber number, String by) {
        var person = known(company, number);
        var now = clock.instant();
        var receipt = receipts.begin(company, by, now);
        erased.remember(company, number, now);
        var work = new Work(person, receipt, now);
        var whole = work.eraseAll();
        traceless.wipe();
        receipts.end(receipt, work.counts, whole ? Optional.of(clock.instant()) : Optional.empty());
        LOG.info("person.erased company={} receipt={} whole={} counts={}", company, receipt, whole, work.counts);
        return receipts.find(company, receipt).orElseThrow();
    }

    /**
     * Forgets again what a connected system has told of an erased number since, as its list of clients does while the card is still there. Whoever has called anew is
     * known anew.
     *
     * @return how many numbers
     */
    public int forgetToldAgain() {
        var again = 0;
        for (var company : erased.companies()) {
            for (var number : erased.amongst(company, belongings::toldSince)) {
                transactions.executeWithoutResult(status -> belongings.forgetCards(Person.of(company, number)));
                again++;
            }
        }
        if (again > 0) {
            traceless.wipe();
            LOG.info("person.erased-again numbers={}", again);
        }
        return again;
    }

    /** One erasure, and what it has done so far. */
    private final class Work {

        private final Person person;
        private final long receipt;
        private final Instant now;
        private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

        Work(Person person, long receipt, Instant now) {
            this.person = person;
            this.receipt = receipt;
            this.now = now;
        }

        /** @return false when something was in hand and is left */
        boolean eraseAll() {
            var company = person.company();
            var found = stored(company, calls.of(company, person.number()));
            eraseHooks(found); // as long as the names of the calls are known
            var left = found.stream().filter(call -> !erase(call)).count();
            for (var id : calls.mentioning(company, person.number())) {
                transactions.executeWithoutResult(
                        status -> calls.takeOut(company, id, erased.forgetting(person.number())));
                add(Kind.MENTIONS, 1);
            }
            eraseCards();
            eraseOrders();
            eraseTexts();
            add(Kind.WAITING_HOOKS, waitingHooks(person));
            add(Kind.SETTINGS, settings(person));
            return left == 0;
        }

        private void eraseHooks(List<StoredCall> found) {
            var kept = new ArrayList<Long>();
            add(Kind.UNREADABLE, findHooks(person, found, hook -> kept.add(hook.id())));
            hooks.forget(kept);
            add(Kind.HOOKS, kept.size());
        }

        private boolean erase(StoredCall call) {
            var ids = ids(List.of(call));
            return Boolean.TRUE.equals(transactions.execute(status -> {
                if (call.call().isOpen() || belongings.areInHand(ids)) {
                    return false;
                }
                belongings.copies(ids, person).forEach(copy -> receipts.note(receipt, copy));
                add(Kind.EFFECTS, belongings.effects(ids));
                add(Kind.ATTEMPTS, belongings.attempts(ids));
                belongings.forgetEffects(ids, now);
                var spoken = recordings(List.of(call));
                spoken.forEach(recordings::erase);
                add(Kind.RECORDINGS, spoken.size());
                calls.erase(person.company(), call.id(), erased.forgetting(person.number()), now);
                add(Kind.CALLS, 1);
                return true;
            }));
        }

        private void eraseCards() {
            transactions.executeWithoutResult(status -> {
                var cards = belongings.cards(person);
                var bought = belongings.shopOrders(person);
                cards.forEach(copy -> receipts.note(receipt, copy));
                bought.forEach(copy -> receipts.note(receipt, copy));
                belongings.forgetCards(person);
                add(Kind.CLIENTS, cards.size());
                add(Kind.SHOP_ORDERS, bought.size());
            });
        }

        private void eraseOrders() {
            var naming = erased.forgetting(person.number()).name();
            for (var order : belongings.orders(person)) {
                transactions.executeWithoutResult(status -> {
                    copy(order).ifPresent(copy -> receipts.note(receipt, copy));
                    belongings.forgetOrder(order, naming.apply(order.reference()));
                });
                add(Kind.ORDERS, 1);
            }
        }

        private void eraseTexts() {
            var naming = erased.forgetting(person.number()).name();
            for (var column : columns.all().stream().filter(Erasure::isSearched).toList()) {
                for (var value :
                        columns.values(column, person.company(), person.text().like())) {
                    if (person.text().isIn(value)) {
                        var other = column.unique()
                                ? naming.apply(value)
                                : person.text().without(value);
                        var rows =
                                transactions.execute(status -> columns.replace(column, person.company(), value, other));
                        add(Kind.TEXTS, rows == null ? 0 : rows);
                    }
                }
            }
        }

        private void add(Kind kind, long more) {
            if (more > 0) {
                counts.merge(kind, more, Long::sum);
            }
        }
    }

    private Person known(CompanyId company, PhoneNumber number) {
        var person = Person.of(company, number);
        if (belongings.isOwnNumber(person)) {
            throw new OwnNumberException();
        }
        return person;
    }

    private List<StoredCall> stored(CompanyId company, List<CallId> ids) {
        return ids.stream().flatMap(id -> journal.find(company, id).stream()).toList();
    }

    /** With those under which they were known before. */
    private List<CallId> ids(Collection<StoredCall> found) {
        var ids = new ArrayList<CallId>();
        for (var call : found) {
            ids.add(call.id());
            ids.addAll(journal.formerIds(call.id()));
        }
        return ids;
    }

    private List<Recording> recordings(Collection<StoredCall> found) {
        return found.stream()
                .flatMap(call -> recordings.of(call.call().keys()).stream())
                .toList();
    }

    private static Optional<Copy> copy(Belongings.Ordered order) {
        return order.entry().isEmpty()
                ? Optional.empty()
                : Optional.of(new Copy(order.connection(), "open-call", order.entry(), ""));
    }

    /** Those that name the number, and those of the person's calls that name only the call. @return how many could not be opened */
    private long findHooks(Person person, List<StoredCall> found, Consumer<KeptHooks.Kept> finder) {
        return hooks.read(person.company(), hook -> {
            if (person.text().isIn(hook.text()) || found.stream().anyMatch(call -> tellsOf(hook, call))) {
                finder.accept(hook);
            }
        });
    }

    private static boolean tellsOf(KeptHooks.Kept hook, StoredCall stored) {
        var call = stored.call();
        return hook.connection() == stored.connection()
                && hook.receivedAt().isAfter(call.startedAt().minus(AROUND))
                && hook.receivedAt().isBefore(call.lastNewsAt().plus(AROUND))
                && call.keys().stream().anyMatch(key -> hook.text().contains(key.value()));
    }

    private long waitingHooks(Person person) {
        var found = new long[1];
        waiting.browse(bytes -> {
            if (hooks.companyOf(bytes).equals(person.company())
                    && person.text().isIn(hooks.open(bytes).text())) {
                found[0]++;
            }
        });
        return found[0];
    }

    private long settings(Person person) {
        return texts(
                person,
                columns.all().stream()
                        .filter(column -> Untouched.SETTINGS.containsKey(column.table())
                                && column.where().isPresent())
                        .toList());
    }

    private long texts(Person person, List<TextColumns.Column> searched) {
        return searched.stream()
                .flatMap(column ->
                        columns.values(column, person.company(), person.text().like()).stream())
                .filter(person.text()::isIn)
                .count();
    }

    /** Texts that belong to the company and are nobody else's business here. */
    static boolean isSearched(TextColumns.Column column) {
        return column.where().isPresent()
                && !Untouched.SETTINGS.containsKey(column.table())
                && !Untouched.DARK.containsKey(column.table())
                && !Untouched.JOURNAL.contains(column.table());
    }
}
