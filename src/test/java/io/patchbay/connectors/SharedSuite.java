package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.connectors.ContractBench.Result;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.workshop.Contract;
import io.patchbay.workshop.ToldAnswer;
import io.patchbay.workshop.ToldServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What every operation has to bear, made from its own good case: the target refuses, is slow, answers rubbish; the input is odd. */
final class SharedSuite {

    /** What may be exempted. */
    static final Set<String> WORDS = Set.of(
            "wrong-login",
            "expired",
            "limit",
            "server-error",
            "cut",
            "silence",
            "garbage",
            "html",
            "empty",
            "odd-input");

    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final Set<Fault> PASSING = Set.of(Fault.BUSY, Fault.UNREACHABLE);
    private static final Set<Operation> NEED_AN_ID = Set.of(
            Operation.CREATE_CLIENT,
            Operation.OPEN_CALL,
            Operation.LOG_CALL,
            Operation.CREATE_TASK,
            Operation.ORIGINATE,
            Operation.SUBSCRIBE);

    private final ContractBench bench;
    private final String connector;
    private final Contract.Told good;
    private final Contract contract;
    private final int requests;

    SharedSuite(ContractBench bench, String connector, Contract.Told good, Contract contract) {
        this.bench = bench;
        this.connector = connector;
        this.good = good;
        this.contract = contract;
        this.requests = good.its().exchanges().size();
    }

