package io.patchbay.connection;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections.Change;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.SettingProblem;
import io.patchbay.connector.SettingProblem.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/**
 * Makes and changes connections from what people and programs fill in. All problems are told at once, nothing is saved while there is
 * one, and secrets go to the vault instead of to the settings.
 */
@Component
public class ConnectionSetup {

    private static final int LONGEST_TITLE = 200;

    private final Connectors connectors;
    private final Connections connections;
    private final Secrets secrets;
    private final ConnectionHealth health;
    private final SettingsVersions versions;
    private final Audit audit;
    private final TransactionOperations transactions;

    ConnectionSetup(
            Connectors connectors,
            Connections connections,
            Secrets secrets,
            ConnectionHealth health,
            SettingsVersions versions,
            Audit audit,
            TransactionOperations transactions) {
        this.connectors = connectors;
        this.connections = connections;
        this.secrets = secrets;
        this.health = health;
        this.versions = versions;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** What came of it. */
    public sealed interface Outcome {}

    /** It is stored as wanted. */
    public record Saved(Connection connection) implements Outcome {}

    /**
     * Nothing was changed.
     *
     * @param problems each with its field: {@code connector}, {@code title}, or the name of a setting
     */
    public record Refused(List<SettingProblem> problems) implements Outcome {}

    /** @param given open and secret settings together; an empty text counts as not given */
    public Outcome add(CompanyId company, String connector, String title, Map<String, JsonNode> given) {
        var problems = new ArrayList<SettingProblem>();
        problem(title).ifPresent(reason -> problems.add(new SettingProblem("title", reason)));
        var known = connectors.find(connector);
        if (known.isEmpty()) {
            problems.add(new SettingProblem("connector", connector.isBlank() ? Reason.MISSING : Reason.NOT_IN_CHOICE));
            return new Refused(problems);
        }
        var form = new Form(known.get(), given);
        problems.addAll(form.problems(Map.of(), Set.of()));
        if (!problems.isEmpty()) {
            return new Refused(problems);
        }
        return saved(() -> {
            var added = connections.add(company, connector, title.strip(), form.open);
            form.secret.forEach((name, value) -> secrets.keep(added.id(), name, new Secret(value.asString())));
            if (known.get().version() > 1) {
                versions.set(added.id(), known.get().version());
            }
            audit.note(
                    company,
                    form.noted(
                            Deed.of(Action.CONNECTION_ADDED, added.id().value(), added.title())
                                    .with("connector", connector),
                            Map.of()));
            return added.id();
        });
    }

    /** @param given only what is to be changed; a JSON null takes a setting away */
    public Outcome change(Connection connection, Optional<String> title, Map<String, JsonNode> given) {
        var problems = new ArrayList<SettingProblem>();
        title.flatMap(ConnectionSetup::problem).ifPresent(reason -> problems.add(new SettingProblem("title", reason)));
        var form = new Form(connectors.get(connection.connector()), given);
        problems.addAll(form.problems(connection.settings(), secrets.names(connection.id())));
        if (!problems.isEmpty()) {
            return new Refused(problems);
        }
        return saved(() -> {
            connections.change(connection.id(), new Change(title.map(String::strip), Optional.empty(), form.open));
            form.secret.forEach((name, value) -> {
                if (value.isNull()) {
                    secrets.forget(connection.id(), name);
                } else {
                    secrets.keep(connection.id(), name, new Secret(value.asString()));
                }
            });
            if (!given.isEmpty()) {
                health.forget(connection.id());
            }
            var deed = form.noted(
                    Deed.of(Action.CONNECTION_CHANGED, connection.id().value(), connection.title())
                            .changed(
                                    "title",
                                    connection.title(),
                                    title.map(String::strip).orElse(connection.title())),
                    connection.settings());
            if (!deed.changesNothing()) {
                audit.note(connection.company(), deed);
            }
            return connection.id();
        });
    }

    /** A setting as the audit log tells it; empty when there is none. */
    public static String written(@Nullable JsonNode value) {
        return value == null || value.isNull() ? "" : value.isString() ? value.asString() : value.toString();
    }

    private Saved saved(Supplier<ConnectionId> work) {
        var id = transactions.execute(status -> work.get());
        return new Saved(connections.get(Objects.requireNonNull(id)));
    }

    private static Optional<Reason> problem(String title) {
        if (title.isBlank()) {
            return Optional.of(Reason.MISSING);
        }
        return title.strip().length() > LONGEST_TITLE ? Optional.of(Reason.WRONG_FORM) : Optional.empty();
    }

    /** What was filled in, open and secret settings apart. */
    private static final class Form {

        private final Connector connector;
        private final Map<String, JsonNode> open = new HashMap<>();
        private final Map<String, JsonNode> secret = new HashMap<>();

        Form(Connector connector, Map<String, JsonNode> given) {
            this.connector = connector;
            given.forEach((name, value) -> {
                if (!value.isString() || !value.asString().isBlank()) {
                    (isSecret(name) ? secret : open).put(name, value);
                }
            });
        }

        private boolean isSecret(String name) {
            var setting = connector.settings().get(name);
            return setting != null && setting.isSecret();
        }

        /** What differs from the settings there were; of secrets no more than that. */
        Deed noted(Deed deed, Map<String, JsonNode> stored) {
            var noted = deed;
            for (var name : new TreeSet<>(open.keySet())) {
                noted = noted.changed(name, written(stored.get(name)), written(open.get(name)));
            }
            for (var name : new TreeSet<>(secret.keySet())) {
                noted = noted.secret(name);
            }
            return noted;
        }

        /** Of the whole set that would be stored, not only of what is new. */
        List<SettingProblem> problems(Map<String, JsonNode> stored, Set<String> storedSecrets) {
            var whole = new HashMap<>(stored);
            whole.putAll(open);
            whole.values().removeIf(JsonNode::isNull);
            var names = new HashSet<>(storedSecrets);
            names.retainAll(
                    connector.settings().keySet()); // the vault also keeps what is no setting, e.g. the hook's secret
            secret.forEach((name, value) -> {
                if (value.isNull()) {
                    names.remove(name);
                } else {
                    names.add(name);
                }
            });
            var problems = new ArrayList<>(connector.problems(whole, names));
            secret.forEach((name, value) -> {
                if (!value.isNull()) {
                    Objects.requireNonNull(connector.settings().get(name))
                            .problem(value)
                            .ifPresent(reason -> problems.add(new SettingProblem(name, reason)));
                }
            });
            return problems;
        }
    }
}
