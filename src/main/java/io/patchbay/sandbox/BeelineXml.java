package io.patchbay.sandbox;

/** Writes the Xsi event documents that the simulated PBX pushes. */
final class BeelineXml {

    private BeelineXml() {}

    /** @param data the whole {@code eventData} element's content */
    static String event(
            String eventId,
            long sequence,
            String subscription,
            String callback,
            String target,
            String kind,
            String data) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <xsi:Event xmlns:xsi="http://schema.broadsoft.com/xsi" \
            xmlns:xsi1="http://www.w3.org/2001/XMLSchema-instance" xsi1:type="xsi:SubscriptionEvent">
              <xsi:eventID>%s</xsi:eventID>
              <xsi:sequenceNumber>%d</xsi:sequenceNumber>
              <xsi:userId>apiuser@mpbx.sip.beeline.ru</xsi:userId>
              <xsi:externalApplicationId>portal-api</xsi:externalApplicationId>
              <xsi:subscriptionId>%s</xsi:subscriptionId>
              <xsi:httpContact><xsi:uri>%s</xsi:uri></xsi:httpContact>
              <xsi:targetId>%s</xsi:targetId>
              <xsi:eventData xsi1:type="xsi:%s">%s</xsi:eventData>
            </xsi:Event>
            """.formatted(eventId, sequence, subscription, escaped(callback), target, kind, data);
    }

    static String element(String name, String content) {
        return "<xsi:" + name + ">" + content + "</xsi:" + name + ">";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
