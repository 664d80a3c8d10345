package io.patchbay.runtime;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the database's tables to what this release works with, and refuses those of a newer one: it would write what the newer one does not expect. */
final class Schema {

    private Schema() {}

    /** @throws StartRefusedException when a newer release has been here, or a migration cannot be run */
    static void migrate(Flyway flyway) {
        try {
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StartRefusedException(
                    "The tables of the database could not be brought to this release: " + firstLine(e) + ".",
                    "Nothing was lost. Start the release that ran before, or put back the database from before the"
                            + " upgrade.",
                    e);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        Arrays.stream(flyway.info().applied())
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .findFirst()
                .ifPresent(newer -> {
                    throw new StartRefusedException(
                            "The database was used by a newer Patchbay: its tables are at version " + newer
                                    + ", which this release does not know.",
                            "Start the newer release again, or put back the database from before the upgrade.");
                });
    }

    private static String firstLine(FlywayException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("[.:]$", "");
    }
}
