package io.patchbay.connection.api;

import io.patchbay.connection.Secret;
import io.patchbay.connector.Auth;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Puts the fields that log in into a form: keys, and signatures over what the form carries already, before it is encoded for the wire. */
final class FormLogin {

    private FormLogin() {}

    static ApiRequest added(ApiRequest request, Auth.Form login, Values values) {
        var sent = request;
        for (var field : login.fields()) {
            if (request.path().startsWith(field.path())) {
                var text = field.value().fill(name -> value(request, values, name));
                sent = sent.withBodyMember(field.name(), values.revealed(new Secret(digest(field.digest(), text))));
            }
        }
        return sent;
    }

    /** A field the request does not have counts as empty: so it arrives. */
    private static Optional<String> value(ApiRequest request, Values values, String name) {
        return name.startsWith(Auth.OF_REQUEST)
                ? Optional.of(
                        request.field(name.substring(Auth.OF_REQUEST.length())).orElse(""))
                : values.find(name);
    }

    private static String digest(Auth.Digest digest, String text) {
        return switch (digest) {
            case NONE -> text;
            case MD5 -> hex("MD5", text);
            case SHA256 -> hex("SHA-256", text);
        };
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new ConnectorException(
                    Fault.OURS, "", "This Java has no " + algorithm + ".", java.time.Duration.ZERO, e);
        }
    }
}
