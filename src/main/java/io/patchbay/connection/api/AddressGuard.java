package io.patchbay.connection.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Decides which addresses a request may go to, so that no setting of a company can make the hub ask inside its own network.
 *
 * <p>It is the resolver of the HTTP client: the address it lets through is the one that is connected to, so a name that changes its address between a
 * check and the connection (DNS rebinding) gains nothing.
 */
final class AddressGuard implements DnsResolver {

    /** Not of the public internet: IANA special-purpose registries, RFC 6890. */
    private static final List<Network> FORBIDDEN = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carrier-grade NAT; also the metadata service of one cloud
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local; metadata services of most clouds
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments; metadata service of one cloud
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, broadcast
                    "::/96", // unspecified, loopback, IPv4-compatible
                    "::ffff:0:0:0/96", // IPv4-translated (SIIT)
                    "64:ff9b::/96", // NAT64: reaches any IPv4 address
                    "64:ff9b:1::/48", // NAT64, local
                    "100::/64", // discard
                    "2001::/23", // protocol assignments, Teredo
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4: reaches any IPv4 address
                    "3fff::/20", // documentation
                    "5f00::/16", // segment routing
                    "fc00::/7", // unique local; metadata service of one cloud
                    "fe80::/10", // link-local
                    "fec0::/10", // site-local
                    "ff00::/8") // multicast
            .map(Network::of)
            .toList();

    /** How names become addresses. */
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Names names;
    private final List<Network> allowed;
    private final boolean publicToo;

    private AddressGuard(Names names, List<Network> allowed, boolean publicToo) {
        this.names = names;
        this.allowed = allowed;
        this.publicToo = publicToo;
    }

    /** For https: every public address and the allowed networks. */
    static AddressGuard forTls(Names names, List<Network> allowed) {
        return new AddressGuard(names, allowed, true);
    }

    /** For plain http: the allowed networks only, since everybody on the way reads along. */
    static AddressGuard forPlain(Names names, List<Network> allowed) {
        return new AddressGuard(names, allowed, false);
    }

    boolean permits(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address))
                || (publicToo && FORBIDDEN.stream().noneMatch(network -> network.contains(address)));
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var permitted = Arrays.stream(names.resolve(host)).filter(this::permits).toArray(InetAddress[]::new);
        if (permitted.length == 0) {
            throw new ForbiddenAddressException(host, publicToo);
        }
        return permitted;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return resolve(host)[0].getCanonicalHostName();
    }
}
