package io.patchbay.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates as a target may show them, made by the JDK's keytool; the hub is told to trust those that are marked so. */
final class Certificates {

    private static final String PASSWORD = "not-a-secret";
    private static final String HERE = "ip:127.0.0.1";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /** Where the hub finds whom to trust: for its command line. */
    List<String> trusted() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + trust(),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-Djavax.net.ssl.trustStoreType=PKCS12");
    }

    SSLContext good() throws Exception {
        return made("good", HERE, true);
    }

    SSLContext ofAnotherHost() throws Exception {
        return made("elsewhere", "dns:elsewhere.example", true);
    }

    SSLContext expired() throws Exception {
        return made("expired", HERE, true, "-startdate", "-10d", "-validity", "5");
    }

    /** Nobody the hub trusts stands behind it. */
    SSLContext ofAStranger() throws Exception {
        return made("stranger", HERE, false);
    }

    private SSLContext made(String name, String host, boolean trusted, String... more) throws Exception {
        var store = folder.resolve(name + ".p12");
        var arguments = new ArrayList<>(
                List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + host));
        arguments.addAll(List.of(more));
        keytool(store, arguments);
        if (trusted) {
            var certificate = folder.resolve(name + ".cer").toString();
            keytool(store, List.of("-exportcert", "-alias", name, "-file", certificate));
            keytool(trust(), List.of("-importcert", "-noprompt", "-alias", name, "-file", certificate));
        }
        return context(store);
    }

    private Path trust() {
        return folder.resolve("trust.p12");
    }

    private static void keytool(Path store, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-Xshare:auto"));
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
