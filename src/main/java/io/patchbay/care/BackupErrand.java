package io.patchbay.care;

import io.patchbay.intake.WaitingHooks;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The part of a back-up that only the running hub can do. While the reading of hooks stands still, those that were accepted and not read are copied, and then the
 * database: so each accepted hook is in the one or in the other. Hooks are accepted all the time, and everything else goes on.
 */
@Component
class BackupErrand implements Errand {

    static final String WORD = "backup";
    static final String DATABASE = "patchbay.db";
    static final String HOOKS = "hooks.bin";

    /** The route that reads hooks: routes/call/join.camel.yaml. */
    private static final String READING = "join";

    private static final long LONGEST_READING = 60; // seconds: a target that is asked while a hook is read

    private final CamelContext camel;
    private final WaitingHooks hooks;
    private final DataSource database;

    BackupErrand(CamelContext camel, WaitingHooks hooks, DataSource database) {
        this.camel = camel;
        this.hooks = hooks;
        this.database = database;
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public JsonNode run(JsonNode asked, Path folder) {
        var done = JsonNodeFactory.instance.objectNode();
        var sqlite = isSqlite();
        try {
            camel.getRouteController().stopRoute(READING, LONGEST_READING, TimeUnit.SECONDS);
            try {
                done.put("hooks", copyHooks(folder.resolve(HOOKS)));
                if (sqlite) {
                    JdbcClient.create(database)
                            .sql("VACUUM INTO ?")
                            .param(folder.resolve(DATABASE).toString())
                            .update();
                }
            } finally {
                camel.getRouteController().startRoute(READING);
            }
        } catch (CareException e) {
            throw e;
        } catch (Exception e) {
            throw new CareException("The back-up failed, and the hub goes on: " + e.getMessage(), e);
        }
        return done.put("database", sqlite ? "sqlite" : "postgresql");
    }

    /** @return how many */
    private long copyHooks(Path file) {
        var count = new long[1];
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            hooks.browse(bytes -> {
                try {
                    out.writeInt(bytes.length);
                    out.write(bytes);
                    count[0]++;
                } catch (IOException e) {
                    throw new UncheckedIOException("Could not write " + file + ".", e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file + ".", e);
        }
        return count[0];
    }

    private boolean isSqlite() {
        try (var connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("SQLite");
        } catch (SQLException e) {
            throw new CareException("The database does not answer.", e);
        }
    }
}
