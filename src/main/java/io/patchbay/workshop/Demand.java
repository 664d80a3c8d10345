package io.patchbay.workshop;

import static io.patchbay.connector.Operation.ATTACH_RECORDING;
import static io.patchbay.connector.Operation.CHECK;
import static io.patchbay.connector.Operation.CLOSE_CALL;
import static io.patchbay.connector.Operation.CREATE_CLIENT;
import static io.patchbay.connector.Operation.CREATE_TASK;
import static io.patchbay.connector.Operation.DECODE_HOOK;
import static io.patchbay.connector.Operation.FETCH_RECORDING;
import static io.patchbay.connector.Operation.FIND_CLIENT;
import static io.patchbay.connector.Operation.FIND_LOGGED_CALL;
import static io.patchbay.connector.Operation.LIST_CALLS;
import static io.patchbay.connector.Operation.LIST_CHANGES;
import static io.patchbay.connector.Operation.LIST_CLIENTS;
import static io.patchbay.connector.Operation.LIST_EMPLOYEES;
import static io.patchbay.connector.Operation.LIST_FIELDS;
import static io.patchbay.connector.Operation.LIST_ORDERS;
import static io.patchbay.connector.Operation.LOG_CALL;
import static io.patchbay.connector.Operation.OPEN_CALL;
import static io.patchbay.connector.Operation.ORIGINATE;
import static io.patchbay.connector.Operation.SHOW_CARD;

import io.patchbay.connector.Operation;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * What a connector's cases have to show for an operation. Whether a case shows it is seen in its input and its output; nobody can merely claim it.
 *
 * @param word  for exemptions, e.g. {@code two-matches}
 * @param cure  what such a case looks like
 * @param shown whether a case is one
 */
public record Demand(String word, Set<Operation> of, String cure, Predicate<ContractCase> shown) {

