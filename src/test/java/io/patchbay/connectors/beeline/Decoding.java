package io.patchbay.connectors.beeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.protocol.xsi.XsiEvent;
import io.patchbay.testing.MappingBench;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One pushed event goes through the reader and the connector's mapping, as in the hub. */
final class Decoding {

    static final String ANNA = "9000000202@mpbx.sip.beeline.ru";
    static final String IVAN = "9000000201@mpbx.sip.beeline.ru";
    static final String STORE = "SIP0000AA000BB@ip.beeline.ru";
    static final String GROUP = "MPBX_g_10001_hg_20002@ip.beeline.ru";
    static final String MENU = "MPBX_g_10001_vxml_30003@ip.beeline.ru";

    private static final MappingBench CONNECTOR = MappingBench.of("beeline");

    private final ObjectNode view = JsonMapper.shared().createObjectNode();
    private final ObjectNode input = view.putObject("input");

    private Decoding() {
        input.put("method", "POST").put("contentType", "application/xml; charset=UTF-8");
        input.putObject("query");
        input.putArray("lines").add("+79000000100");
        input.putObject("employees").put(IVAN, "201").put(ANNA, "202").put(STORE, "203");
        view.putObject("settings").put("subscriptionType", "ADVANCED_CALL").put("recordings", "ask");
    }

    static Decoding of(byte[] xml) {
        var decoding = new Decoding();
        decoding.input.set("body", XsiEvent.read(xml));
        return decoding;
    }

    /** A body that is no XML. */
    static Decoding ofText(String text) {
        var decoding = new Decoding();
        decoding.input.put("body", text);
        return decoding;
    }

    /** An event about one leg: elements without a prefix, in the order given. */
    static Decoding of(String kind, String target, String leg) {
        return of(document(kind, target, "<call>" + leg + "</call>"));
    }

    static Decoding of(String kind, String target, List<String> legs) {
        return of(document(kind, target, "<calls><call>" + String.join("</call><call>", legs) + "</call></calls>"));
    }

    static byte[] document(String kind, String target, String data) {
        return """
            <Event xmlns="http://schema.broadsoft.com/xsi" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
                   xmlns:b="http://schema.broadsoft.com/xsi" i:type="b:SubscriptionEvent">
              <subscriptionId>s-1</subscriptionId>%s<eventData i:type="b:%s">%s</eventData>
            </Event>\
            """.formatted(target.isEmpty() ? "" : "<targetId>" + target + "</targetId>", kind, data)
                .getBytes(StandardCharsets.UTF_8);
    }

    Decoding setting(String name, String value) {
        ((ObjectNode) view.get("settings")).put(name, value);
        return this;
    }

    Decoding query(String name, String value) {
        ((ObjectNode) input.get("query")).put(name, value);
        return this;
    }

    Decoding without(String... members) {
        input.remove(List.of(members));
        return this;
    }

    Decoding lines(String... lines) {
        var all = input.putArray("lines");
        List.of(lines).forEach(all::add);
        return this;
    }

    Decoding employees(Map<String, String> extensions) {
        var all = input.putObject("employees");
        extensions.forEach(all::put);
        return this;
    }

    Decoding receivedAt(long millis) {
        input.put("receivedAt", millis);
        return this;
    }

    JsonNode output() {
        return CONNECTOR.run("decode-hook", view);
    }

    List<JsonNode> facts(String kind) {
        return output().path("facts")
                .valueStream()
                .filter(fact -> fact.path("kind").asString().equals(kind))
                .toList();
    }

    /** The only leg of the event. */
    JsonNode leg() {
        var legs = facts("leg");
        assertThat(legs).hasSize(1);
        return legs.getFirst();
    }

    String ignored() {
        assertThat(output().path("facts")).isEmpty();
        return output().path("ignored").asString("");
    }
}
