package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import inet.ipaddr.IPAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/** Whose address a hook bears, and who is on a list. */
class SendersTest {

    private static IntakeProperties trusting(String... proxies) {
        return new IntakeProperties(
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(5),
                Duration.ofDays(30),
                URI.create("http://localhost"),
                Duration.ofHours(24),
                List.of(proxies),
                new IntakeProperties.Rate(500, 200, Duration.ofSeconds(1)));
    }

    private static Optional<String> sender(IntakeProperties properties, String peer, String... forwarded) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        List.of(forwarded).forEach(header -> request.addHeader("X-Forwarded-For", header));
        return new Senders(properties).of(request).map(IPAddress::toCanonicalString);
    }

    @Test
    void nobodysWordCountsWhereNoProxyIsTrusted() {
        assertThat(sender(trusting(), "203.0.113.9", "192.0.2.1")).contains("203.0.113.9");
        assertThat(sender(trusting("10.0.0.0/24"), "203.0.113.9", "192.0.2.1")).contains("203.0.113.9");
        assertThat(sender(trusting("10.0.0.0/24"), "10.0.1.1", "192.0.2.1")).contains("10.0.1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "'198.51.100.7, 192.0.2.1', 192.0.2.1", // what stands before was written by the sender
        "'192.0.2.1, 10.0.0.8', 192.0.2.1", // two proxies of ours
        "'10.0.0.9, 192.0.2.1, 10.0.0.8', 192.0.2.1",
        "'10.0.0.9, 10.0.0.8', 10.0.0.9", // from inside
        "2001:DB8::1, 2001:db8::1",
        "::ffff:192.0.2.1, 192.0.2.1",
    })
    void aTrustedProxyTellsTheSender(String forwarded, String expected) {
        assertThat(sender(trusting("10.0.0.0/24"), "10.0.0.7", forwarded)).contains(expected);
    }

    @Test
    void severalHeadersAreOneChain() {
        assertThat(sender(trusting("10.0.0.0/24"), "10.0.0.7", "198.51.100.7", "192.0.2.1"))
                .as("the proxy added the last")
                .contains("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "192.0.2.1:4711", "192.0.2", "3221225985", "<script>", "", "192.0.2.0/24"})
    void whatIsNoAddressIsNobodys(String told) {
        assertThat(sender(trusting("10.0.0.0/24"), "10.0.0.7", "198.51.100.7, " + told))
                .isEmpty();
    }

    @Test
    void aProxyThatSaysNothingIsTheSender() {
        assertThat(sender(trusting("10.0.0.0/24"), "10.0.0.7")).contains("10.0.0.7");
        assertThat(sender(trusting("::1"), "0:0:0:0:0:0:0:1")).contains("::1");
        assertThat(sender(trusting("fe80::/10"), "fe80::1%eth0")).contains("fe80::1");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.9/24, 192.0.2.1, true", // bits behind the prefix do not count
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::/0, 192.0.2.7, false",
        "0.0.0.0/0, 2001:db8::1, false",
        "192.0.2.0/24, ::ffff:192.0.2.7, true",
    })
    void aListHoldsItsBlocks(String block, String sender, boolean on) {
        var list = AddressList.of(block);

        assertThat(list.blocks()).hasSize(1);
        assertThat(list.permits(AddressList.sender(sender))).isEqualTo(on);
        assertThat(AddressList.of(list.toString())).as("as it is stored").isEqualTo(list);
    }

    @Test
    void anEmptyListLetsEverybodyInAndAnotherNobodyWhoIsNotKnown() {
        assertThat(AddressList.EMPTY.permits(Optional.empty())).isTrue();
        assertThat(AddressList.of("192.0.2.0/24 2001:db8::/32").permits(Optional.empty()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "all",
                "localhost",
                "pbx.example.org",
                "192.0.2",
                "192.0.2.*",
                "192.0.2.1-9",
                "192.0.2.0/33",
                "192.0.2.0/255.255.255.0",
                "/24",
                "2001:db8::/129",
                "192.0.2.256",
                "0xC0000201",
                "3221225985",
                "010.0.0.1",
                "::ffff:192.0.2.0/120",
                "1.2.3.4 5.6.7.8",
                "fe80::1%eth0"
            })
    void whatIsNoBlockIsRefused(String text) {
        assertThat(AddressList.block(text)).isEmpty();
        assertThatThrownBy(() -> trusting(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patchbay.intake.trusted-proxies");
    }
}
