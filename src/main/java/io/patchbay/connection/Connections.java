package io.patchbay.connection;

import io.patchbay.company.CompanyId;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Every company's connections. */
public interface Connections {

    Connection add(CompanyId company, String connector, String title, Map<String, JsonNode> settings);

    Optional<Connection> find(ConnectionId id);

    /** By id. */
    List<Connection> of(CompanyId company);

    /** By id. */
    List<Connection> all();

    /**
     * Changes only what the change names; two changes at once of different settings both hold.
     *
     * @throws ConnectorException (ours) when there is no such connection
     */
    Connection change(ConnectionId id, Change change);

    /**
     * Switches it off and hides it for good: nothing here finds it any more, and its settings, secrets, tokens, hook and state are wiped. Its calls and recordings stay
     * readable, and its effects, also those that were still due, stay in the ledger under its title.
     */
    void remove(ConnectionId id);

    /** What the company's connections are called, the removed ones too; by id. */
    Map<ConnectionId, String> titles(CompanyId company);

    /** A connection as one company sees it: another's does not exist. */
    default Optional<Connection> find(CompanyId company, ConnectionId id) {
        return find(id).filter(connection -> connection.company().equals(company));
    }

    /** @throws ConnectorException (ours) when there is no such connection */
    default Connection get(ConnectionId id) {
        return find(id).orElseThrow(
                        () -> new ConnectorException(Fault.OURS, "There is no connection " + id + " any more."));
    }

    /**
     * What is to be different.
     *
     * @param settings only those to change; a JSON null removes one
     */
    record Change(Optional<String> title, Optional<Boolean> enabled, Map<String, JsonNode> settings) {

        public static Change settings(Map<String, JsonNode> settings) {
            return new Change(Optional.empty(), Optional.empty(), settings);
        }

        public static Change enabled(boolean enabled) {
            return new Change(Optional.empty(), Optional.of(enabled), Map.of());
        }

        public static Change title(String title) {
            return new Change(Optional.of(title), Optional.empty(), Map.of());
        }
    }
}
