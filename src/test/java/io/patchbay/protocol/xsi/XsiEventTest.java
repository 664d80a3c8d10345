package io.patchbay.protocol.xsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.protocol.xml.XmlTree;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class XsiEventTest {

    private static final String BROADSOFT = "http://schema.broadsoft.com/xsi";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    @Test
    void becomesATreeWithoutNamespaces() {
        var event = read(event("<xsi:targetId>201@pbx.example</xsi:targetId>", """
            <xsi:call>
              <xsi:callId>callhalf-1:0</xsi:callId>
              <xsi:remoteParty>
                <xsi:address countryCode="7">tel:+79000001234</xsi:address>
                <xsi:callType>Network</xsi:callType>
              </xsi:remoteParty>
              <xsi:allowAnswer/>
            </xsi:call>\
            """));

        assertThat(event.at("/@type").asString()).isEqualTo("SubscriptionEvent");
        assertThat(event.at("/targetId").asString()).isEqualTo("201@pbx.example");
        assertThat(event.at("/eventData/@type").asString()).isEqualTo("CallReceivedEvent");
        var call = event.at("/eventData/call");
        assertThat(call.at("/remoteParty/address/@countryCode").asString()).isEqualTo("7");
        assertThat(call.at("/remoteParty/address/#text").asString()).isEqualTo("tel:+79000001234");
        assertThat(call.at("/allowAnswer").asString("missing")).isEmpty();
        assertThat(call.isObject()).isTrue();
    }

    @Test
    void listsOfTheProtocolAreArraysEvenWithOneMember() {
        var event = read(event("", """
            <xsi:calls><xsi:call><xsi:callId>a</xsi:callId>
              <xsi:redirections><xsi:redirection><xsi:reason>transfer</xsi:reason></xsi:redirection></xsi:redirections>
            </xsi:call></xsi:calls>\
            """));

        assertThat(event.at("/eventData/calls/call").isArray()).isTrue();
        assertThat(event.at("/eventData/calls/call/0/redirections/redirection").isArray())
                .isTrue();
    }

    @Test
    void whatIsRepeatedBecomesAnArray() {
        var event = read(event("", "<xsi:odd>1</xsi:odd><xsi:odd>2</xsi:odd><xsi:odd>3</xsi:odd>"));

        assertThat(event.at("/eventData/odd").valueStream().map(n -> n.asString()))
                .containsExactly("1", "2", "3");
    }

    @Test
    void theTypeIsReadUnderAnyPrefixOrNamespace() {
        for (var type : new String[] {
            "xmlns:i='" + INSTANCE + "' i:type='b:CallHeldEvent'",
            "xmlns:xsi1='" + BROADSOFT + "' xsi1:type='xsi:CallHeldEvent'",
            "type='CallHeldEvent'",
            "type=' b:CallHeldEvent\n'"
        }) {
            var event = read("<b:Event xmlns:b='" + BROADSOFT + "'><b:eventData " + type + "/></b:Event>");

            assertThat(event.at("/eventData/@type").asString()).as(type).isEqualTo("CallHeldEvent");
        }
    }

    @Test
    void paddedTextIsTrimmedAndSplitTextJoined() {
        var event = read(event("<xsi:targetId>\r\n   201@<![CDATA[pbx]]><!-- odd -->.example\t\n</xsi:targetId>", ""));

        assertThat(event.at("/targetId").asString()).isEqualTo("201@pbx.example");
    }

    @Test
    void theDeclaredEncodingIsObeyed() {
        var text = "<?xml version='1.0' encoding='%s'?><Event><name>Анна</name></Event>";
        for (var encoding : new String[] {"UTF-8", "windows-1251", "UTF-16"}) {
            var event = XsiEvent.read(text.formatted(encoding).getBytes(Charset.forName(encoding)));

            assertThat(event.at("/name").asString()).as(encoding).isEqualTo("Анна");
        }
    }

    @Test
    void characterReferencesAreRead() {
        assertThat(read("<Event><name>A &amp; B &#x1F4DE;</name></Event>")
                        .at("/name")
                        .asString())
                .isEqualTo("A & B 📞");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Event><Event/>",
                "<!DOCTYPE Event SYSTEM 'file:///etc/hostname'><Event/>",
                "<!DOCTYPE Event [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><Event><name>&x;</name></Event>",
                "<!DOCTYPE Event [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b"
                        + " '&a;&a;&a;&a;&a;&a;'>]><Event><name>&b;&b;</name></Event>",
                "<!DOCTYPE Event [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]><Event/>"
            })
    void aDocumentTypeIsRefused(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(MalformedXsiException.class)
                .hasMessageContaining("document type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "not xml",
                "{\"a\": 1}",
                "<Event>",
                "<Event><eventData></Event>",
                "<Event/><Event/>",
                "<Event>&unknown;</Event>",
                "<Event a=1/>",
                "<x:Event/>",
                "<Event>\u0001</Event>",
                "<?xml version='1.0' encoding='no-such-thing'?><Event/>",
                "<Channel/>",
                "<html><body>Event</body></html>"
            })
    void whatIsNoEventIsRefused(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(MalformedXsiException.class)
                .hasMessageStartingWith("Could not read the Xsi event: ");
    }

    @Test
    void everyTruncationIsRefused() {
        var whole = event("<xsi:targetId>201</xsi:targetId>", "<xsi:call><xsi:callId>c</xsi:callId></xsi:call>");
        for (var length = 0; length < whole.length() - 1; length++) {
            var cut = whole.substring(0, length);

            assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedXsiException.class);
        }
    }

    @Test
    void tooDeepANestingIsRefused() {
        var document = "<Event>" + "<a>".repeat(30_000) + "</a>".repeat(30_000) + "</Event>";

        assertThatThrownBy(() -> read(document)).hasMessageContaining("nested deeper");
    }

    @Test
    void tooManyElementsAreRefused() {
        var document = "<Event>" + "<a/>".repeat(XmlTree.MOST_ELEMENTS) + "</Event>";

        assertThatThrownBy(() -> read(document)).hasMessageContaining("more than");
    }

    @Test
    void tooLongADocumentIsRefusedUnread() {
        assertThatThrownBy(() -> XsiEvent.read(new byte[XmlTree.LONGEST + 1])).hasMessageContaining("longer than");
    }

    @Test
    void aRefusalDoesNotQuoteTheBody() {
        assertThatThrownBy(() -> read("<Event><name>+79000001234"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("79000001234"));
    }

    private static ObjectNode read(String document) {
        return XsiEvent.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String event(String envelope, String data) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <xsi:Event xmlns:xsi="%s" xmlns:xsi1="%s" xsi1:type="xsi:SubscriptionEvent">
            %s<xsi:eventData xsi1:type="xsi:CallReceivedEvent">%s</xsi:eventData>
            </xsi:Event>\
            """.formatted(BROADSOFT, INSTANCE, envelope, data);
    }
}
