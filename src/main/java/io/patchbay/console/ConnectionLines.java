package io.patchbay.console;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connector.Connectors;
import io.patchbay.effect.Ledger;
import io.patchbay.effect.Wakes;
import io.patchbay.journal.RawHooks;
import io.patchbay.watch.Standing;
import io.patchbay.watch.Standings;
import io.patchbay.watch.Watch;
import java.util.List;
import org.springframework.stereotype.Component;

/** How the company's connections are doing, ready to be shown. */
@Component
class ConnectionLines {

    private final Connectors connectors;
    private final ConnectionHealth health;
    private final RawHooks hooks;
    private final Ledger ledger;
    private final Wakes wakes;
    private final Standings standings;
    private final Watch watch;

    ConnectionLines(
            Connectors connectors,
            ConnectionHealth health,
            RawHooks hooks,
            Ledger ledger,
            Wakes wakes,
            Standings standings,
            Watch watch) {
        this.connectors = connectors;
        this.health = health;
        this.hooks = hooks;
        this.ledger = ledger;
        this.wakes = wakes;
        this.standings = standings;
        this.watch = watch;
    }

    /** One lamp each, for the first page. */
    List<Lamp> lamps(CompanyId company, List<Connection> connections, Texts texts, WallClock clock) {
        var parked = ledger.parkedCounts(company);
        return connections.stream()
                .map(connection -> Lamp.of(
                        connection,
                        health.of(connection.id()),
                        parked.getOrDefault(connection.id().value(), 0),
                        connectors,
                        texts,
                        clock))
                .toList();
    }

    List<ConnectionLine> of(CompanyId company, List<Connection> connections, Texts texts, WallClock clock) {
        var parked = ledger.parkedCounts(company);
        var open = wakes.open();
        return connections.stream()
                .map(connection -> {
                    var id = connection.id().value();
                    var standing = standings.of(connection);
                    var now = standing.health();
                    var waiting = parked.getOrDefault(id, 0);
                    return new ConnectionLine(
                                    Lamp.of(connection, now, waiting, connectors, texts, clock),
                                    "",
                                    now.lastGood().map(clock::moment).orElse(texts.of("connections.never")),
                                    hooks.lastFrom(id).map(clock::moment).orElse(texts.of("connections.never")),
                                    open.getOrDefault(id, 0),
                                    standing.held(),
                                    waiting,
                                    limit(standing, texts),
                                    token(standing, clock),
                                    alerts(connection, texts, clock))
                            .versioned();
                })
                .toList();
    }

    private static String limit(Standing standing, Texts texts) {
        return standing.limitPercent().isPresent()
                ? texts.of("connections.limit.used", standing.limitPercent().getAsInt())
                : "";
    }

    private static String token(Standing standing, WallClock clock) {
        return standing.tokenEnds().map(clock::moment).orElse("");
    }

    private List<String> alerts(Connection connection, Texts texts, WallClock clock) {
        return watch.of(connection.id()).stream()
                .map(told -> texts.of("alert." + told.concern(), clock.moment(told.since()), told.percent()))
                .toList();
    }
}