    /** All of them. */
    public static final List<Demand> ALL = List.of(
            good("good-case", Set.of(Operation.values()), "an output that is expected", c -> true),
            good("not-found", Set.of(FIND_CLIENT), "the output {clients: []}", c -> size(c, "/clients") == 0),
            good("two-matches", Set.of(FIND_CLIENT), "two or more clients in the output", c -> size(c, "/clients") > 1),
            good(
                    "no-employee",
                    Set.of(CREATE_CLIENT, OPEN_CALL, CLOSE_CALL, LOG_CALL, CREATE_TASK),
                    "an input whose employee is null (nobody is mapped)",
                    c -> !c.input().at("/employee/id").isValueNode()),
            any(
                    "odd-number",
                    Set.of(OPEN_CALL, CLOSE_CALL, LOG_CALL),
                    "an input with call.clientNumberKind HIDDEN, EXTENSION or MALFORMED",
                    c -> !List.of("", "PHONE")
                            .contains(c.input().at("/call/clientNumberKind").asString(""))),
            good(
                    "missed-call",
                    Set.of(CLOSE_CALL, LOG_CALL),
                    "an input with call.result MISSED",
                    c -> c.input().at("/call/result").asString("").equals("MISSED")),
            good(
                    "outgoing-call",
                    Set.of(OPEN_CALL, LOG_CALL),
                    "an input with call.direction OUTBOUND",
                    c -> c.input().at("/call/direction").asString("").equals("OUTBOUND")),
            good(
                    "names-whole",
                    Set.of(CREATE_CLIENT),
                    "a name with Cyrillic letters, an emoji and <, & or a quotation mark, whole in the request",
                    c -> isOdd(c.input().path("name").asString(""))),
            good(
                    "texts-whole",
                    Set.of(CREATE_TASK),
                    "a text or title with Cyrillic letters, an emoji and <, & or a quotation mark, whole in the"
                            + " request",
                    c -> isOdd(c.input().path("text").asString("")
                            + c.input().path("title").asString(""))),
            good(
                    "nameless",
                    Set.of(CREATE_CLIENT),
                    "an input without a name",
                    c -> c.input().path("name").asString("").isBlank()),
            good("found", Set.of(FIND_LOGGED_CALL), "the output {found: true, ...}", c -> flag(c, "/found", true)),
            good("not-logged", Set.of(FIND_LOGGED_CALL), "the output {found: false}", c -> flag(c, "/found", false)),
            good(
                    "right-missing",
                    Set.of(CHECK),
                    "an output with a right that has ok: false",
                    c -> rows(c, "/rights").stream()
                            .anyMatch(right -> !right.path("ok").asBoolean(true))),
            good("empty", Set.of(LIST_CALLS), "the output {rows: []}", c -> size(c, "/rows") == 0),
            good("orders", Set.of(LIST_ORDERS), "two or more orders in the output", c -> size(c, "/orders") > 1),
            good("changes", Set.of(LIST_CHANGES), "two or more events in the output", c -> size(c, "/events") > 1),
            good("nothing-changed", Set.of(LIST_CHANGES), "the output {events: []}", c -> size(c, "/events") == 0),
            good("no-orders", Set.of(LIST_ORDERS), "the output {orders: []}", c -> size(c, "/orders") == 0),
            good("fields", Set.of(LIST_FIELDS), "an output with two fields or more", c -> size(c, "/fields") > 1),
            good(
                    "pages",
                    Set.of(LIST_CLIENTS),
                    "an output with next, the cursor of the following page",
                    c -> c.output().filter(output -> output.hasNonNull("next")).isPresent()),
            any(
                    "ignored-hook",
                    Set.of(DECODE_HOOK),
                    "an output with ignored",
                    c -> c.output()
                            .map(output -> !output.path("ignored").asString("").isEmpty())
                            .orElse(false)),
            any(
                    "not-there-yet",
                    Set.of(FETCH_RECORDING),
                    "the fault BUSY",
                    c -> c.fault().map(fault -> fault.is().equals("BUSY")).orElse(false)),
            any(
                    "refused",
                    Set.of(ORIGINATE, ATTACH_RECORDING),
                    "a fault that the target's words cause",
                    c -> c.fault().isPresent()),
            any(
                    "nobody-known",
                    Set.of(SHOW_CARD),
                    "an input whose employees have no id; nothing may be asked",
                    c -> c.exchanges().isEmpty()),
            good(
                    "people",
                    Set.of(LIST_EMPLOYEES),
                    "an output with two employees or more",
                    c -> size(c, "/employees") > 1));

    private static Demand good(String word, Set<Operation> of, String cure, Predicate<ContractCase> shown) {
        return new Demand(word, of, cure, c -> c.isGood() && shown.test(c));
    }

    private static Demand any(String word, Set<Operation> of, String cure, Predicate<ContractCase> shown) {
        return new Demand(word, of, cure, shown);
    }

    /** Those that stand against an operation. */
    public static List<Demand> of(Operation operation) {
        return ALL.stream().filter(demand -> demand.of().contains(operation)).toList();
    }

    public boolean isMetBy(List<Contract.Told> cases) {
        return cases.stream().map(Contract.Told::its).anyMatch(shown);
    }

    private static List<JsonNode> rows(ContractCase one, String pointer) {
        return one.output()
                .map(output -> output.at(pointer).valueStream().toList())
                .orElse(List.of());
    }

    /** -1 when there is no list. */
    private static int size(ContractCase one, String pointer) {
        return one.output()
                .map(output -> output.at(pointer))
                .filter(JsonNode::isArray)
                .map(JsonNode::size)
                .orElse(-1);
    }

    private static boolean flag(ContractCase one, String pointer, boolean wanted) {
        return one.output()
                .map(output -> output.at(pointer))
                .map(found -> found.isBoolean() && found.booleanValue() == wanted)
                .orElse(false);
    }

    private static boolean isOdd(String text) {
        return text.matches("(?s).*\\p{IsCyrillic}.*")
                && text.codePoints().anyMatch(Character::isSupplementaryCodePoint)
                && text.matches("(?s).*[<&\"].*");
    }
}
