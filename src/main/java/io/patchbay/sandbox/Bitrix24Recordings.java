package io.patchbay.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Fetches recordings the way the portal does, but only from this machine, so that a sandbox never reaches out. */
final class Bitrix24Recordings implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    byte[] download(String url) {
        try {
            var uri = URI.create(url);
            if (!InetAddress.getByName(String.valueOf(uri.getHost())).isLoopbackAddress()) {
                throw failed(403);
            }
            var answer = client.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw failed(answer.statusCode());
            }
            return answer.body();
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw failed(404);
        } catch (IOException e) {
            throw failed(504);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(504);
        }
    }

    private static Bitrix24Refusal failed(int status) {
        return Bitrix24Refusal.core("Server returns HTTP error code " + status);
    }

    /** The name of the file when none is given. */
    static String lastSegment(String url) {
        var path = url.replaceFirst("[?#].*", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        client.close();
    }
}
