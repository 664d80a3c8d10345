package io.patchbay.care;

import io.patchbay.audit.Action;
import io.patchbay.audit.Deed;
import io.patchbay.company.Companies;
import io.patchbay.connection.KeyRotation;
import io.patchbay.runtime.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code doctor}, {@code rotate-key}, {@code backup}, {@code restore}, {@code export} and {@code import}: what who runs a hub does beside it. They take the hub's settings as the hub does. */
@Command(name = "patchbay", description = "Care of a hub.", mixinStandardHelpOptions = true)
public final class CareCommand {

    private static final Set<String> WORDS =
            Set.of("doctor", "rotate-key", "backup", "restore", "export", "import", "audit");
    private static final int WRONG = 1;

    private final PrintWriter out;

    private CareCommand(PrintWriter out) {
        this.out = out;
    }

    public static boolean isAsked(String[] args) {
        return args.length > 0 && WORDS.contains(args[0]);
    }

    /** @return 0 when all is well, 1 when a person must do something, 2 when the command was not understood */
    public static int run(String[] args, PrintWriter out) {
        return new CommandLine(new CareCommand(out))
                .addSubcommand("audit", new AuditCommand(out))
                .setOut(out)
                .setErr(out)
                .setUnmatchedOptionsArePositionalParams(true)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    out.println(e.getMessage());
                    return WRONG;
                })
                .execute(args);
    }

    @Command(
            description = "Says what is not well and what to do, a line each. The hub may run meanwhile.",
            mixinStandardHelpOptions = true)
    int doctor(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "<setting>",
                            description = "as the hub takes them: --patchbay.data-dir=data")
                    @Nullable
                    List<String> settings) {
        try (var premises = Premises.open(settings(settings))) {
            var findings = new Doctor(premises).look();
            findings.forEach(finding -> out.println(finding.line()));
            return findings.stream().allMatch(Doctor.Line::ok) ? 0 : WRONG;
        }
    }

    @Command(
            name = "rotate-key",
            description =
                    "Gives the vault a new key and seals all secrets anew. The hub must be stopped. May be cut and"
                            + " begun again.",
            mixinStandardHelpOptions = true)
    int rotateKey(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "<setting>",
                            description = "as the hub takes them: --patchbay.data-dir=data")
                    @Nullable
                    List<String> settings) {
        try (var premises = Premises.open(settings(settings));
                var held = DataFolder.take(premises.dataFolder())) {
            var keys = premises.keys();
            var vault = keys.open(premises.jdbc());
            var begun = premises.jdbc()
                            .sql("SELECT COUNT(*) FROM vault_key")
                            .query(Integer.class)
                            .single()
                    > 1;
            if (keys.isInFile() && !begun) {
                keys.change();
                vault = keys.open(premises.jdbc());
            }
            var done = new KeyRotation(premises.jdbc(), premises.transactions(), vault)
                    .run(rows -> out.println("sealed anew: " + rows));
            var audit = premises.audit(vault);
            new Companies(premises.jdbc())
                    .all()
                    .forEach(company ->
                            audit.note(company.id(), Deed.of(Action.KEY_ROTATED).with("values sealed anew", done)));
            out.println("Done: " + done + " values have the key " + vault.currentKeyId() + " in " + held.path() + ".");
            out.println(
                    keys.isInFile() && Files.exists(keys.previous())
                            ? "Copy " + keys.file()
                                    + " to where you keep it. Start the hub; when it has read what waited in"
                                    + " its queue, delete " + keys.previous() + "."
                            : "Start the hub; when it has read what waited in its queue, take the old key out of"
                                    + " patchbay.vault.previous-keys.");
            return 0;
        }
    }

    @Command(
            description = "Backs up the hub while it runs: database, recordings, and hooks that are not read yet.",
            mixinStandardHelpOptions = true)
    int backup(
            @Parameters(index = "0", paramLabel = "<file>", description = "is made, and must not be there") Path file,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "<setting>",
                            description = "as the hub takes them: --patchbay.data-dir=data")
                    @Nullable
                    List<String> settings) {
        var hub = new RunningHub(Premises.dataFolder(settings(settings)));
        try (var premises = Premises.open(settings(settings))) {
            new Backup(out).make(hub, premises, file.toAbsolutePath());
            return 0;
        }
    }

    @Command(
            description = "Puts a back-up into an empty data folder. A hub can be started there afterwards.",
            mixinStandardHelpOptions = true)
    int restore(
            @Parameters(index = "0", paramLabel = "<file>", description = "a back-up") Path file,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "<setting>",
                            description = "as the hub takes them: --patchbay.data-dir=data")
                    @Nullable
                    List<String> settings) {
        new Backup(out)
                .restore(
                        file.toAbsolutePath(),
                        Premises.dataFolder(settings(settings)),
                        () -> Premises.open(settings(settings)));
        return 0;
    }

    @Command(
            name = "export",
            description = "Writes the configuration of a running hub down, without secrets.",
            mixinStandardHelpOptions = true)
    int exportConfiguration(
            @Parameters(index = "0", paramLabel = "<file>", description = "a YAML file; is made or replaced") Path file,
            @Option(names = "--company", defaultValue = "1", description = "id of the company, 1 by default")
                    long company,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "<setting>",
                            description = "as the hub takes them: --patchbay.data-dir=data")
                    @Nullable
                    List<String> settings) {
        var asked = JsonNodeFactory.instance.objectNode().put("company", company);
        return new RunningHub(Premises.dataFolder(settings(settings))).ask(ExportErrand.WORD, asked, (done, files) -> {
            write(file, done.path("text").asString(""));
            out.println("Written to " + file + ".");
            return 0;
        });
    }

    @Command(
            name = "import",
            description = "Says what a configuration would change in a running hub; with --apply it is changed.",
            mixinStandardHelpOptions = true)
    int importConfiguration(
            @Parameters(index = "0", paramLabel = "<file>", description = "a YAML file as export writes it") Path file,
            @Option(names = "--apply", description = "do it") boolean apply,
            @Option(names = "--company", defaultValue = "1", description = "id of the company, 1 by default")
                    long company,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "<setting>",
                            description = "as the hub takes them: --patchbay.data-dir=data")
                    @Nullable
                    List<String> settings) {
        var asked = JsonNodeFactory.instance
                .objectNode()
                .put("company", company)
                .put("text", read(file))
                .put("apply", apply);
        return new RunningHub(Premises.dataFolder(settings(settings))).ask(ImportErrand.WORD, asked, (done, files) -> {
            done.path("problems").forEach(problem -> out.println(file + ", " + problem.asString("")));
            if (!done.path("problems").isEmpty()) {
                return WRONG;
            }
            done.path("steps").forEach(step -> out.println((apply ? "done: " : "would: ") + step.asString("")));
            if (done.path("steps").isEmpty()) {
                out.println("All is as the file says.");
            }
            done.path("secrets").forEach(secret -> out.println("enter the secrets of " + secret.asString("")));
            return 0;
        });
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CareException(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CareException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    static String[] settings(@Nullable List<String> given) {
        return given == null ? new String[0] : given.toArray(String[]::new);
    }
}
