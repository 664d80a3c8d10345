package io.patchbay.care;

import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.audit.Actor;
import io.patchbay.audit.Audit;
import io.patchbay.connection.Vault;
import io.patchbay.connection.VaultKeys;
import io.patchbay.connection.VaultProperties;
import io.patchbay.intake.IntakeProperties;
import io.patchbay.runtime.Databases;
import io.patchbay.runtime.RuntimeProperties;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a hub stands on, opened without starting it: the same settings as the hub's, from the same places. */
final class Premises implements AutoCloseable {

    /** Nothing but the settings. */
    @EnableConfigurationProperties({RuntimeProperties.class, VaultProperties.class, IntakeProperties.class})
    static class Settings {}

    private final RuntimeProperties runtime;
    private final IntakeProperties intake;
    private final Path connectors;
    private final VaultKeys keys;
    private final HikariDataSource database;

    private Premises(
            RuntimeProperties runtime,
            IntakeProperties intake,
            Path connectors,
            VaultKeys keys,
            HikariDataSource database) {
        this.runtime = runtime;
        this.intake = intake;
        this.connectors = connectors;
        this.keys = keys;
        this.database = database;
    }

    /** @param args settings as the hub takes them: {@code --patchbay.data-dir=data} */
    static Premises open(String... args) {
        try (var spring = settings(args)) {
            var runtime = spring.getBean(RuntimeProperties.class);
            var outer = runtime.database();
            return new Premises(
                    runtime,
                    spring.getBean(IntakeProperties.class),
                    Path.of(spring.getEnvironment().getProperty("patchbay.connectors-dir", "connectors")),
                    new VaultKeys(spring.getBean(VaultProperties.class), runtime.dataDir()),
                    Databases.open(
                            outer.url().isEmpty()
                                    ? "jdbc:sqlite:"
                                            + runtime.dataDir().toAbsolutePath().resolve("patchbay.db")
                                    : outer.url(),
                            outer.username(),
                            outer.password(),
                            2));
        }
    }

    /** Where the data folder is to be; nothing is opened. */
    static Path dataFolder(String... args) {
        try (var spring = settings(args)) {
            return spring.getBean(RuntimeProperties.class)
                    .dataDir()
                    .toAbsolutePath()
                    .normalize();
        }
    }

    private static ConfigurableApplicationContext settings(String... args) {
        return new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.root=ERROR")
                .run(args);
    }

    Path dataFolder() {
        return runtime.dataDir().toAbsolutePath().normalize();
    }

    /** The folder whose connectors add to those of the release; need not exist. */
    Path connectors() {
        return connectors;
    }

    boolean isSqlite() {
        return runtime.database().url().isEmpty() || runtime.database().url().startsWith("jdbc:sqlite:");
    }

    int mostOfDiskPercent() {
        return runtime.broker().maxDiskPercent();
    }

    String publicUrl() {
        return intake.publicUrl().toString();
    }

    VaultKeys keys() {
        return keys;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(database);
    }

    /** For what is done from the command line. */
    Audit audit(Vault vault) {
        return new Audit(jdbc(), transactions(), vault, Actor::commandLine, Clock.systemUTC());
    }

    TransactionTemplate transactions() {
        return new TransactionTemplate(Databases.transactions(database));
    }

    @Override
    public void close() {
        database.close();
    }
}
