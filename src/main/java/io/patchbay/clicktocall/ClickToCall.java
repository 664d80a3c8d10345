package io.patchbay.clicktocall;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.EndCause;
import io.patchbay.call.Extension;
import io.patchbay.call.Line;
import io.patchbay.call.LinkFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.OrderFact;
import io.patchbay.call.OrderFact.Orderer;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RefusalFact;
import io.patchbay.call.Seat;
import io.patchbay.clicktocall.Telephones.Telephone;
import io.patchbay.company.Companies;
import io.patchbay.company.Company;
import io.patchbay.company.Wording;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connector.ConnectorException;
import io.patchbay.effect.EffectSteps;
import io.patchbay.effect.Receivers;
import io.patchbay.intake.HubEvent.CallOrdered;
import io.patchbay.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes an order, asks the PBX once, and ties the two together.
 *
 * <p>The order is a call of the journal, with the entry its target opened, before the PBX is asked. What the PBX says of the call joins it in whatever order it
 * comes: its answer by a link, an event that overtakes the answer by seat and number. An order that cannot be carried out ends as a failed call that says why, so
 * that the open entry is closed and the one who ordered it sees it.
 *
 * <p>The PBX is asked at most once: after an intent without a result (a time-out, a hub that died) asking again might ring the employee twice
 * (contracts/pbx/beeline.md, section 5). Then the PBX has some time to tell of the call, else the order is given up.
 */
@Component
@EnableConfigurationProperties(OrderProperties.class)
public class ClickToCall {

    /** What the one who ordered a call reads when it was not made. */
    private static final String TEXTS = "io.patchbay.clicktocall.texts";

    private static final Logger LOG = LoggerFactory.getLogger(ClickToCall.class);

    private final Orders orders;
    private final Telephones telephones;
    private final Receivers receivers;
    private final Originator originator;
    private final Companies companies;
    private final Journal journal;
    private final EffectSteps effects;
    private final OrderQueue queue;
    private final TransactionTemplate transaction;
    private final OrderProperties properties;
    private final Clock clock;

