package io.patchbay.clicktocall;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.ExpiryFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.OrderFact;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.Seat;
import io.patchbay.company.Companies;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Employees;
import io.patchbay.effect.EffectSteps;
import io.patchbay.intake.HubEvent.CallOrdered;
import io.patchbay.journal.Journal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Takes an order, asks the PBX once, and ties the two together. An order that cannot be made ends at once as a cancelled call, so that the target's open
 * entry is closed too. A time-out is not repeated: it would ring twice (contracts/pbx/beeline.md, section 5).
 */
@Component
class ClickToCall {

    private static final Logger LOG = LoggerFactory.getLogger(ClickToCall.class);

    private final Orders orders;
    private final Employees employees;
    private final Connections connections;
    private final Operations operations;
    private final Companies companies;
    private final Journal journal;
    private final EffectSteps effects;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ClickToCall(
            Orders orders,
            Employees employees,
            Connections connections,
            Operations operations,
            Companies companies,
            Journal journal,
            EffectSteps effects,
            TransactionTemplate transaction,
            Clock clock) {
        this.orders = orders;
        this.employees = employees;
        this.connections = connections;
        this.operations = operations;
        this.companies = companies;
        this.journal = journal;
        this.effects = effects;
        this.transaction = transaction;
        this.clock = clock;
    }

    @EventListener
    void on(CallOrdered ordered) {
        var order = orders.take(ordered, clock.instant());
        if (order.isEmpty()) {
            return;
        }
        var client = new NumberPlan(companies.get(ordered.company()).region()).read(ordered.number());
        var pbx = pbxOf(ordered);
        var seat = pbx.flatMap(p -> seatOf(ordered, p));
        if (pbx.isEmpty() || seat.isEmpty() || !(client instanceof PhoneNumber number)) {
            refuse(ordered, order.get(), client, pbx, "no PBX, no extension of this employee, or no number to call");
            return;
        }
        make(ordered, order.get(), number, pbx.get(), seat.get());
    }

    private void make(CallOrdered ordered, long order, PhoneNumber number, Connection pbx, Seat seat) {
        try {
            var made = operations.run(
                    pbx.id(),
                    Operation.ORIGINATE,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("seat", seat.id())
                            .put("number", number.e164())
                            .put("national", number.national())
                            .put("orderId", Long.toString(order)));
            var key = new CallKey(pbx.id().value(), made.path("call").asString(""));
            orders.made(order, key);
            tie(ordered, List.of(new OrderFact(key, clock.instant(), seat, number, Long.toString(order))));
        } catch (ConnectorException e) {
            refuse(ordered, order, number, Optional.of(pbx), String.valueOf(e.getMessage()));
        }
    }

    private void refuse(CallOrdered ordered, long order, Party client, Optional<Connection> pbx, String why) {
        orders.failed(order, why);
        LOG.warn(
                "click-to-call.refused connection={} order={} why={}",
                ordered.connection(),
                order,
                why.replaceAll("\\d{7,}", "***"));
        pbx.ifPresent(p -> {
            var now = clock.instant();
            var key = new CallKey(p.id().value(), "order:" + order);
            var facts = new ArrayList<CallFact>();
            facts.add(
                    new OrderFact(key, now, new Seat("employee:" + ordered.employee()), client, Long.toString(order)));
            facts.add(new ExpiryFact(key, now));
            tie(ordered, facts);
        });
    }

    private void tie(CallOrdered ordered, List<CallFact> facts) {
        transaction.executeWithoutResult(status -> {
            var joined = journal.join(ordered.company(), facts);
            if (!ordered.entry().isEmpty()) {
                joined.forEach(one -> effects.entryKnown(
                        ordered.company(),
                        one.id(),
                        ordered.connection().value(),
                        ordered.entry(),
                        one.call().order().map(OrderFact::seat)));
            }
            effects.wake(joined);
        });
    }

    private Optional<Connection> pbxOf(CallOrdered ordered) {
        return connections.of(ordered.company()).stream()
                .filter(Connection::enabled)
                .filter(connection -> operations.can(connection.id(), Operation.ORIGINATE))
                .findFirst();
    }

    private Optional<Seat> seatOf(CallOrdered ordered, Connection pbx) {
        return employees
                .withId(ordered.company(), ordered.connection().value(), ordered.employee())
                .flatMap(employee -> employees.idIn(employee.id(), pbx.id().value()))
                .map(Seat::new);
    }
}
