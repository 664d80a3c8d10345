package io.patchbay.care;

import io.patchbay.runtime.Databases;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code backup} and {@code restore}: see docs/backup.md. */
final class Backup {

    private static final String SCHEMA =
            "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1";

    private final PrintWriter out;

    Backup(PrintWriter out) {
        this.out = out;
    }

    void make(RunningHub hub, Premises premises, Path target) {
        if (Files.exists(target)) {
            throw new CareException(target + " is there already. Name another file.");
        }
        hub.ask(BackupErrand.WORD, JsonNodeFactory.instance.objectNode(), (done, folder) -> {
            var database = done.path("database").asString("");
            var files = new TreeMap<String, Path>();
            files.put(BackupErrand.HOOKS, folder.resolve(BackupErrand.HOOKS));
            if (database.equals("sqlite")) {
                files.put(BackupErrand.DATABASE, folder.resolve(BackupErrand.DATABASE));
            }
            var recordings = recordings(premises.dataFolder().resolve("recordings"));
            files.putAll(recordings);
            Archive.write(target, schema(premises.jdbc()), database, files);
            out.println("Backed up to " + target + ": " + recordings.size() + " recordings, "
                    + done.path("hooks").asLong() + " hooks on their way.");
            if (database.equals("postgresql")) {
                out.println("Now run pg_dump: the database itself is not in it.");
            }
            out.println("The key of the vault is not in it: keep a copy of it in another place.");
            return done;
        });
    }

    private static Map<String, Path> recordings(Path folder) {
        var files = new TreeMap<String, Path>();
        if (Files.isDirectory(folder)) {
            try (var all = Files.list(folder)) {
                all.filter(file -> !file.toString().endsWith(".part"))
                        .forEach(file -> files.put("recordings/" + file.getFileName(), file));
            } catch (IOException e) {
                throw new UncheckedIOException("The recordings in " + folder + " cannot be read.", e);
            }
        }
        return files;
    }

    private static String schema(JdbcClient jdbc) {
        return jdbc.sql(SCHEMA).query(String.class).single();
    }

    /** @param outer opens an outer database; it is asked for only when the back-up is of one */
    void restore(Path archive, Path data, Supplier<Premises> outer) {
        refuseFilled(data);
        var manifest = Archive.manifest(archive);
        var schema = manifest.path("schema").asString("");
        if (manifest.path("format").asInt() != Archive.FORMAT || !schema.equals(ofThisRelease())) {
            throw new CareException("The back-up is of tables at version " + schema + ", this release has version "
                    + ofThisRelease() + ": restore it with the release that made it, and upgrade afterwards.");
        }
        var staging = data.resolveSibling(data.getFileName() + ".restoring-" + UUID.randomUUID());
        try {
            Files.createDirectories(staging);
            Archive.unpack(archive, manifest, staging);
            var hooks = hooks(staging, manifest.path("database").asString(""), outer);
            Files.delete(staging.resolve(BackupErrand.HOOKS));
            Files.deleteIfExists(data);
            Files.move(staging, data, StandardCopyOption.ATOMIC_MOVE);
            out.println("Restored to " + data + "; " + hooks + " hooks are read when the hub starts.");
            out.println(
                    "Put your copy of the vault's key there (vault.key), unless it stands in the settings; then start"
                            + " the hub.");
        } catch (IOException e) {
            throw new UncheckedIOException("The back-up could not be restored to " + data + ".", e);
        } finally {
            if (Files.exists(staging)) {
                RunningHub.remove(staging);
            }
        }
    }

    private static void refuseFilled(Path data) {
        try {
            if (Files.exists(data)) {
                try (var files = Files.list(data)) {
                    if (files.findAny().isPresent()) {
                        throw new CareException(
                                data + " is not empty. Restore into an empty folder: --patchbay.data-dir=<folder>");
                    }
                }
            }
        } catch (IOException e) {
            throw new CareException(data + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static long hooks(Path staging, String database, Supplier<Premises> outer) {
        var file = staging.resolve(BackupErrand.HOOKS);
        if (database.equals("postgresql")) {
            try (var premises = outer.get()) {
                return hooks(file, premises.jdbc(), premises.transactions());
            }
        }
        var url = "jdbc:sqlite:" + staging.resolve(BackupErrand.DATABASE);
        try (var opened = Databases.open(url, "", "", 1)) {
            return hooks(file, JdbcClient.create(opened), new TransactionTemplate(Databases.transactions(opened)));
        }
    }

    private static long hooks(Path file, JdbcClient jdbc, TransactionTemplate transactions) {
        var count = new long[1];
        transactions.executeWithoutResult(status -> {
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                for (; ; count[0]++) {
                    jdbc.sql("INSERT INTO restored_hook (sealed) VALUES (?)")
                            .param(in.readNBytes(in.readInt()))
                            .update();
                }
            } catch (EOFException allRead) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException("The hooks of the back-up cannot be read.", e);
            }
        });
        return count[0];
    }

    /** The newest migration this jar has. */
    private static String ofThisRelease() {
        try {
            var newest = "0";
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/V*.sql")) {
                var name = String.valueOf(file.getFilename());
                var version = name.substring(1, name.indexOf("__")).replace('_', '.');
                newest = later(version, newest) ? version : newest;
            }
            return newest;
        } catch (IOException e) {
            throw new UncheckedIOException("This release does not know its tables.", e);
        }
    }

    private static boolean later(String one, String other) {
        return MigrationVersion.fromVersion(one)
                .isNewerThan(MigrationVersion.fromVersion(other).getVersion());
    }
}
