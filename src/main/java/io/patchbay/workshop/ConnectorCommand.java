package io.patchbay.workshop;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.connector.YamlDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code connector check <dir>} and {@code connector try <dir> <operation> <file>}: the tools of who writes a connector, without a hub. */
@Command(name = "connector", description = "Tools of who writes a connector.", mixinStandardHelpOptions = true)
public final class ConnectorCommand {

    private static final String WORD = "connector";
    private static final int WRONG = 1;

    private final PrintWriter out;

    private ConnectorCommand(PrintWriter out) {
        this.out = out;
    }

    public static boolean isAsked(String[] args) {
        return args.length > 0 && args[0].equals(WORD);
    }

    /** @return 0 when all is well, 1 when something is wrong with the connector, 2 when the command was not understood */
    public static int run(String[] args, PrintWriter out) {
        try (var quiet = new OnlyRequestLines(out)) {
            return new CommandLine(new ConnectorCommand(out))
                    .setOut(out)
                    .setErr(out)
                    .setExecutionExceptionHandler((e, line, parsed) -> {
                        out.println(e.getMessage());
                        return WRONG;
                    })
                    .execute(List.of(args).subList(1, args.length).toArray(String[]::new));
        }
    }

    @Command(description = "Says everything that is wrong with a connector's folder, with file and line.")
    int check(@Parameters(paramLabel = "<dir>", description = "the connector's folder") Path dir) {
        try (var bench = new Workbench(folder(dir))) {
            bench.problems()
                    .forEach(problem -> out.println(dir.resolve(problem.file())
                            + (problem.line() > 0 ? ":" + problem.line() : "") + ": "
                            + (problem.field().isEmpty() ? "" : problem.field() + " ") + problem.text()));
            if (!bench.problems().isEmpty()) {
                return WRONG;
            }
            var connector = bench.connector().orElseThrow();
            var contract = Contract.of(dir);
            var open = openDemands(connector.can(), contract);
            open.forEach(out::println);
            out.println(connector.title() + ": " + connector.can().size() + " operations, "
                    + contract.cases().size() + " told cases, "
                    + (open.isEmpty() ? "all is well." : open.size() + " demands not met yet."));
            return open.isEmpty() ? 0 : WRONG;
        }
    }

    private static List<String> openDemands(Iterable<Operation> operations, Contract contract) {
        var open = new ArrayList<String>();
        for (var operation : operations) {
            if (contract.provenBy(operation).isEmpty()) {
                Demand.of(operation).stream()
                        .filter(demand ->
                                contract.exempt(operation, demand.word()).isEmpty())
                        .filter(demand -> !demand.isMetBy(contract.cases(operation)))
                        .forEach(demand -> open.add("contract: no case of " + operation.word() + " shows "
                                + demand.word() + ": tell one with " + demand.cure() + "."));
            }
        }
        return open;
    }

    @Command(
            name = "try",
            description =
                    "Runs an operation: the told cases of a file of contract/, or a real target with the settings and"
                            + " the input of a file {settings: {baseUrl: ..., token: ...}, tokens: {access, refresh},"
                            + " input: {...}}.")
    int tryOut(
            @Parameters(paramLabel = "<dir>", description = "the connector's folder") Path dir,
            @Parameters(paramLabel = "<operation>", description = "e.g. find-client") String word,
            @Parameters(paramLabel = "<file>", description = "YAML or JSON") Path file) {
        var operation =
                Operation.ofWord(word).orElseThrow(() -> new ContractProblem("There is no operation " + word + "."));
        try (var bench = new Workbench(folder(dir))) {
            if (bench.connector().isEmpty()) {
                bench.problems().forEach(out::println);
                return WRONG;
            }
            var asked = read(file);
            return asked.has("cases")
                    ? told(bench, Contract.of(dir).cases(operation), file)
                    : real(bench, operation, asked);
        }
    }

    private int told(Workbench bench, List<Contract.Told> all, Path file) {
        var wrong = 0;
        for (var told : all) {
            if (told.file().equals(file.getFileName().toString())) {
                try (var server = new ToldServer(told)) {
                    var problems = new ArrayList<String>();
                    out.println(told.its());
                    var connection = bench.connect(told.its().settings(), told.tokens(), Optional.of(server.address()));
                    play(bench, connection, told, problems);
                    problems.addAll(0, server.problemsAtTheEnd());
                    problems.forEach(problem -> out.println("  WRONG " + problem));
                    wrong += problems.isEmpty() ? 0 : 1;
                }
            }
        }
        return wrong == 0 ? 0 : WRONG;
    }

    private void play(
            Workbench bench,
            io.patchbay.connection.ConnectionId connection,
            Contract.Told told,
            List<String> problems) {
        try {
            var output = bench.run(connection, told.operation(), told.its().input());
            out.println("  " + output);
            told.its()
                    .output()
                    .ifPresentOrElse(
                            wanted -> problems.addAll(Contract.differences(wanted, output)),
                            () -> problems.add("a fault was told, and there came an output"));
        } catch (ConnectorException e) {
            out.println("  " + shown(e));
            var as = told.its().fault().map(ContractCase.Failure::is).orElse("an output");
            if (!as.equals(e.fault().name())) {
                problems.add("told " + as + ", and there came " + e.fault());
            }
        }
    }

    private int real(Workbench bench, Operation operation, JsonNode asked) {
        var settings = new LinkedHashMap<String, JsonNode>();
        asked.path("settings").properties().forEach(one -> settings.put(one.getKey(), one.getValue()));
        var tokens = asked.path("tokens").isObject()
                ? Optional.of(new ContractFile.Tokens(
                        asked.at("/tokens/access").asString(""),
                        asked.at("/tokens/refresh").asString(""),
                        null))
                : Optional.<ContractFile.Tokens>empty();
        var problems = problems(bench, settings);
        problems.forEach(out::println);
        if (!problems.isEmpty()) {
            return WRONG;
        }
        try {
            var connection = bench.connect(settings, tokens, Optional.empty());
            out.println(bench.run(connection, operation, asked.path("input")).toPrettyString());
            return 0;
        } catch (ConnectorException e) {
            out.println(shown(e));
            return WRONG;
        }
    }

    private static List<String> problems(Workbench bench, Map<String, JsonNode> given) {
        var connector = bench.connector().orElseThrow();
        var open = new LinkedHashMap<>(given);
        open.keySet()
                .removeIf(name -> Optional.ofNullable(connector.settings().get(name))
                        .map(setting -> setting.isSecret())
                        .orElse(false));
        var secret = new LinkedHashMap<>(given);
        secret.keySet().removeAll(open.keySet());
        return connector.problems(open, secret.keySet()).stream()
                .map(problem -> "settings." + problem.setting() + ": " + problem.reason())
                .toList();
    }

    private static String shown(ConnectorException e) {
        return e.fault() + (e.code().isEmpty() ? "" : " " + e.code()) + ": " + e.getMessage()
                + (e.retryAfter().isPositive() ? " Again in " + e.retryAfter().toSeconds() + " s." : "");
    }

    private static Path folder(Path dir) {
        if (!Files.isDirectory(dir)) {
            throw new ContractProblem("There is no folder " + dir + ".");
        }
        return dir;
    }

    private static JsonNode read(Path file) {
        try {
            return YamlDocument.of(Files.readString(file)).tree();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file + ".", e);
        } catch (YamlDocument.WrongYaml e) {
            throw new ContractProblem(file + ":" + e.line() + ": is no YAML: " + e.getMessage() + ".", e);
        }
    }
}
