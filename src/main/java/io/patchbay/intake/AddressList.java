package io.patchbay.intake;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Blocks of network addresses, IPv4 and IPv6, each once. An IPv4 address that is written as IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address.
 *
 * @param blocks e.g. {@code 192.0.2.0/24}, {@code 2001:db8::/32}, {@code 192.0.2.7}
 */
public record AddressList(List<IPAddress> blocks) {

    /** A vendor names a few dozen; every hook is compared with all of them. */
    public static final int LONGEST = 200;

    public static final AddressList EMPTY = new AddressList(List.of());

    /** Addresses and blocks only: no names, ranges, wildcards, masks, zones, and no number that some resolvers would take for an address. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowBinary(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .allowBinary(false)
            .getParentBuilder()
            .toParams();

    public AddressList {
        blocks = blocks.stream().distinct().toList();
    }

    /** The block a text names; empty when it names none. Bits behind the prefix do not count: {@code 10.1.2.3/8} is {@code 10.0.0.0/8}. */
    public static Optional<IPAddress> block(String text) {
        return parsed(text.strip()).map(address -> address.isPrefixed() ? address.toPrefixBlock() : address);
    }

    /** One sender's address; empty when the text is none. */
    static Optional<IPAddress> sender(String text) {
        return parsed(text.strip().replaceFirst("%.*$", "")).filter(address -> !address.isPrefixed());
    }

    /** @param stored as {@link #toString()} writes it */
    static AddressList of(String stored) {
        return new AddressList(Arrays.stream(stored.split(" "))
                .flatMap(text -> block(text).stream())
                .toList());
    }

    private static Optional<IPAddress> parsed(String text) {
        try {
            var address = new IPAddressString(text, STRICT).toAddress();
            if (address.isIPv6() && address.toIPv6().isIPv4Mapped()) {
                return address.isPrefixed()
                        ? Optional.empty() // to be written as the IPv4 block it is
                        : Optional.of(address.toIPv6().getEmbeddedIPv4Address());
            }
            return Optional.of(address);
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }

    boolean contains(IPAddress sender) {
        return blocks.stream().anyMatch(block -> block.contains(sender));
    }

    /** Whether it lets a hook in. @param sender empty when it is not known who sent it */
    boolean permits(Optional<IPAddress> sender) {
        return blocks.isEmpty() || sender.filter(this::contains).isPresent();
    }

    public List<String> texts() {
        return blocks.stream().map(IPAddress::toCanonicalString).toList();
    }

    /** For the database. */
    @Override
    public String toString() {
        return texts().stream().collect(Collectors.joining(" "));
    }
}
