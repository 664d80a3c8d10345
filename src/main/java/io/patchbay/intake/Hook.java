package io.patchbay.intake;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request that came to a hook's address, as it came.
 *
 * @param id      the hub's own name of it, unique: a redelivery is recognised by it
 * @param query   the raw query, empty for none
 * @param headers with names in lower case; those that carry credentials of the hub itself are left out
 */
public record Hook(
        String id,
        CompanyId company,
        ConnectionId connection,
        Instant receivedAt,
        String method,
        String contentType,
        String query,
        Map<String, String> headers,
        byte[] body) {

    /** The form in which a hook travels and rests before it is sealed. */
    byte[] toBytes() {
        var bytes = new ByteArrayOutputStream(body.length + 512);
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(id);
            out.writeLong(company.value());
            out.writeLong(connection.value());
            out.writeLong(receivedAt.toEpochMilli());
            out.writeUTF(method);
            out.writeUTF(contentType);
            out.writeUTF(query);
            out.writeInt(headers.size());
            for (var header : headers.entrySet()) {
                out.writeUTF(header.getKey());
                out.writeUTF(header.getValue());
            }
            out.writeInt(body.length);
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write a hook down.", e);
        }
        return bytes.toByteArray();
    }

    /** All that can be read in it, once as it came and once as a form or the query of an address means it. */
    String text() {
        var told =
                String.join("\n", query, String.join("\n", headers.values()), new String(body, StandardCharsets.UTF_8));
        return told + "\n" + told.replaceAll("%(?![0-9a-fA-F]{2})", "%25").transform(Hook::decoded);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static Hook of(byte[] written) {
        try (var in = new DataInputStream(new ByteArrayInputStream(written))) {
            var id = in.readUTF();
            var company = new CompanyId(in.readLong());
            var connection = new ConnectionId(in.readLong());
            var receivedAt = Instant.ofEpochMilli(in.readLong());
            var method = in.readUTF();
            var contentType = in.readUTF();
            var query = in.readUTF();
            var headers = new TreeMap<String, String>();
            for (int left = in.readInt(); left > 0; left--) {
                headers.put(in.readUTF(), in.readUTF());
            }
            return new Hook(
                    id,
                    company,
                    connection,
                    receivedAt,
                    method,
                    contentType,
                    query,
                    headers,
                    in.readNBytes(in.readInt()));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read a stored hook.", e);
        }
    }
}
