package io.patchbay.connection;

import io.patchbay.connection.store.VaultProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the vault's keys lie: in the settings, or in a file, beside which {@code <file>.previous} may hold the one before. A change of the file's key may be cut
 * at any instant: the old key is kept before the new one takes its place.
 */
public final class VaultKeys {

    private final VaultProperties properties;
    private final Path file;

    public VaultKeys(VaultProperties properties, Path dataFolder) {
        this.properties = properties;
        this.file = properties.keyFile().isEmpty() ? dataFolder.resolve("vault.key") : Path.of(properties.keyFile());
    }

    /** @throws VaultException when the stored secrets were sealed with a key that is not here */
    public Vault open(JdbcClient jdbc) {
        var proof = new VaultProof(jdbc);
        if (isInFile()) {
            proof.refuseToReplace(file);
        }
        var key = isInFile() ? VaultKey.inFile(file) : VaultKey.ofBase64(properties.key(), "patchbay.vault.key");
        var previous = new ArrayList<VaultKey>();
        properties.previousKeys().forEach(old -> previous.add(VaultKey.ofBase64(old, "patchbay.vault.previous-keys")));
        if (isInFile() && Files.exists(previous())) {
            previous.add(VaultKey.inFile(previous()));
        }
        var vault = new Vault(key, previous);
        proof.check(vault);
        return vault;
    }

    /** False: the key stands in the settings, and whoever wrote it there changes it there. */
    public boolean isInFile() {
        return properties.key().isEmpty();
    }

    public Path file() {
        return file;
    }

    /** The key before the last change. */
    public Path previous() {
        return file.resolveSibling(file.getFileName() + ".previous");
    }

    /** Puts a new key in the place of the one in the file. */
    public void change() {
        try {
            var next = file.resolveSibling(file.getFileName() + ".next");
            VaultKey.inFile(next); // one that was made before a cut is used
            Files.copy(file, previous(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            try (var written = java.nio.channels.FileChannel.open(previous(), java.nio.file.StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The key in " + file + " could not be changed.", e);
        }
    }
}
