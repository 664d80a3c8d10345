package io.patchbay.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.runtime.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A migrated, empty database of either kind. Storage tests run on both: {@code @ParameterizedTest @EnumSource(TestDatabase.Kind.class)}. */
public final class TestDatabase implements AutoCloseable {

    public enum Kind {
        SQLITE,
        POSTGRESQL
    }

    private static final Postgres POSTGRES = new Postgres();

    private final HikariDataSource dataSource;
    private final PlatformTransactionManager transactions;
    private final Path folder;

    private TestDatabase(HikariDataSource dataSource, Path folder) {
        this.dataSource = dataSource;
        this.transactions = Databases.transactions(dataSource);
        this.folder = folder;
        Flyway.configure()
                .dataSource(dataSource)
                .placeholders(Databases.placeholders(dataSource.getJdbcUrl()))
                .load()
                .migrate();
    }

    public static TestDatabase of(Kind kind) {
        try {
            var folder = Files.createTempDirectory("patchbay-db");
            return switch (kind) {
                case SQLITE ->
                    new TestDatabase(Databases.open("jdbc:sqlite:" + folder.resolve("test.db"), "", "", 8), folder);
                case POSTGRESQL ->
                    new TestDatabase(Databases.open(POSTGRES.freshDatabase(), "postgres", "", 8), folder);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HikariDataSource dataSource() {
        return dataSource;
    }

    /** A folder that goes with the database when it is closed. */
    public Path folder() {
        return folder;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    public PlatformTransactionManager transactionManager() {
        return transactions;
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(transactions);
    }

    @Override
    public void close() {
        dataSource.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server for the whole test run, started when first asked for. */
    private static final class Postgres {
        private EmbeddedPostgres server;
        private int databases;

        private synchronized String freshDatabase() throws IOException {
            if (server == null) {
                server = EmbeddedPostgres.builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
            }
            var name = "test" + ++databases;
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException("Could not make a test database.", e);
            }
            return server.getJdbcUrl("postgres", name);
        }

        private void stop() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
