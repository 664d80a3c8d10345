package io.patchbay.connection.api;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of addresses, e.g. {@code 10.0.0.0/8} or {@code fc00::/7}.
 *
 * @param bits of the base that count
 */
public record Network(InetAddress base, int bits) {

    /** @throws IllegalArgumentException when the text is no block of addresses */
    public static Network of(String cidr) {
        try {
            var cut = cidr.indexOf('/');
            var address = cut < 0 ? cidr : cidr.substring(0, cut);
            if (!address.matches("[0-9a-fA-F:.]+")) { // or it would be looked up as a name
                throw new IllegalArgumentException("'" + cidr + "' is no block of addresses. Write 10.1.2.0/24.");
            }
            var base = InetAddress.getByName(address);
            var longest = base.getAddress().length * 8;
            var bits = cut < 0 ? longest : Integer.parseInt(cidr.substring(cut + 1));
            if (bits < 0 || bits > longest) {
                throw new IllegalArgumentException("'" + cidr + "' has a prefix longer than the address.");
            }
            return new Network(base, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + cidr + "' is no block of addresses. Write 10.1.2.0/24.", e);
        }
    }

    boolean contains(InetAddress address) {
        var mine = base.getAddress();
        var other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (var i = 0; i < bits; i++) {
            var mask = 0x80 >> (i % 8);
            if ((mine[i / 8] & mask) != (other[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + bits;
    }
}
