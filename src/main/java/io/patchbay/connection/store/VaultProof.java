package io.patchbay.connection.store;

import io.patchbay.connection.Vault;
import io.patchbay.connection.VaultException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Refuses to start with a key that cannot open what is stored: better than every connection failing one by one. */
public final class VaultProof {

    private static final String PURPOSE = "proof";

    private final JdbcClient jdbc;

    public VaultProof(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A key file that is missing is made at the first start only; later it was lost, and a new one beside it would hide that.
     *
     * @throws VaultException when secrets were sealed already and the file is not there
     */
    public void refuseToReplace(Path keyFile) {
        var used = keys();
        if (!used.isEmpty() && !Files.exists(keyFile)) {
            throw new VaultException("The file " + keyFile.toAbsolutePath()
                    + " with the vault key is missing; the stored secrets were sealed with key "
                    + String.join(", ", used) + ". Put that file back.");
        }
    }

    /**
     * Checks the vault's keys against the database, and writes the proof of a key used for the first time.
     *
     * @throws VaultException when secrets were sealed with a key that is not here
     */
    public void check(Vault vault) {
        var used = keys();
        for (var id : used) {
            if (!vault.knows(id)) {
                throw new VaultException("The vault key is not the one the stored secrets were sealed with (" + id
                        + "). Put that key back, or add it to patchbay.vault.previous-keys.");
            }
        }
        if (!used.contains(vault.currentKeyId())) {
            jdbc.sql("INSERT INTO vault_key (key_id, proof) VALUES (?, ?) ON CONFLICT (key_id) DO NOTHING")
                    .params(vault.currentKeyId(), vault.seal(PURPOSE.getBytes(StandardCharsets.UTF_8), PURPOSE))
                    .update();
        }
        jdbc.sql("SELECT proof FROM vault_key")
                .query((row, number) -> row.getBytes("proof"))
                .list()
                .forEach(proof -> vault.open(proof, PURPOSE));
    }

    private List<String> keys() {
        return jdbc.sql("SELECT key_id FROM vault_key ORDER BY key_id")
                .query(String.class)
                .list();
    }
}
