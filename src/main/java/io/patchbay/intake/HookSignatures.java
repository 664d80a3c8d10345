package io.patchbay.intake;

import io.patchbay.connection.Connections;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.HookSignature;
import io.patchbay.connector.HookSignature.Unsigned;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Tells real hooks from forged ones where the connector says how its target signs. Thread-safe. */
@Component
class HookSignatures {

    private final Connections connections;
    private final Connectors connectors;
    private final Secrets secrets;

    HookSignatures(Connections connections, Connectors connectors, Secrets secrets) {
        this.connections = connections;
        this.connectors = connectors;
        this.secrets = secrets;
    }

    /** What a hook's signature says of it. */
    enum Standing {
        /** Its target signs no hooks. */
        NOT_ASKED,
        FITS,
        /** It bears none, or nothing is there to check it with. */
        NONE,
        WRONG
    }

    Standing of(Hook hook) {
        return check(hook)
                .map(how -> how.signature().header())
                .map(header -> value(hook, header).isBlank() ? Standing.NONE : compared(hook))
                .orElse(Standing.NOT_ASKED);
    }

    /** Whether it is answered 401 and forgotten. */
    boolean refuses(Hook hook) {
        return switch (of(hook)) {
            case NOT_ASKED, FITS -> false;
            case WRONG -> true;
            case NONE ->
                check(hook).filter(how -> how.unsigned() == Unsigned.REFUSE).isPresent();
        };
    }

    private Standing compared(Hook hook) {
        var signature = check(hook).orElseThrow().signature();
        Function<String, String> headers = name -> value(hook, name);
        return secrets.find(hook.connection(), signature.secret())
                .map(secret -> signature.fits(secret.reveal(), headers, hook.body(), hook.receivedAt())
                        ? Standing.FITS
                        : Standing.WRONG)
                .orElse(Standing.NONE);
    }

    private static String value(Hook hook, String header) {
        return hook.headers().getOrDefault(header.toLowerCase(Locale.ROOT), "");
    }

    private Optional<HookSignature> check(Hook hook) {
        return connections
                .find(hook.connection())
                .flatMap(connection -> connectors.find(connection.connector()))
                .flatMap(Connector::hookSignature);
    }
}
