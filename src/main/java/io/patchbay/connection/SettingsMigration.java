package io.patchbay.connection;

import io.patchbay.connection.Connections.Change;
import io.patchbay.connection.SettingsVersions.Version;
import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorTakenUp;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.SettingsStep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Brings each connection's settings to the version of its connector, by the steps that the manifest declares, once. What the settings were is kept until the connected system
 * has answered well by the new ones; if the older folder comes back before that, so do they. Settings that the steps would leave wrong are not touched.
 */
@Component
public class SettingsMigration implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsMigration.class);

    private final Connectors connectors;
    private final Connections connections;
    private final Secrets secrets;
    private final ConnectionHealth health;
    private final SettingsVersions versions;
    private final TransactionOperations transactions;

    /** Told of before; each is said once. */
    private final Map<ConnectionId, Integer> refused = new HashMap<>();

    SettingsMigration(
            Connectors connectors,
            Connections connections,
            Secrets secrets,
            ConnectionHealth health,
            SettingsVersions versions,
            TransactionOperations transactions) {
        this.connectors = connectors;
        this.connections = connections;
        this.secrets = secrets;
        this.health = health;
        this.versions = versions;
        this.transactions = transactions;
    }

    /** Before anything is asked by settings of a former version. */
    @Override
    public void afterSingletonsInstantiated() {
        migrate();
    }

    @EventListener
    void on(ConnectorTakenUp taken) {
        migrate();
    }

    /** Looks at every connection; does nothing where all is as it should be. */
    public synchronized void migrate() {
        if (versions.none() && connectors.all().stream().allMatch(connector -> connector.version() == 1)) {
            return;
        }
        for (var connection : connections.all()) {
            connectors.find(connection.connector()).ifPresent(connector -> look(connection, connector));
        }
    }

    private void look(Connection connection, Connector connector) {
        var version = versions.of(connection.id());
        if (version.number() < connector.version()) {
            migrate(connection, connector, version);
        } else if (version.number() > connector.version()) {
            goBack(connection, connector, version);
        } else if (version.former().isPresent() && isProved(connection, version)) {
            forgetFormer(connection, connector, version);
        }
    }

    private void migrate(Connection connection, Connector connector, Version version) {
        var steps = connector.migrate().stream()
                .filter(step -> step.to() > version.number() && step.to() <= connector.version())
                .toList();
        var settings = connection.settings();
        for (var step : steps) {
            settings = step.apply(settings);
        }
        var wanted = settings;
        var problems = connector.problems(wanted, secretNames(connection, connector, steps));
        if (!problems.isEmpty()) {
            if (!Integer.valueOf(connector.version()).equals(refused.put(connection.id(), connector.version()))) {
                LOG.error(
                        "settings.not-migrated connection={} connector={} version={}: {}",
                        connection.id(),
                        connector,
                        connector.version(),
                        problems);
            }
            return;
        }
        transactions.executeWithoutResult(status -> {
            steps.forEach(step -> step.rename().forEach((old, name) -> renameSecret(connection.id(), old, name)));
            connections.change(connection.id(), Change.settings(difference(connection.settings(), wanted)));
            versions.set(connection.id(), connector.version(), version.number(), connection.settings());
        });
        LOG.info(
                "settings.migrated connection={} connector={} from={} to={}",
                connection.id(),
                connector,
                version.number(),
                connector.version());
    }

    /** The older folder is back before the new settings were proved: so are the older settings. */
    private void goBack(Connection connection, Connector connector, Version version) {
        version.former()
                .filter(former -> version.formerNumber() == connector.version())
                .ifPresent(former -> {
                    transactions.executeWithoutResult(status -> {
                        connections.change(connection.id(), Change.settings(difference(connection.settings(), former)));
                        versions.set(connection.id(), connector.version());
                    });
                    LOG.info(
                            "settings.restored connection={} connector={} to={}",
                            connection.id(),
                            connector,
                            connector.version());
                });
    }

    private boolean isProved(Connection connection, Version version) {
        return health.of(connection.id())
                .lastGood()
                .filter(good -> good.isAfter(version.since()))
                .isPresent();
    }

    private void forgetFormer(Connection connection, Connector connector, Version version) {
        transactions.executeWithoutResult(status -> {
            connector.migrate().stream()
                    .filter(step -> step.to() > version.formerNumber())
                    .flatMap(step -> step.rename().keySet().stream())
                    .filter(old -> !connector.settings().containsKey(old))
                    .forEach(old -> secrets.forget(connection.id(), old));
            versions.set(connection.id(), version.number());
        });
    }

    /** The secret stays under its old name too, until the new settings are proved. */
    private void renameSecret(ConnectionId connection, String old, String name) {
        if (!secrets.names(connection).contains(name)) {
            secrets.find(connection, old).ifPresent(secret -> secrets.keep(connection, name, secret));
        }
    }

    private HashSet<String> secretNames(Connection connection, Connector connector, List<SettingsStep> steps) {
        var names = new HashSet<>(secrets.names(connection.id()));
        steps.forEach(step -> step.rename().forEach((old, name) -> {
            if (names.contains(old)) {
                names.add(name);
            }
        }));
        names.removeIf(name -> !connector.settings().containsKey(name)
                || !connector.settings().get(name).isSecret()); // the vault also keeps what is no setting
        return names;
    }

    private static Map<String, JsonNode> difference(Map<String, JsonNode> from, Map<String, JsonNode> to) {
        var change = new HashMap<String, JsonNode>();
        to.forEach((name, value) -> {
            if (!value.equals(from.get(name))) {
                change.put(name, value);
            }
        });
        from.keySet().stream()
                .filter(name -> !to.containsKey(name))
                .forEach(name -> change.put(name, NullNode.getInstance()));
        return change;
    }
}