    Stream<DynamicTest> tests() {
        var tests = new ArrayList<DynamicTest>();
        add(tests, "odd-input", "bears odd input", this::bearsOddInput);
        if (requests == 0) {
            return tests.stream();
        }
        add(tests, "wrong-login", "a wrong login is SETUP", this::wrongLoginIsSetup);
        if (good.says().renewal().isPresent()) {
            add(tests, "expired", "an expired token is renewed once", this::expiredIsRenewedOnce);
        }
        add(tests, "limit", "a limit is BUSY at the right time", this::limitIsBusy);
        add(tests, "server-error", "a server error passes, at every request", () -> passes(server(503)));
        add(tests, "cut", "a cut connection is UNREACHABLE, at every request", () -> passes(Misbehaviour.cut()));
        add(tests, "silence", "silence is UNREACHABLE", this::silenceIsUnreachable);
        add(
                tests,
                "garbage",
                "garbage is no success",
                () -> passes(Misbehaviour.answer(Reply.json(200, "{\"result\": [1, 2"))));
        add(
                tests,
                "html",
                "a web page is no success",
                () -> passes(Misbehaviour.answer(
                        Reply.of(200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body>Log in</body></html>"))));
        add(tests, "empty", "an empty answer is no success and no crash", this::bearsEmptyAnswers);
        return tests.stream();
    }

    private void add(List<DynamicTest> tests, String word, String name, Runnable test) {
        if (contract.exempt(good.operation(), word).isEmpty()) {
            tests.add(dynamicTest(name, test::run));
        }
    }

    private static Misbehaviour server(int status) {
        return Misbehaviour.answer(Reply.of(status, "text/html", "<h1>" + status + "</h1>"));
    }

    private ToldAnswer said(java.util.Optional<ToldAnswer> answer, String word) {
        return answer.orElseThrow(() -> new AssertionError(
                "connectors/" + connector + "/contract/target.yaml does not say how the target answers: says." + word));
    }

    private void wrongLoginIsSetup() {
        try (var server = new ToldServer(good)) {
            server.misbehave(
                    atBase(server),
                    ALWAYS,
                    said(good.says().wrongLogin(), "wrongLogin").asMisbehaviour());
            var result = run(server);

            assertFault(result, Set.of(Fault.SETUP));
            assertThat(server.problems()).isEmpty();
        }
    }

    /** Requests that are told, not those for a new token. */
    private java.util.function.Predicate<io.patchbay.sandbox.Request> atBase(ToldServer server) {
        return request -> !server.isRenewal(request);
    }

    private void expiredIsRenewedOnce() {
        try (var server = new ToldServer(good)) {
            server.misbehave(
                    request -> true, 1, said(good.says().expired(), "expired").asMisbehaviour());
            var result = run(server);

            assertThat(server.renewals()).as("renewals").isEqualTo(1);
            ContractBench.assertAsTold(good, server, result);
        }
    }

    private void limitIsBusy() {
        var limit = good.says()
                .limit()
                .orElseThrow(() -> new AssertionError("connectors/" + connector
                        + "/contract/target.yaml does not say how the target limits: says.limit"));
        try (var server = new ToldServer(good)) {
            var connected = bench.connect(connector, good, server);
            server.misbehave(request -> true, 1, limit.answer().asMisbehaviour());
            var result = ContractBench.run(connected, good, good.its().input());

            assertFault(result, Set.of(Fault.BUSY));
            assertThat(result.fault().orElseThrow().retryAfter()).hasSeconds(limit.seconds());
            assertGoesOn(server, connected, limit.seconds());
        }
    }

    private void assertGoesOn(ToldServer server, ContractBench.Connected connected, long seconds) {
        connected.bench().clock().advance(Duration.ofSeconds(seconds));
        server.behave();
        server.again();
        ContractBench.assertAsTold(
                good, server, ContractBench.run(connected, good, good.its().input()));
    }

    /** Whatever request of the flow it hits, the work comes again later, and then it succeeds. */
    private void passes(Misbehaviour how) {
        var exchanges = good.its().exchanges();
        IntStream.range(0, requests).filter(i -> !exchanges.get(i).mayFail()).forEach(i -> {
            try (var server = new ToldServer(good)) {
                var connected = bench.connect(connector, good, server);
                server.misbehave(request -> server.requests().size() == i + 1, 1, how);
                var result = ContractBench.run(connected, good, good.its().input());

                assertThat(result.fault())
                        .as("request " + (i + 1) + " was spoilt, and there came " + result)
                        .isPresent();
                assertThat(result.fault().orElseThrow().fault())
                        .as("request " + (i + 1) + ": " + result)
                        .isIn(PASSING);
                assertGoesOn(server, connected, 120);
            }
        });
    }

    private void silenceIsUnreachable() {
        try (var server = new ToldServer(good)) {
            var connected = bench.connectInHaste(connector, good, server);
            server.misbehave(request -> true, 1, Misbehaviour.hang());

            assertFault(ContractBench.run(connected, good, good.its().input()), Set.of(Fault.UNREACHABLE));
        }
    }

    private void bearsEmptyAnswers() {
        for (var empty : List.of(
                Reply.empty(204),
                Reply.json(200, ""),
                Reply.json(200, "{}"),
                Reply.json(200, "[]"),
                Reply.json(200, "null"))) {
            try (var server = new ToldServer(good)) {
                server.misbehave(request -> true, ALWAYS, Misbehaviour.answer(empty));
                var result = run(server);
                var shown = empty.status() + " '" + new String(empty.body()) + "' everywhere, and there came " + result;

                result.fault()
                        .ifPresent(fault -> assertThat(fault.fault()).as(shown).isNotEqualTo(Fault.OURS));
                if (NEED_AN_ID.contains(good.operation())
                        && idOf(good.its().output().orElseThrow()).isPresent()) {
                    result.output()
                            .ifPresent(
                                    output -> assertThat(idOf(output)).as(shown).isPresent());
                }
                if (good.operation() == Operation.FIND_LOGGED_CALL) {
                    result.output()
                            .ifPresent(output -> assertThat(output.path("found").asBoolean(true))
                                    .as(shown)
                                    .isFalse());
                }
            }
        }
    }

    /** How what was made is known from now on; texts such as "null" are none. */
    private static java.util.Optional<String> idOf(JsonNode output) {
        return Stream.of("id", "call", "subscription")
                .map(name -> output.path(name).asString(""))
                .filter(id -> !id.isEmpty() && !id.equals("null"))
                .findFirst();
    }

    /** Members missing, null, or full of what people really type: never a crash of ours. */
    private void bearsOddInput() {
        for (var odd : oddInputs()) {
            try (var server = new ToldServer(good)) {
                server.misbehave(request -> true, ALWAYS, usualAnswer());
                var result = ContractBench.run(bench.connect(connector, good, server), good, odd);

                result.fault()
                        .ifPresent(fault -> assertThat(fault.fault())
                                .as("the input " + odd + ", and there came " + result)
                                .isNotEqualTo(Fault.OURS));
            }
        }
    }

    private Misbehaviour usualAnswer() {
        return requests == 0
                ? Misbehaviour.answer(Reply.json(200, "{}"))
                : good.its().exchanges().getFirst().answer().asMisbehaviour();
    }

    private List<JsonNode> oddInputs() {
        var all = new ArrayList<JsonNode>();
        var input = good.its().input();
        all.add(JsonNodeFactory.instance.objectNode());
        input.propertyNames().forEach(name -> {
            all.add(with(input, name, JsonNodeFactory.instance.nullNode()));
            if (input.path(name).isString()) {
                all.add(with(
                        input, name, JsonNodeFactory.instance.stringNode("Ёлка 🚚 <b>&amp;\"'\\\n\t%22{x} ООО «Ы»")));
                all.add(with(input, name, JsonNodeFactory.instance.stringNode("")));
            }
        });
        if (input.path("call").isObject()) {
            for (var kind : List.of("HIDDEN", "EXTENSION", "MALFORMED")) {
                var call = (ObjectNode) input.path("call").deepCopy();
                call.put("clientNumberKind", kind).putNull("clientNumber").putNull("clientNational");
                call.put(
                        "clientNumberRaw",
                        kind.equals("HIDDEN") ? "anonymous" : kind.equals("EXTENSION") ? "201" : "+7(9");
                all.add(with(input, "call", call));
            }
        }
        return all;
    }

    private static JsonNode with(JsonNode input, String name, JsonNode value) {
        var copy = (ObjectNode) input.deepCopy();
        copy.set(name, value);
        return copy;
    }

    private Result run(ToldServer server) {
        return ContractBench.run(
                bench.connect(connector, good, server), good, good.its().input());
    }

    private static void assertFault(Result result, Set<Fault> wanted) {
        assertThat(result.fault()).as("there came " + result).isPresent();
        assertThat(result.fault().orElseThrow().fault()).as(result.toString()).isIn(wanted);
    }
}
