package io.patchbay.workshop;

import io.patchbay.connector.Operation;
import io.patchbay.connector.YamlDocument;
import io.patchbay.workshop.ContractFile.Says;
import io.patchbay.workshop.ContractFile.Signed;
import io.patchbay.workshop.ContractFile.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything that is told about one connector in the files of its {@code contract/} folder. */
public final class Contract {

    private static final String TARGET = "target.yaml";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final List<Told> cases = new ArrayList<>();
    private final Map<String, Map<String, String>> exempt = new TreeMap<>();
    private final Map<String, String> provenBy = new TreeMap<>();

    private Contract() {}

    /** A case with what its file says about the target. */
    public record Told(String file, ContractCase its, Optional<Tokens> tokens, Signed signed, Says says) {

        public Operation operation() {
            return its.asked();
        }

        public Told with(ContractCase other) {
            return new Told(file, other, tokens, signed, says);
        }

        @Override
        public String toString() {
            return its.name();
        }
    }

    /**
     * Reads {@code <connector>/contract/*.yaml}.
     *
     * @throws ContractProblem when a file is not in the form of docs/connectors/kit.md
     */
    public static Contract of(Path connector) {
        var contract = new Contract();
        var folder = connector.resolve("contract");
        var target = Files.exists(folder.resolve(TARGET))
                ? read(folder.resolve(TARGET))
                : new ContractFile(null, null, null, null, Map.of(), Map.of(), List.of());
        for (var file : files(folder)) {
            contract.add(file.getFileName().toString(), read(file).after(target));
        }
        return contract;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var inside = Files.list(folder)) {
            return inside.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list " + folder + ".", e);
        }
    }

    private static ContractFile read(Path file) {
        try {
            var document = YamlDocument.of(Files.readString(file));
            try {
                return JSON.treeToValue(document.tree(), ContractFile.class);
            } catch (DatabindException e) {
                var path = path(e);
                throw new ContractProblem(
                        file + ", line " + document.line(path) + ", " + path + ": " + e.getOriginalMessage(), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file + ".", e);
        } catch (YamlDocument.WrongYaml e) {
            throw new ContractProblem(file + ", line " + e.line() + ": is no YAML: " + e.getMessage(), e);
        }
    }

    private static String path(DatabindException e) {
        var path = new StringBuilder();
        e.getPath().forEach(step -> {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        });
        return path.toString();
    }

    private void add(String name, ContractFile file) {
        exempt.putAll(file.exempt());
        provenBy.putAll(file.provenBy());
        for (var one : file.cases()) {
            if (one.output().isPresent() == one.fault().isPresent()) {
                throw new ContractProblem(
                        name + ", '" + one.name() + "': tell either an output or a fault, and only one of them.");
            }
            one.asked();
            cases.add(new Told(
                    name,
                    one.with(file.settings() == null ? Map.of() : file.settings()),
                    Optional.ofNullable(file.tokens()),
                    file.signed() == null ? Signed.NOTHING : file.signed(),
                    file.says() == null ? Says.NOTHING : file.says()));
        }
    }

    public List<Told> cases() {
        return List.copyOf(cases);
    }

    public List<Told> cases(Operation operation) {
        return cases.stream().filter(one -> one.operation() == operation).toList();
    }

    /** The case that shows an operation going well: the first. */
    public Optional<Told> good(Operation operation) {
        return cases(operation).stream().filter(one -> one.its().isGood()).findFirst();
    }

    /** Why an operation need not meet a demand. */
    public Optional<String> exempt(Operation operation, String demand) {
        return Optional.ofNullable(
                exempt.getOrDefault(operation.word(), Map.of()).get(demand));
    }

    /** What the exemptions name: operation -> demands. */
    public Map<String, Map<String, String>> exemptions() {
        return exempt;
    }

    /** The test class that proves an operation instead of told cases. */
    public Optional<String> provenBy(Operation operation) {
        return Optional.ofNullable(provenBy.get(operation.word()));
    }

    /** A line for each difference between a told output and the one that came, empty when they are alike. */
    public static List<String> differences(JsonNode told, JsonNode came) {
        return Likeness.differences("output", told, came);
    }
}
