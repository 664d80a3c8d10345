package io.patchbay.upkeep;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Operations;
import io.patchbay.connector.Operation;
import io.patchbay.intake.AddressList;
import io.patchbay.intake.Hooks;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives a connection a new hook address without losing a hook: the old one works on until the system has the new one, and from then for the overlap. Where the hub
 * subscribes by itself the new address is registered at the next keeping; elsewhere a person pastes it, and the overlap counts from the change. All of it is
 * stored, so a restart changes nothing.
 */
@Component
public class HookRotation {

    private static final Logger LOG = LoggerFactory.getLogger(HookRotation.class);

    private final Operations operations;
    private final Hooks hooks;
    private final Subscriptions subscriptions;
    private final TransactionOperations transactions;
    private final Audit audit;

    HookRotation(
            Operations operations,
            Hooks hooks,
            Subscriptions subscriptions,
            TransactionOperations transactions,
            Audit audit) {
        this.operations = operations;
        this.hooks = hooks;
        this.subscriptions = subscriptions;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** Whether the hub tells the system its address; if not, a person pastes it there. */
    public boolean registersItself(Connection connection) {
        return operations.can(connection.id(), Operation.SUBSCRIBE);
    }

    /** @param overlap how long the old address works on from when the system has the new one */
    public void rotate(Connection connection, Duration overlap) {
        var itself = registersItself(connection);
        transactions.executeWithoutResult(status -> {
            hooks.change(connection.id(), overlap, !itself);
            if (itself) {
                subscriptions.distrust(connection.id());
            }
            audit.note(
                    connection.company(),
                    Deed.of(Action.HOOK_ADDRESS_CHANGED, connection.id().value(), connection.title())
                            .with("overlap", overlap)
                            .secret("hook"));
        });
        LOG.info("hook.changed connection={} overlap={}s registers={}", connection.id(), overlap.toSeconds(), itself);
    }

    /** The old addresses are unknown from now on, whether the system has the new one or not. */
    public void endFormer(Connection connection) {
        transactions.executeWithoutResult(status -> {
            hooks.endFormer(connection.id());
            audit.note(
                    connection.company(),
                    Deed.of(Action.HOOK_ADDRESSES_ENDED, connection.id().value(), connection.title()));
        });
        LOG.info("hook.former-ended connection={}", connection.id());
    }

    /** From which addresses hooks are taken. */
    public void permit(Connection connection, AddressList senders) {
        transactions.executeWithoutResult(status -> {
            var before = hooks.use(connection.id()).senders();
            hooks.permit(connection.id(), senders);
            audit.note(
                    connection.company(),
                    Deed.of(Action.HOOK_SENDERS_SET, connection.id().value(), connection.title())
                            .addresses("senders", before.texts(), senders.texts()));
        });
    }

    /** Other settings may have taken the subscription away: then an old address must not wait for it for ever. */
    void nobodyRegisters(Connection connection) {
        if (hooks.awaitsRegistration(connection.id())) {
            hooks.registered(connection.id(), hooks.address(connection.id()));
        }
    }
}
