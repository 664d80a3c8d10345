package io.patchbay.care;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A back-up in one file: a ZIP with {@code manifest.json}, which names every other file and its SHA-256. It is whole or it is not there. */
final class Archive {

    static final int FORMAT = 1;

    private static final String MANIFEST = "manifest.json";
    private static final Pattern NAME = Pattern.compile("patchbay\\.db|hooks\\.bin|recordings/[\\w.-]+");
    private static final JsonMapper JSON = JsonMapper.shared();

    private Archive() {}

    /**
     * @param schema newest migration of the database
     * @param files  by their names in the archive
     */
    static void write(Path target, String schema, String database, Map<String, Path> files) {
        var part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
                var manifest = JsonNodeFactory.instance
                        .objectNode()
                        .put("format", FORMAT)
                        .put("made", Instant.now().toString())
                        .put("schema", schema)
                        .put("database", database);
                var sums = manifest.putObject("files");
                for (var file : new TreeMap<>(files).entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    var digest = new DigestOutputStream(zip, sha256());
                    Files.copy(file.getValue(), digest);
                    sums.put(
                            file.getKey(),
                            HexFormat.of().formatHex(digest.getMessageDigest().digest()));
                    zip.closeEntry();
                }
                zip.putNextEntry(new ZipEntry(MANIFEST));
                zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
                zip.closeEntry();
            }
            try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The back-up could not be written to " + target + ".", e);
        }
    }

    /** @throws CareException when it is no back-up */
    static JsonNode manifest(Path archive) {
        try (var zip = new ZipFile(archive.toFile())) {
            var entry = zip.getEntry(MANIFEST);
            if (entry == null) {
                throw new CareException(archive + " is no back-up of Patchbay: it has no manifest.");
            }
            return JSON.readTree(zip.getInputStream(entry));
        } catch (ZipException e) {
            throw new CareException(archive + " is no whole back-up: " + e.getMessage() + ". Take another one.", e);
        } catch (IOException e) {
            throw new CareException(archive + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Unpacks all that the manifest names.
     *
     * @throws CareException when a file is missing or not as it was written
     */
    static void unpack(Path archive, JsonNode manifest, Path folder) {
        try (var zip = new ZipFile(archive.toFile())) {
            for (var file : manifest.path("files").properties()) {
                var entry = zip.getEntry(file.getKey());
                if (entry == null || !NAME.matcher(file.getKey()).matches()) {
                    throw new CareException(
                            archive + " is damaged: " + file.getKey() + " is missing. Take another back-up.");
                }
                var target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                if (!copy(zip.getInputStream(entry), target)
                        .equals(file.getValue().asString(""))) {
                    throw new CareException(archive + " is damaged: " + file.getKey()
                            + " is not what was written. Take another back-up.");
                }
            }
        } catch (IOException e) {
            throw new CareException(archive + " is damaged: " + e.getMessage() + ". Take another back-up.", e);
        }
    }

    /** @return the SHA-256 */
    private static String copy(InputStream in, Path target) throws IOException {
        try (in;
                var out = new DigestOutputStream(Files.newOutputStream(target), sha256())) {
            in.transferTo(out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
