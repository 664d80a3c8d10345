package io.patchbay.connection;

import io.github.bucket4j.BlockingStrategy;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.connection.api.ApiComponent;
import io.patchbay.connection.api.ApiProperties;
import io.patchbay.connection.api.Buckets;
import io.patchbay.connection.api.Door;
import io.patchbay.connection.api.DoorCourier;
import io.patchbay.connection.api.Tokens;
import io.patchbay.connection.api.UsedLimits;
import io.patchbay.connection.store.JdbcConnectionHealth;
import io.patchbay.connection.store.JdbcConnectionState;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connection.store.JdbcSecrets;
import io.patchbay.connection.store.JdbcTokenStore;
import io.patchbay.connector.Connectors;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the package together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({VaultProperties.class, ApiProperties.class})
public class ConnectionConfiguration {

    @Bean
    Connections connections(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new JdbcConnections(jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Vault vault(VaultProperties properties, JdbcClient jdbc, @Value("${patchbay.data-dir:data}") Path dataFolder) {
        return new VaultKeys(properties, dataFolder).open(jdbc);
    }

    @Bean
    Secrets secrets(JdbcClient jdbc, PlatformTransactionManager transactions, Vault vault, Clock clock) {
        return new JdbcSecrets(jdbc, new TransactionTemplate(transactions), vault, clock);
    }

    @Bean
    ConnectionState connectionState(JdbcClient jdbc) {
        return new JdbcConnectionState(jdbc);
    }

    @Bean
    ConnectionHealth connectionHealth(JdbcClient jdbc, Clock clock) {
        return new JdbcConnectionHealth(jdbc, clock);
    }

    @Bean
    Door door(CamelContext camel, ApiProperties properties) {
        return new Door(camel, properties);
    }

    @Bean
    Courier courier(Door door) {
        return new DoorCourier(door);
    }

    @Bean
    RateLimits rateLimits(Connections connections, Connectors connectors, Buckets buckets) {
        return new UsedLimits(connections, connectors, buckets);
    }

    /** SQLite serves one node only, which counts in its memory; nodes that share a PostgreSQL database count there. */
    @Bean
    Buckets buckets(DataSource database, Clock clock) throws SQLException {
        try (var asked = database.getConnection()) {
            return asked.getMetaData().getDatabaseProductName().equals("PostgreSQL")
                    ? Buckets.inDatabase(database, clock)
                    : Buckets.inThisProcess(clock);
        }
    }

    @Bean
    TokenStore tokenStore(JdbcClient jdbc, PlatformTransactionManager transactions, Vault vault) {
        return new JdbcTokenStore(jdbc, new TransactionTemplate(transactions), vault);
    }

    @Bean
    Tokens tokens(TokenStore store, Door door, ConnectionState state, Clock clock) {
        return new Tokens(store, door, state, clock);
    }

    @Bean
    Handover handover(Connectors connectors, Connections connections, Secrets secrets, TokenStore tokens, Clock clock) {
        return new Handover(connectors, connections, secrets, tokens, clock);
    }

    /** Found by Camel under its name. */
    @Bean("api-component")
    ApiComponent apiComponent(
            Connectors connectors,
            Connections connections,
            Secrets secrets,
            ConnectionState state,
            ConnectionHealth health,
            Tokens tokens,
            Door door,
            Buckets buckets,
            ApiProperties properties,
            Clock clock,
            ObjectProvider<BlockingStrategy> sleep,
            MeterRegistry meters) {
        return new ApiComponent(
                connectors,
                connections,
                secrets,
                state,
                health,
                tokens,
                door,
                buckets,
                properties,
                clock,
                sleep.getIfAvailable(() -> BlockingStrategy.PARKING),
                meters);
    }

    @Bean
    Operations operations(Connectors connectors, Connections connections, Secrets secrets, CamelContext camel) {
        return new Operations(connectors, connections, secrets, camel);
    }
}
