package io.patchbay.care;

import io.patchbay.connector.Connectors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks at what a hub stands on. It changes nothing, and one thing that is not well keeps it from no other. */
final class Doctor {

    private static final Duration CLOCK = Duration.ofMinutes(2);
    private static final long LITTLE_SPACE = 1L << 30; // bytes: a day of hooks and recordings of a small company

    private final Premises premises;

    Doctor(Premises premises) {
        this.premises = premises;
    }

    /** @param cure what to do; empty when it is well */
    record Line(String what, boolean ok, String found, String cure) {

        String line() {
            return (ok ? "ok    " : "WRONG ") + what + ": " + found + (cure.isEmpty() ? "" : " " + cure);
        }
    }

    List<Line> look() {
        var lines = new ArrayList<Line>();
        lines.add(seen("database", this::database));
        lines.add(seen("key", this::key));
        lines.add(seen("broker", this::broker));
        lines.add(seen("disk", this::disk));
        lines.add(seen("clock", this::clock));
        lines.add(seen("address", this::address));
        lines.add(seen("tokens", this::tokens));
        lines.add(seen("connections", this::connections));
        lines.add(seen("connectors", this::connectors));
        return lines;
    }

    private static Line seen(String what, Supplier<Line> look) {
        try {
            return look.get();
        } catch (RuntimeException e) {
            return new Line(what, false, firstLine(e), "Cure that, and ask again.");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private Line database() {
        var version = premises.jdbc()
                .sql("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1")
                .query(String.class)
                .single();
        if (premises.isSqlite()) {
            var said = premises.jdbc()
                    .sql("PRAGMA quick_check(1)")
                    .query(String.class)
                    .single();
            if (!said.equals("ok")) {
                return new Line("database", false, "damaged: " + said, "Put back the file from a back-up.");
            }
        }
        return new Line("database", true, "answers, tables at version " + version, "");
    }

    private Line key() {
        var keys = premises.keys();
        if (keys.isInFile() && !Files.exists(keys.file())) {
            return new Line("key", false, "the file " + keys.file() + " is missing.", "Put it back from your copy.");
        }
        var used = premises.jdbc()
                .sql("SELECT COUNT(*) FROM vault_key")
                .query(Integer.class)
                .single();
        var vault = keys.open(premises.jdbc());
        if (used > 1) {
            return new Line(
                    "key",
                    false,
                    "a change of the key was begun and is not done.",
                    "Stop the hub and run: patchbay rotate-key");
        }
        return new Line("key", true, "opens what is stored, id " + vault.currentKeyId(), "");
    }

    private Line broker() {
        var journal = premises.dataFolder().resolve("broker").resolve("journal");
        if (!Files.isDirectory(journal)) {
            return new Line("broker", true, "no embedded journal: an outer broker is used, or the hub never ran", "");
        }
        try (var files = Files.list(journal)) {
            var all = files.filter(Files::isRegularFile).toList();
            var dark = all.stream()
                    .filter(file -> !Files.isReadable(file) || !Files.isWritable(file))
                    .findFirst();
            return dark.map(file -> new Line(
                            "broker", false, file + " cannot be read and written.", "Give it to the hub's user."))
                    .orElseGet(() -> new Line("broker", true, all.size() + " journal files", ""));
        } catch (IOException e) {
            return new Line("broker", false, firstLine(e), "Give the folder to the hub's user.");
        }
    }

    private Line disk() {
        try {
            var store = Files.getFileStore(premises.dataFolder());
            var free = store.getUsableSpace();
            var used = 100 - (int) (free * 100 / Math.max(1, store.getTotalSpace()));
            return free < LITTLE_SPACE || used >= premises.mostOfDiskPercent()
                    ? new Line(
                            "disk",
                            false,
                            (free >> 20) + " MiB are left, " + used + " % are used.",
                            "Make room: beyond " + premises.mostOfDiskPercent() + " % the broker takes no hooks.")
                    : new Line("disk", true, (free >> 20) + " MiB are left", "");
        } catch (IOException e) {
            return new Line("disk", false, firstLine(e), "See that the data folder is there.");
        }
    }

    /** What was stored lies in the past, unless the clock went back. */
    private Line clock() {
        var newest = premises.jdbc()
                .sql("SELECT COALESCE(MAX(received_at), 0) FROM raw_hook")
                .query(Long.class)
                .single();
        var ahead = Duration.between(Instant.now(), Instant.ofEpochMilli(newest));
        return ahead.compareTo(CLOCK) > 0
                ? new Line(
                        "clock",
                        false,
                        "the last hook came " + ahead.toMinutes() + " minutes from now.",
                        "Set the machine's clock by NTP.")
                : new Line("clock", true, Instant.now().toString(), "");
    }

    private Line address() {
        var url = URI.create(premises.publicUrl());
        if (List.of("localhost", "127.0.0.1").contains(String.valueOf(url.getHost()))) {
            return new Line(
                    "address",
                    false,
                    url + " is this machine only.",
                    "Set patchbay.intake.public-url to the address under which the outside reaches the hub.");
        }
        if (!"https".equals(url.getScheme())) {
            return new Line("address", false, url + " is not encrypted.", "Put a TLS proxy before the hub: https.");
        }
        try (var outside = new Outside()) {
            var status = outside.statusOf(URI.create(url + "/hooks/doctor"));
            return status == 404 // the hub says so of a hook it does not know
                    ? new Line("address", true, url + " leads to a hub", "")
                    : new Line(
                            "address",
                            false,
                            url + "/hooks/ answers " + status + ".",
                            "Let the proxy pass /hooks/ on to the hub, which answers 404 here.");
        }
    }

    private Line tokens() {
        var lost = premises.jdbc()
                .sql("SELECT COUNT(*) FROM token t JOIN connection c ON c.id = t.connection_id WHERE t.asked_at IS NOT"
                        + " NULL AND c.removed_at IS NULL")
                .query(Integer.class)
                .single();
        return lost > 0
                ? new Line(
                        "tokens",
                        false,
                        lost + " renewals were never answered.",
                        "Check these connections; connect them anew where the check fails.")
                : new Line("tokens", true, "every renewal was answered", "");
    }

    private Line connections() {
        var red = premises.jdbc().sql("""
            SELECT c.title FROM connection c JOIN connection_health h ON h.connection_id = c.id
            WHERE c.removed_at IS NULL AND c.enabled AND (h.fault = 'SETUP' OR h.deaf_since IS NOT NULL)\
            """).query(String.class).list();
        return red.isEmpty()
                ? new Line("connections", true, "none is red", "")
                : new Line("connections", false, "red: " + String.join(", ", red) + ".", "Their pages say what to do.");
    }

    private Line connectors() {
        var aside = Connectors.onClassPathAnd(premises.connectors()).setAside();
        return aside.isEmpty()
                ? new Line("connectors", true, "every folder is whole", "")
                : new Line(
                        "connectors",
                        false,
                        "set aside: " + String.join(", ", aside.keySet()) + ".",
                        "Run: patchbay connector check <folder>");
    }
}
