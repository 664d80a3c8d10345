package io.patchbay.runtime;

import com.zaxxer.hikari.HikariConfig;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** One schema and one set of statements for two databases: SQLite in the data folder, or an outer PostgreSQL. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RuntimeProperties.class)
class DatabaseConfiguration {

    @Bean
    DataFolder dataFolder(RuntimeProperties properties) {
        return DataFolder.take(properties.dataDir());
    }

    @Bean
    DataSource dataSource(RuntimeProperties properties, DataFolder folder) {
        var database = properties.database();
        var url = database.url().isEmpty() ? "jdbc:sqlite:" + folder.path().resolve("patchbay.db") : database.url();
        return Databases.open(url, database.username(), database.password(), database.connections());
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return Databases.transactions(dataSource);
    }

    @Bean
    FlywayConfigurationCustomizer dialect(DataSource dataSource) {
        return flyway -> flyway.placeholders(Databases.placeholders(((HikariConfig) dataSource).getJdbcUrl()));
    }

    @Bean
    FlywayMigrationStrategy schema() {
        return Schema::migrate;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
