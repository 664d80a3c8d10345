package io.patchbay.wholeway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.patchbay.wholeway.Scenario.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every file of src/test/resources/scenarios, told over real HTTP to one hub that writes into Bitrix24 and amoCRM: in order, shuffled and doubled. A seed of the
 * shuffling that failed is given again with {@code -Dscenarios.seed}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosIT {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final long seed = Long.getLong("scenarios.seed", new Random().nextInt(1_000_000));
    private final List<Telling> tellings = new ArrayList<>();
    private final Map<Telling, JsonNode> pictures = new LinkedHashMap<>();
    private Day day;

    @BeforeAll
    void tellAll(@TempDir Path folder) {
        day = new Day(folder);
        for (var scenario : Scenario.all()) {
            for (var caller = 0; caller < Math.max(scenario.callers(), Mode.values().length); caller++) {
                var mode = Mode.values()[caller % Mode.values().length];
                tellings.add(new Telling(scenario, mode, seed, tellings.size(), day.start()));
            }
        }
        day.tell(tellings);
        var picture = new Picture(day);
        tellings.forEach(telling -> pictures.put(telling, picture.of(telling)));
    }

    @AfterAll
    void close() {
        if (day != null) { // else it did not open, and that is the failure to be seen
            day.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> everyScenarioEndsAsItsFileSays() {
        return tellings.stream()
                .collect(Collectors.groupingBy(Telling::scenario, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(one -> dynamicContainer(
                        one.getKey().name(),
                        one.getValue().stream()
                                .map(telling -> dynamicTest(telling.toString(), () -> assertAsExpected(telling)))));
    }

    @Test
    void noCrmWasAskedForAnythingThatItDoesNotDocument() {
        assertThat(day.office.portal.problems()).isEmpty();
        assertThat(day.office.portal.droppedFields()).isEmpty();
        assertThat(day.office.account.problems()).isEmpty();
    }

    private void assertAsExpected(Telling telling) {
        var scenario = telling.scenario();
        var expected = Scenario.YAML.readTree(telling.filled(scenario.expected().toString()));
        var actual = pictures.get(telling);
        scenario.differs(telling.mode()).forEach(path -> {
            forget(expected, path);
            forget(actual, path);
        });
        assertThat(shown(sorted(actual))).as("%s, %s", scenario, telling).isEqualTo(shown(sorted(expected)));
    }

    private static void forget(JsonNode tree, String path) {
        var cut = path.indexOf('.');
        if (tree instanceof ArrayNode list) {
            list.forEach(one -> forget(one, path));
        } else if (tree instanceof ObjectNode object && cut < 0) {
            object.remove(path);
        } else {
            forget(tree.path(path.substring(0, Math.max(cut, 0))), path.substring(cut + 1));
        }
    }

    /** Members and plain lists in an order that does not matter. */
    private static JsonNode sorted(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            var copy = JSON.objectNode();
            object.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(one -> copy.set(one.getKey(), sorted(one.getValue())));
            return copy;
        }
        if (tree instanceof ArrayNode list) {
            var copy = JSON.arrayNode();
            list.valueStream()
                    .map(ScenariosIT::sorted)
                    .sorted(list.path(0).isString() ? Comparator.comparing(JsonNode::asString) : (one, other) -> 0)
                    .forEach(copy::add);
            return copy;
        }
        return tree.isNumber() ? JSON.stringNode(tree.asString()) : tree;
    }

    private static String shown(JsonNode tree) {
        return Scenario.YAML.writeValueAsString(tree);
    }
}
