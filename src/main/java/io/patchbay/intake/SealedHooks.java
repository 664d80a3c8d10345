package io.patchbay.intake;

import io.patchbay.connection.KeyRotation;
import io.patchbay.connection.Vault;
import org.springframework.stereotype.Component;

/** Hooks carry clients' numbers and now and then tokens, so they rest sealed, in the queue as in the journal. */
@Component
public class SealedHooks {

    private static final String PURPOSE = KeyRotation.HOOK_PURPOSE;

    private final Vault vault;

    public SealedHooks(Vault vault) {
        this.vault = vault;
    }

    byte[] seal(Hook hook) {
        return vault.seal(hook.toBytes(), PURPOSE);
    }

    Hook open(byte[] bytes) {
        return Hook.of(vault.open(bytes, PURPOSE));
    }
}
