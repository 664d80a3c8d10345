package io.patchbay.backfill;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
import io.patchbay.run.NotBegunException;
import io.patchbay.run.Range;
import io.patchbay.run.Run;
import io.patchbay.run.Runs;
import io.patchbay.run.Scope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Begins imports of history, or refuses them with a {@link NotBegunException}. */
@Component
@EnableConfigurationProperties(CatchUpProperties.class)
public class CatchUps {

    private final Runs runs;
    private final Connections connections;
    private final Connectors connectors;
    private final Operations operations;
    private final CatchUpProperties properties;
    private final Clock clock;

    public CatchUps(
            Runs runs,
            Connections connections,
            Connectors connectors,
            Operations operations,
            CatchUpProperties properties,
            Clock clock) {
        this.runs = runs;
        this.connections = connections;
        this.connectors = connectors;
        this.operations = operations;
        this.properties = properties;
        this.clock = clock;
    }

    /** Those whose history can be read. */
    public List<Connection> possible(CompanyId company) {
        return connections.of(company).stream()
                .filter(connection -> operations.can(connection.id(), Operation.LIST_CALLS))
                .toList();
    }

    /** Every call that the PBX tells of that range; those that are known already stay as they are. */
    public Run begin(CompanyId company, ConnectionId id, Range range, String begunBy) {
        var connection = connections
                .find(company, id)
                .filter(found -> operations.can(found.id(), Operation.LIST_CALLS))
                .orElseThrow(() -> new NotBegunException(
                        "connection",
                        "no-history",
                        0,
                        "must be the id of a connection whose history the hub can read."));
        range.noLongerThan(properties.longest());
        var now = clock.instant();
        if (!range.from().isBefore(now)) {
            throw new NotBegunException("from", "future", 0, "must lie in the past.");
        }
        connectors.find(connection.connector()).flatMap(connector -> connector.history()).stream()
                .filter(reach -> range.from().isBefore(now.minus(reach)))
                .forEach(reach -> {
                    throw new NotBegunException(
                            "from",
                            "too-old",
                            reach.toDays(),
                            "must be no more than " + reach.toDays() + " days ago: the history of " + connection.title()
                                    + " reaches no further back.");
                });
        var to = Optional.of(range.to()).filter(now::isAfter).orElse(now);
        return runs.begin(company, CatchUp.KIND, Scope.COMPANY.of(id.value()).between(range.from(), to), begunBy);
    }
}
