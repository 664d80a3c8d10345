package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.patchbay.connector.Operation;
import io.patchbay.workshop.Contract;
import io.patchbay.workshop.ContractProblem;
import io.patchbay.workshop.Demand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Everything a connector is held to, from its declaration and its told cases. */
final class ContractSuite {

    private final ContractBench bench;
    private final Path connectors;

    ContractSuite(ContractBench bench, Path connectors) {
        this.bench = bench;
        this.connectors = connectors;
    }

    DynamicNode connector(String id) {
        try {
            return connector(id, Contract.of(connectors.resolve(id)));
        } catch (ContractProblem e) {
            return dynamicTest(id + " tells its cases in the right form", () -> {
                throw e;
            });
        }
    }

    private DynamicNode connector(String id, Contract contract) {
        return dynamicContainer(
                id,
                Stream.concat(
                        Stream.of(
                                dynamicTest("names only what it declares", () -> namesOnlyWhatItDeclares(id, contract)),
                                dynamicTest(
                                        "has no exemption that is not needed", () -> noIdleExemption(id, contract))),
                        Stream.of(Operation.values())
                                .filter(operation -> System.getProperty("operation", operation.word())
                                        .equals(operation.word()))
                                .map(operation -> dynamicContainer(
                                        operation.word(),
                                        bench.connector(id).declares(operation)
                                                ? declared(id, contract, operation)
                                                : Stream.of(dynamicTest(
                                                        "is refused",
                                                        () -> bench.assertNotSupported(id, operation)))))));
    }

    private Stream<DynamicTest> declared(String id, Contract contract, Operation operation) {
        var elsewhere = contract.provenBy(operation);
        var tests = new ArrayList<DynamicTest>();
        var cases = contract.cases(operation);
        if (elsewhere.isPresent()) {
            tests.add(dynamicTest("is proven by " + elsewhere.get(), () -> assertProvenBy(elsewhere.get(), operation)));
        } else {
            Demand.of(operation).stream()
                    .filter(demand -> contract.exempt(operation, demand.word()).isEmpty())
                    .forEach(demand ->
                            tests.add(dynamicTest("shows " + demand.word(), () -> assertMet(id, demand, cases))));
        }
        cases.forEach(told -> tests.add(dynamicTest(told.its().name(), () -> bench.assertAsTold(id, told))));
        contract.good(operation)
                .ifPresent(good ->
                        new SharedSuite(bench, id, good, contract).tests().forEach(tests::add));
        return tests.stream();
    }

    private static void assertMet(String id, Demand demand, List<Contract.Told> cases) {
        if (!demand.isMetBy(cases)) {
            fail(
                    "connectors/%s/contract has no case that shows %s: tell one with %s, or exempt it with a reason in"
                            + " target.yaml.",
                    id, demand.word(), demand.cure());
        }
    }

    /** The class is there and asks for the operation; whether it does so well is for who reads it. */
    private static void assertProvenBy(String test, Operation operation) throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            var file = files.filter(f -> f.getFileName().toString().equals(test + ".java"))
                    .findFirst();
            assertThat(file)
                    .as("The test class " + test + " that is to prove it")
                    .isPresent();
            var text = Files.readString(file.get());
            assertThat(text.contains(operation.name()) || text.contains(operation.word()))
                    .as(test + " asks for " + operation.word())
                    .isTrue();
        }
    }

    private void namesOnlyWhatItDeclares(String id, Contract contract) {
        var connector = bench.connector(id);
        assertThat(contract.cases())
                .as("cases of operations that connector.yaml does not declare")
                .filteredOn(told -> !connector.declares(told.operation()))
                .isEmpty();
    }

    private void noIdleExemption(String id, Contract contract) {
        contract.exemptions().forEach((word, demands) -> {
            var operation = Operation.ofWord(word).orElseThrow();
            assertThat(bench.connector(id).declares(operation))
                    .as(word + " is declared")
                    .isTrue();
            demands.forEach((demand, why) -> {
                assertThat(why).as("a reason for " + word + " " + demand).isNotBlank();
                var known = Demand.of(operation).stream()
                        .filter(one -> one.word().equals(demand))
                        .findFirst();
                if (known.isPresent()) {
                    assertThat(known.get().isMetBy(contract.cases(operation)))
                            .as(word + " shows " + demand + " now: the exemption can go")
                            .isFalse();
                } else {
                    assertThat(SharedSuite.WORDS).as("demands there are").contains(demand);
                }
            });
        });
    }
}