    ClickToCall(
            Orders orders,
            Telephones telephones,
            Receivers receivers,
            Originator originator,
            Companies companies,
            Journal journal,
            EffectSteps effects,
            OrderQueue queue,
            TransactionTemplate transaction,
            OrderProperties properties,
            Clock clock) {
        this.orders = orders;
        this.telephones = telephones;
        this.receivers = receivers;
        this.originator = originator;
        this.companies = companies;
        this.journal = journal;
        this.effects = effects;
        this.queue = queue;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    /** Stores the order and the call it is to become; nobody is asked yet. A repetition changes nothing. */
    @EventListener
    void on(CallOrdered ordered) {
        var company = companies.get(ordered.company());
        var plan = new NumberPlan(company.region());
        var client = plan.read(ordered.number());
        var telephone = telephone(ordered);
        var taken = transaction.execute(status -> {
            var order = orders.take(ordered, pbx(ordered, telephone), telephone.map(Telephone::seat), clock.instant());
            order.ifPresent(one -> {
                enter(ordered, one, client);
                whyNot(ordered, one, company, plan, client).ifPresent(why -> giveUp(one, company, why));
            });
            return order;
        });
        if (taken != null) {
            taken.ifPresent(order -> queue.put(order.id()));
        }
    }

    /** Asks the PBX, unless somebody did before. Not inside a transaction. */
    public void place(long id) {
        var found = orders.find(id).filter(order -> order.state() == Order.State.TAKEN);
        if (found.isEmpty()) {
            return;
        }
        var order = found.get();
        var company = companies.get(order.company());
        var late = late(order);
        if (late.isPresent()) {
            giveUp(order, company, late.get());
        } else if (orders.ask(id, clock.instant())) {
            ask(order, company);
        }
    }

    /** Puts orders into the queue again that nobody took up, and gives up those of which the PBX says nothing. */
    public void settle() {
        var now = clock.instant();
        orders.untouched(now.minus(properties.unplaced())).forEach(order -> queue.put(order.id()));
        orders.unanswered(now.minus(properties.heardIn())).forEach(order -> {
            if (isHeardOf(order)) {
                orders.made(order.id(), Optional.empty());
            } else {
                giveUp(order, companies.get(order.company()), new Refusal(EndCause.UNREACHABLE, "unheard"));
            }
        });
    }

    private Optional<Telephone> telephone(CallOrdered ordered) {
        return employee(ordered)
                .flatMap(who -> telephones.of(ordered.company(), ordered.connection(), who, ordered.line()));
    }

    /** Who ordered it; of a client's wish to be called back, whoever is to call him. */
    private Optional<String> employee(CallOrdered ordered) {
        return isCallBack(ordered)
                ? receivers
                        .find(ordered.connection().value())
                        .flatMap(receiver -> receiver.rules().callBack().or(receiver::defaultEmployee))
                : Optional.of(ordered.employee());
    }

    private static boolean isCallBack(CallOrdered ordered) {
        return ordered.employee().isEmpty();
    }

    private Optional<ConnectionId> pbx(CallOrdered ordered, Optional<Telephone> telephone) {
        return telephone
                .map(Telephone::pbx)
                .or(() -> telephones.pbxs(ordered.company()).stream().findFirst());
    }

    /** The order becomes a call, and its entry the entry of that call. */
    private void enter(CallOrdered ordered, Order order, Party client) {
        var fact = new OrderFact(
                order.key(),
                clock.instant(),
                order.seat().orElseGet(() -> new Seat("employee:" + ordered.employee())),
                client,
                Long.toString(order.id()),
                line(ordered),
                isCallBack(ordered)
                        ? Optional.empty()
                        : Optional.of(new Orderer(ordered.connection().value(), ordered.employee())),
                isCallBack(ordered) ? Optional.of(ordered.text()) : Optional.empty());
        var joined = journal.join(ordered.company(), List.of(fact));
        if (!ordered.entry().isEmpty()) {
            joined.forEach(one -> effects.entryKnown(
                    ordered.company(),
                    one.id(),
                    ordered.connection().value(),
                    ordered.entry(),
                    Optional.of(fact.seat())));
        }
        effects.wake(joined);
    }

    private static Optional<Line> line(CallOrdered ordered) {
        return ordered.line().isBlank() ? Optional.empty() : Optional.of(new Line(ordered.line()));
    }

    private Optional<Refusal> whyNot(CallOrdered ordered, Order order, Company company, NumberPlan plan, Party client) {
        return notNow(ordered)
                .or(() -> late(order))
                .or(() -> new Dialling(plan, (Extension extension) -> telephones.isColleague(company.id(), extension))
                        .refusal(client))
                .or(() -> order.pbx().isPresent()
                        ? Optional.empty()
                        : Optional.of(new Refusal(EndCause.FAILED, "noTelephony")))
                .or(() -> order.seat().isPresent()
                        ? Optional.empty()
                        : Optional.of(new Refusal(EndCause.FAILED, isCallBack(ordered) ? "nobodyChosen" : "noPhone")))
                .or(() -> !isCallBack(ordered)
                                && orders.isRepeated(
                                        order,
                                        ordered.employee(),
                                        clock.instant().minus(properties.repeat()))
                        ? Optional.of(new Refusal(EndCause.FORBIDDEN, "repeated"))
                        : Optional.empty());
    }

    private static Optional<Refusal> notNow(CallOrdered ordered) {
        return ordered.rings() ? Optional.empty() : Optional.of(new Refusal(EndCause.FORBIDDEN, "taskOnly"));
    }

    private Optional<Refusal> late(Order order) {
        var age = Duration.between(order.placedAt(), clock.instant());
        return age.compareTo(properties.oldest()) > 0
                ? Optional.of(new Refusal(EndCause.FORBIDDEN, "late", Long.toString(age.toSeconds())))
                : Optional.empty();
    }

    private void ask(Order order, Company company) {
        var pbx = order.pbx().orElseThrow();
        try {
            var answer = originator.originate(pbx, input(order, company));
            var key = Optional.of(answer.path("call").asString(""))
                    .filter(name -> !name.isBlank())
                    .map(name -> new CallKey(pbx.value(), name));
            transaction.executeWithoutResult(status -> {
                orders.made(order.id(), key);
                key.ifPresent(name -> tell(order, new LinkFact(order.key(), name, clock.instant())));
            });
        } catch (ConnectorException e) {
            refused(order, company, e);
        } catch (RuntimeException e) {
            // the PBX may have been asked all the same
            LOG.error("click-to-call.broken company={} order={}", order.company(), order.id(), e);
        }
    }

    private ObjectNode input(Order order, Company company) {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("seat", order.seat().orElseThrow().id());
        switch (new NumberPlan(company.region()).read(order.number())) {
            case PhoneNumber phone -> input.put("number", phone.e164()).put("national", phone.national());
            case Party other -> input.put("number", other.raw()).put("national", other.raw());
        }
        if (!order.line().isBlank()) {
            input.put("line", order.line());
        }
        return input.put("orderId", Long.toString(order.id()));
    }

    private void refused(Order order, Company company, ConnectorException why) {
        switch (why.fault()) {
            case UNREACHABLE, OURS ->
                LOG.warn(
                        "click-to-call.unsure company={} order={} fault={} code={}",
                        order.company(),
                        order.id(),
                        why.fault(),
                        why.code());
            case BUSY, REFUSED, SETUP, NOT_SUPPORTED ->
                giveUp(order, company, new Refusal(EndCause.FORBIDDEN, "refused", String.valueOf(why.getMessage())));
        }
    }

    private boolean isHeardOf(Order order) {
        return journal.idOf(order.key())
                .flatMap(id -> journal.find(order.company(), id))
                .filter(stored -> !stored.call().legs().isEmpty())
                .isPresent();
    }

    private void giveUp(Order order, Company company, Refusal refusal) {
        var why = new Wording(company, TEXTS).say(refusal.text(), refusal.members());
        transaction.executeWithoutResult(status -> {
            if (orders.failed(order.id(), why)) {
                tell(order, new RefusalFact(order.key(), clock.instant(), refusal.cause(), why));
                LOG.warn(
                        "click-to-call.refused company={} connection={} order={} why={}",
                        order.company(),
                        order.origin(),
                        order.id(),
                        refusal.text());
            }
        });
    }

    private void tell(Order order, CallFact fact) {
        effects.wake(journal.join(order.company(), List.of(fact)));
    }
}
