package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static AddressGuard guard(String... allowed) {
        return AddressGuard.forTls(
                InetAddress::getAllByName,
                Arrays.stream(allowed).map(Network::of).toList());
    }

    private static AddressGuard resolving(String... addresses) {
        return AddressGuard.forTls(host -> all(addresses), List.of());
    }

    private static InetAddress[] all(String... addresses) throws UnknownHostException {
        var all = new InetAddress[addresses.length];
        for (var i = 0; i < addresses.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this host",
        "0.1.2.3, this network",
        "10.0.0.1, private",
        "10.255.255.255, private",
        "100.64.0.1, carrier-grade NAT",
        "100.100.100.200, metadata of a cloud",
        "100.127.255.255, carrier-grade NAT",
        "127.0.0.1, loopback",
        "127.1.2.3, loopback",
        "169.254.0.1, link-local",
        "169.254.169.254, metadata of most clouds",
        "169.254.170.2, metadata of containers",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.0.0.192, metadata of a cloud",
        "192.0.2.1, documentation",
        "192.88.99.1, 6to4 relay",
        "192.168.0.1, private",
        "192.168.255.255, private",
        "198.18.0.1, benchmark",
        "198.19.255.255, benchmark",
        "198.51.100.7, documentation",
        "203.0.113.7, documentation",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "240.0.0.1, reserved",
        "255.255.255.255, broadcast",
        "::, unspecified",
        "::1, loopback",
        "::ffff:127.0.0.1, mapped loopback",
        "::ffff:10.0.0.1, mapped private",
        "::ffff:7f00:1, mapped loopback in hexadecimal",
        "::ffff:a9fe:a9fe, mapped metadata",
        "::127.0.0.1, compatible loopback",
        "::ffff:0:127.0.0.1, translated loopback",
        "64:ff9b::7f00:1, NAT64 of loopback",
        "64:ff9b:1::a00:1, local NAT64",
        "2001:0:1::1, Teredo",
        "2001:db8::1, documentation",
        "2002:7f00:1::, 6to4 of loopback",
        "fc00::1, unique local",
        "fd00:ec2::254, metadata of a cloud",
        "fe80::1, link-local",
        "fec0::1, site-local",
        "ff02::1, multicast"
    })
    void noRequestGoesInside(String address, String why) throws UnknownHostException {
        assertThat(guard().permits(InetAddress.getByName(address))).as(why).isFalse();
        assertThatThrownBy(() -> resolving(address).resolve("crm.example"))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessage("The address of crm.example lies inside a private network. Allow that network in"
                        + " patchbay.api.allowed-networks, or correct the address.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a02:6b8::1"
            })
    void thePublicInternetIsOpenUpToTheEdgesOfTheClosedBlocks(String address) throws UnknownHostException {
        assertThat(guard().permits(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433", // decimal
                "127.1", // short
                "127.0.1",
                "0x7f.0.0.1", // hexadecimal
                "0x7f000001",
                "017700000001", // octal
                "localhost",
                "LOCALHOST",
                "localhost."
            })
    void aStrangelyWrittenLoopbackIsNoWayIn(String host) {
        assertThatThrownBy(() -> guard().resolve(host)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aLeadingZeroIsNoOctalNumberSoThatCheckAndConnectionMeanTheSame() throws UnknownHostException {
        assertThat(guard().resolve("0177.0.0.1")).containsExactly(InetAddress.getByName("177.0.0.1"));
    }

    @Test
    void ofSeveralAddressesOnlyThePermittedOnesAreTried() throws UnknownHostException {
        assertThat(resolving("10.0.0.1", "1.1.1.1", "::1").resolve("crm.example"))
                .containsExactly(InetAddress.getByName("1.1.1.1"));
    }

    @Test
    void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() throws UnknownHostException {
        // a name server that tells a public address first and a private one at every later question
        var asked = new int[1];
        var guard = AddressGuard.forTls(host -> all(asked[0]++ == 0 ? "1.1.1.1" : "127.0.0.1"), List.of());

        assertThat(guard.resolve("rebinding.example")).containsExactly(InetAddress.getByName("1.1.1.1"));
        assertThat(asked[0])
                .as("one question, whose answer is checked and used")
                .isEqualTo(1);
        assertThatThrownBy(() -> guard.resolve("rebinding.example")).isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void whatAnAdministratorAllowsIsOpenAndNothingBesides() throws UnknownHostException {
        var guard = guard("192.168.10.0/24", "fd12::/16", "10.1.2.3");

        assertThat(guard.permits(InetAddress.getByName("192.168.10.77"))).isTrue();
        assertThat(guard.permits(InetAddress.getByName("192.168.11.1"))).isFalse();
        assertThat(guard.permits(InetAddress.getByName("fd12::1"))).isTrue();
        assertThat(guard.permits(InetAddress.getByName("fd13::1"))).isFalse();
        assertThat(guard.permits(InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(guard.permits(InetAddress.getByName("10.1.2.4"))).isFalse();
    }

    @Test
    void plainHttpGoesToAllowedNetworksOnly() throws UnknownHostException {
        var guard = AddressGuard.forPlain(InetAddress::getAllByName, List.of(Network.of("192.168.10.0/24")));

        assertThat(guard.permits(InetAddress.getByName("192.168.10.1"))).isTrue();
        assertThat(guard.permits(InetAddress.getByName("1.1.1.1"))).isFalse();
        assertThatThrownBy(() -> guard.resolve("1.1.1.1"))
                .hasMessage("Plain http to 1.1.1.1 is not allowed. Use https, or allow the host's network in"
                        + " patchbay.api.allowed-networks.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crm.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "fc00::/129", "", "10.0.0.0/"})
    void anAllowedNetworkThatIsNoneIsRefusedAtTheStart(String block) {
        assertThatThrownBy(() -> Network.of(block)).isInstanceOf(IllegalArgumentException.class);
    }
}
