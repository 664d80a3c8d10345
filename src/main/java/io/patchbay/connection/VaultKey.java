package io.patchbay.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A key of the vault: 256 bits, and an id that tells keys apart without telling anything about them. */
public final class VaultKey {

    static final int ID_LENGTH = 8; // bytes
    private static final int LENGTH = 32; // bytes
    private static final Logger LOG = LoggerFactory.getLogger(VaultKey.class);

    private final SecretKey key;
    private final byte[] id;

    private VaultKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, "AES");
        try {
            id = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), ID_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /**
     * A key as people write it.
     *
     * @param base64 of 32 bytes
     * @param from   where it was written, for the message
     */
    public static VaultKey ofBase64(String base64, String from) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.trim());
        } catch (IllegalArgumentException e) {
            throw new VaultException("The vault key in " + from + " is not Base64. Give 32 bytes in Base64.", e);
        }
        if (bytes.length != LENGTH) {
            throw new VaultException("The vault key in " + from + " has " + bytes.length
                    + " bytes. Give 32 bytes in Base64, e.g. from: openssl rand -base64 32");
        }
        return new VaultKey(bytes);
    }

    /** The key in a file; made, readable by its owner alone, when the file is not there. */
    public static VaultKey inFile(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return ofBase64(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the vault key in " + file + ".", e);
        }
    }

    public static VaultKey random() {
        var bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new VaultKey(bytes);
    }

    private static void make(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        var text = Base64.getEncoder().encodeToString(bytes).getBytes(StandardCharsets.US_ASCII);
        try (var channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            channel.write(java.nio.ByteBuffer.wrap(text));
            channel.force(true); // a secret must not be stored before its key is safe
        } catch (FileAlreadyExistsException anotherWasFaster) {
            return;
        }
        LOG.info(
                "vault.key-made file={}: keep a copy of it apart from the database; without it the secrets cannot be"
                        + " read",
                file.toAbsolutePath());
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    String id() {
        return text(id);
    }

    byte[] idBytes() {
        return id;
    }

    SecretKey secretKey() {
        return key;
    }

    static String text(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    @Override
    public String toString() {
        return "key " + id();
    }
}
