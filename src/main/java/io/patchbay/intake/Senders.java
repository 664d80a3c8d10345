package io.patchbay.intake;

import inet.ipaddr.IPAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Who sent a hook. A proxy's word for it ({@code X-Forwarded-For}) counts only when the proxy is one of {@link IntakeProperties#trustedProxies()}; everybody else can
 * write into that header what they like.
 */
@Component
class Senders {

    private static final String FORWARDED = "X-Forwarded-For";

    private final AddressList proxies;

    Senders(IntakeProperties properties) {
        this.proxies = properties.proxies();
    }

    /** Empty when a trusted proxy tells something that is no address: nobody knows then. */
    Optional<IPAddress> of(HttpServletRequest request) {
        var peer = AddressList.sender(String.valueOf(request.getRemoteAddr()));
        if (peer.filter(proxies::contains).isEmpty()) {
            return peer;
        }
        return forwarded(request, peer.get());
    }

    /** Each proxy adds at the end whom it heard: read from there, the first that is no proxy of ours is the sender. What stands before it is the sender's own word. */
    private Optional<IPAddress> forwarded(HttpServletRequest request, IPAddress peer) {
        var sender = peer;
        for (var told : chain(request).reversed()) {
            var address = AddressList.sender(told);
            if (address.isEmpty() || !proxies.contains(address.get())) {
                return address;
            }
            sender = address.get();
        }
        return Optional.of(sender);
    }

    private static List<String> chain(HttpServletRequest request) {
        var chain = new ArrayList<String>();
        for (var header : Collections.list(request.getHeaders(FORWARDED))) {
            chain.addAll(List.of(header.split(",")));
        }
        return chain;
    }
}
