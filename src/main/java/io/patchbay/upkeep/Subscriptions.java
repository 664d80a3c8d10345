package io.patchbay.upkeep;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.intake.Hooks;
import io.patchbay.intake.HubEvent.SubscriptionEnded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Keeps each connection subscribed: a new subscription is taken at half of the life that was granted, its id is stored, and only then the one before is
 * dropped. Ids survive restarts. The end of a subscription that is not in use any more is nothing to act on: acting on it makes an endless chain
 * (contracts/pbx/beeline.md, section 8.2). A connection whose subscription ran out or was refused is deaf, and stays so until one lives again.
 */
@Component
public class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final String ID = "subscription.id";
    private static final String RENEW_AT = "subscription.renewAt";

    /** End of the life that was granted, epoch milliseconds; not there when it has none or there is no subscription. */
    private static final String LIVES_UNTIL = "subscription.livesUntil";

    /** When to try again, epoch milliseconds, and the id. */
    private static final String LEFT_OVER = "subscription.leftOver";

    private final Operations operations;
    private final ConnectionState state;
    private final ConnectionHealth health;
    private final Hooks hooks;
    private final UpkeepProperties properties;
    private final Clock clock;

    public Subscriptions(
            Operations operations,
            ConnectionState state,
            ConnectionHealth health,
            Hooks hooks,
            UpkeepProperties properties,
            Clock clock) {
        this.operations = operations;
        this.state = state;
        this.health = health;
        this.hooks = hooks;
        this.properties = properties;
        this.clock = clock;
    }

    /** Subscribes anew if it is time. */
    public void keep(Connection connection) {
        var id = connection.id();
        dropLeftOver(id);
        var renewAt = state.read(id, RENEW_AT).map(Long::parseLong).map(Instant::ofEpochMilli);
        if (renewAt.isPresent() && clock.instant().isBefore(renewAt.get())) {
            return;
        }
        try {
            subscribe(id);
        } catch (ConnectorException e) {
            LOG.warn(
                    "subscription.refused connection={} fault={} why={}",
                    id,
                    e.fault(),
                    String.valueOf(e.getMessage()).replaceAll("\\d{7,}", "***"));
            if (!e.fault().passes() || !lives(id)) {
                health.deaf(id, String.valueOf(e.getMessage()));
            }
            renew(id, clock.instant().plus(properties.retryAfter()));
        }
    }

    /** The subscription in use has not come to its end yet. */
    private boolean lives(ConnectionId id) {
        return state.read(id, ID).isPresent()
                && state.read(id, LIVES_UNTIL)
                        .map(Long::parseLong)
                        .filter(end -> end <= clock.millis())
                        .isEmpty();
    }

    /** At the next keeping a new one is taken, whatever life is left: after a start, what was missed may include its end. */
    public void distrust(ConnectionId connection) {
        state.clear(connection, RENEW_AT);
    }

    @EventListener
    void on(SubscriptionEnded ended) {
        if (state.read(ended.connection(), ID)
                .filter(ended.subscription()::equals)
                .isPresent()) {
            state.clear(ended.connection(), ID);
            health.deaf(ended.connection(), "The system ended the subscription.");
            distrust(ended.connection());
        }
    }

    private void subscribe(ConnectionId id) {
        var previous = state.read(id, ID);
        var address = hooks.address(id);
        var wanted = JsonNodeFactory.instance
                .objectNode()
                .put("hookUrl", address.toString())
                .put("wantedSeconds", properties.subscriptionLife().toSeconds());
        previous.ifPresent(p -> wanted.put("previous", p));
        var granted = operations.run(id, Operation.SUBSCRIBE, wanted);
        var subscription = granted.path("subscription").asString("");
        state.write(id, ID, subscription);
        var seconds = granted.path("seconds").asLong(0);
        // 0 = no end: looked at once a day all the same, since targets switch hooks off on their own
        renew(id, clock.instant().plus(seconds > 0 ? Duration.ofSeconds(seconds).dividedBy(2) : Duration.ofDays(1)));
        if (seconds > 0) {
            state.write(id, LIVES_UNTIL, Long.toString(clock.millis() + seconds * 1_000));
        } else {
            state.clear(id, LIVES_UNTIL);
        }
        health.hears(id);
        if (!hooks.registered(id, address)) {
            distrust(id);
        }
        previous.filter(p -> !p.equals(subscription)).ifPresent(p -> drop(id, p));
        LOG.info("subscription.taken connection={} seconds={}", id, seconds);
    }

    private void drop(ConnectionId id, String subscription) {
        try {
            operations.run(
                    id,
                    Operation.UNSUBSCRIBE,
                    JsonNodeFactory.instance.objectNode().put("subscription", subscription));
            state.clear(id, LEFT_OVER);
        } catch (ConnectorException e) {
            LOG.info("subscription.not-dropped connection={} fault={}", id, e.fault());
            if (e.fault() == Fault.REFUSED || e.fault() == Fault.NOT_SUPPORTED) {
                state.clear(id, LEFT_OVER); // it is gone already
            } else {
                var again = clock.instant().plus(properties.retryAfter()).toEpochMilli();
                state.write(id, LEFT_OVER, again + " " + subscription);
            }
        }
    }

    /** One that could not be dropped would tell everything twice until its end. */
    private void dropLeftOver(ConnectionId id) {
        state.read(id, LEFT_OVER)
                .map(kept -> kept.split(" ", 2))
                .filter(kept -> Long.parseLong(kept[0]) <= clock.millis())
                .ifPresent(kept -> drop(id, kept[1]));
    }

    private void renew(ConnectionId id, Instant at) {
        state.write(id, RENEW_AT, Long.toString(at.toEpochMilli()));
    }

    /** Ends the subscription of a connection that is about to be removed; a target that cannot be told stops when it runs out. */
    public void end(ConnectionId connection) {
        inUse(connection).ifPresent(subscription -> drop(connection, subscription));
    }

    /** The id in use, if there is one. */
    Optional<String> inUse(ConnectionId connection) {
        return state.read(connection, ID);
    }
}
