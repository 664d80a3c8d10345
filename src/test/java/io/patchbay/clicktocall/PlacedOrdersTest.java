package io.patchbay.clicktocall;

import static io.patchbay.clicktocall.OrderingHub.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Operation;
import io.patchbay.directory.ClientOrder;
import io.patchbay.intake.HubEvent.OrderTold;
import io.patchbay.rules.OrderRule;
import io.patchbay.rules.RuleSet;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlacedOrdersTest {

    private static final String ORDER =
            "{\"id\": \"18342\", \"number\": \"A-1\", \"status\": \"processing\", \"open\": true, \"total\":"
                    + " \"4350.00\", \"currency\": \"RUB\", \"items\": [{\"name\": \"Kettle\", \"quantity\": 2}]}";

    @ParameterizedTest
    @EnumSource
    void remembersTheOrderAndItsClient(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.placedOrders().on(told(hub, true, "", ORDER));

            var known = hub.known(CLIENT);
            assertThat(known.client().orElseThrow().name()).isEqualTo("Irina");
            assertThat(known.openOrders()).extracting(ClientOrder::number).containsExactly("A-1");
            assertThat(hub.calls()).isEmpty();

            hub.placedOrders()
                    .on(told(
                            hub,
                            false,
                            "",
                            ORDER.replace("processing", "completed").replace("true", "false")));

            assertThat(hub.known(CLIENT).openOrders()).isEmpty();
            assertThat(hub.known(CLIENT).orders())
                    .extracting(ClientOrder::status)
                    .containsExactly("completed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesOneTaskHoweverOftenTheShopTellsOfTheOrder(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.rules = ordersLeadTo(OrderRule.TASK);
            for (var i = 0; i < 3; i++) {
                hub.placedOrders().on(told(hub, true, "", ORDER));
                hub.place();
            }
            hub.clock.advance(Duration.ofMinutes(5));
            hub.look();

            assertThat(hub.originated).isEmpty();
            assertThat(hub.calls()).hasSize(1);
            assertThat(hub.askedOfCrm().stream().filter(Operation.CREATE_TASK::equals))
                    .hasSize(1);
            assertThat(hub.inputOf(Operation.CREATE_TASK).path("text").asString())
                    .contains("Order A-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsTheClientBackWhenTheRuleSaysSo(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.rules = ordersLeadTo(OrderRule.CALL_BACK);
            hub.placedOrders().on(told(hub, true, "nothing", ORDER));
            hub.placedOrders().on(told(hub, true, "nothing", ORDER));
            hub.place();

            assertThat(hub.originated)
                    .singleElement()
                    .satisfies(
                            asked -> assertThat(asked.path("number").asString()).isEqualTo(CLIENT));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void takesWhatTheSettingsSayWhereNoRuleIsSet(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.placedOrders().on(told(hub, true, "call-back", ORDER));
            hub.placedOrders().on(told(hub, true, "nothing", ORDER.replace("18342", "18343")));
            hub.placedOrders().on(told(hub, false, "call-back", ORDER.replace("18342", "18344")));
            hub.place();

            assertThat(hub.originated).hasSize(1);
        }
    }

    private static RuleSet ordersLeadTo(OrderRule rule) {
        return new RuleSet(List.of(), Optional.empty(), Optional.of(rule), RuleSet.DEFAULT.recordingWait());
    }

    private static OrderTold told(OrderingHub hub, boolean placed, String wish, String order) {
        return new OrderTold(
                OrderingHub.COMPANY,
                hub.crmId,
                placed,
                "8 (900) 000-12-35",
                "Order A-1: 4350.00 RUB",
                wish,
                json(order),
                json("{\"kind\": \"guest\", \"id\": \"18342\", \"name\": \"Irina\"}"),
                hub.clock.instant());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
