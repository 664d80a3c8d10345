package io.patchbay.testing;

import io.patchbay.audit.Actor;
import io.patchbay.audit.Audit;
import io.patchbay.connection.Vault;
import io.patchbay.connection.VaultKey;
import java.time.Clock;
import java.util.List;

/** The audit log for tests of parts that write to it. */
public final class Audits {

    private Audits() {}

    /** On behalf of the hub, sealed with a key of its own. */
    public static Audit in(TestDatabase database) {
        return new Audit(
                database.jdbc(),
                database.transactions(),
                new Vault(VaultKey.random(), List.of()),
                () -> Actor.HUB,
                Clock.systemUTC());
    }
}
