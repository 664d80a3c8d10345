package io.patchbay.intake;

import inet.ipaddr.IPAddress;
import io.patchbay.intake.Hooks.Owner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** What routes/intake/accept.camel.yaml calls: from a request to sealed bytes ready for the queue. */
@Component
@EnableConfigurationProperties(IntakeProperties.class)
public class IntakeSteps {

    /** What {@link #check} found out. */
    public static final String VERDICT = "hookVerdict";

    private static final Logger LOG = LoggerFactory.getLogger(IntakeSteps.class);

    private static final Set<String> NOT_KEPT = Set.of("authorization", "cookie", "proxy-authorization");

    private final Hooks hooks;
    private final Senders senders;
    private final SealedHooks vault;
    private final HookPace pace;
    private final HookSignatures signatures;
    private final IntakeProperties properties;
    private final Clock clock;

    IntakeSteps(
            Hooks hooks,
            Senders senders,
            SealedHooks vault,
            HookPace pace,
            HookSignatures signatures,
            IntakeProperties properties,
            Clock clock) {
        this.hooks = hooks;
        this.senders = senders;
        this.vault = vault;
        this.pace = pace;
        this.signatures = signatures;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Recognises the hook and leaves its sealed bytes as the body; the exchange property {@link #VERDICT} says how to go on: store, hold (over the connection's pace), probe, unknown,
     * too-large or forged.
     */
    public void check(Exchange exchange) throws IOException {
        var in = exchange.getIn();
        var path = text(in.getHeader(Exchange.HTTP_PATH)).replace("/", "");
        var method = text(in.getHeader(Exchange.HTTP_METHOD));
        var owner = hooks.owner(path, sender(exchange));
        if (owner.isEmpty()) {
            exchange.setProperty(VERDICT, "unknown");
            return;
        }
        if (method.equals("GET") || method.equals("HEAD")) {
            exchange.setProperty(VERDICT, "probe");
            return;
        }
        var body = body(in.getBody(InputStream.class));
        if (body.isEmpty()) {
            exchange.setProperty(VERDICT, "too-large");
            return;
        }
        var hook = hook(owner.get(), exchange, method, body.get());
        if (signatures.refuses(hook)) {
            LOG.warn("hook.forged connection={}", hook.connection());
            exchange.setProperty(VERDICT, "forged");
            return;
        }
        in.setBody(vault.seal(hook));
        exchange.setProperty(VERDICT, pace.admits(hook.connection(), owner.get().connector()) ? "store" : "hold");
    }

    private Optional<IPAddress> sender(Exchange exchange) {
        return exchange.getIn() instanceof HttpMessage http ? senders.of(http.getRequest()) : Optional.empty();
    }

    /** What a sender is asked to wait when its hook could not be stored. */
    public long retryAfterSeconds() {
        return properties.retryAfter().toSeconds();
    }

    private Hook hook(Owner owner, Exchange exchange, String method, byte[] body) {
        var in = exchange.getIn();
        return new Hook(
                UUID.randomUUID().toString(),
                owner.company(),
                owner.connection(),
                clock.instant(),
                method,
                text(in.getHeader(Exchange.CONTENT_TYPE)),
                text(in.getHeader(Exchange.HTTP_QUERY)),
                headers(in.getHeaders()),
                body);
    }

    private Optional<byte[]> body(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return Optional.of(new byte[0]);
        }
        var limit = properties.largestBody().toBytes();
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[8 * 1024];
        for (int read; (read = stream.read(buffer)) >= 0; ) {
            bytes.write(buffer, 0, read);
            if (bytes.size() > limit) {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.toByteArray());
    }

    private static Map<String, String> headers(Map<String, Object> all) {
        var kept = new TreeMap<String, String>();
        all.forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (value instanceof String text && !name.startsWith("Camel") && !NOT_KEPT.contains(lower)) {
                kept.put(lower, text.length() > 4_000 ? text.substring(0, 4_000) : text);
            }
        });
        return kept;
    }

    private static String text(@Nullable Object header) {
        return header == null ? "" : header.toString();
    }
}
