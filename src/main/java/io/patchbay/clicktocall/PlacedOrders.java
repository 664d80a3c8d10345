package io.patchbay.clicktocall;

import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.caller.ToldClients;
import io.patchbay.company.Companies;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientOrders;
import io.patchbay.directory.ListedClient;
import io.patchbay.effect.Receivers;
import io.patchbay.intake.HubEvent.CallOrdered;
import io.patchbay.intake.HubEvent.OrderTold;
import io.patchbay.rules.OrderRule;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What shops tell of orders: remembered with their client, and a new one becomes a wish to be called back or a task, by the rules of the shop's connection. However
 * often an order is told, that happens once.
 */
@Component
class PlacedOrders {

    private final ClickToCall clickToCall;
    private final Receivers receivers;
    private final Companies companies;
    private final ClientDirectory directory;
    private final ClientOrders orders;

    PlacedOrders(
            ClickToCall clickToCall,
            Receivers receivers,
            Companies companies,
            ClientDirectory directory,
            ClientOrders orders) {
        this.clickToCall = clickToCall;
        this.receivers = receivers;
        this.companies = companies;
        this.directory = directory;
        this.orders = orders;
    }

    @EventListener
    void on(OrderTold told) {
        if (new NumberPlan(companies.get(told.company()).region()).read(told.number()) instanceof PhoneNumber number) {
            remember(told, number);
        }
        if (told.placed() && !told.number().isBlank()) {
            rule(told).filter(rule -> rule != OrderRule.NOTHING).ifPresent(rule -> clickToCall.on(wish(told, rule)));
        }
    }

    private void remember(OrderTold told, PhoneNumber number) {
        var connection = told.connection().value();
        ToldClients.order(told.order(), connection).ifPresent(order -> orders.told(told.company(), number, order));
        ToldClients.card(told.client())
                .ifPresent(card ->
                        directory.told(told.company(), connection, new ListedClient(card, List.of(number), false)));
    }

    /** By the rules that were set, else by the settings of the connection. */
    private Optional<OrderRule> rule(OrderTold told) {
        return receivers
                .find(told.connection().value())
                .flatMap(receiver -> receiver.rules().orders())
                .or(() -> OrderRule.ofSetting(told.wish()));
    }

    private static CallOrdered wish(OrderTold told, OrderRule rule) {
        return new CallOrdered(
                told.company(),
                told.connection(),
                "order:" + told.order().path("id").asString(""),
                "",
                told.number(),
                "",
                "",
                told.text(),
                rule == OrderRule.CALL_BACK,
                told.at());
    }
}
