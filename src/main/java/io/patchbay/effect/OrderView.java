package io.patchbay.effect;

import io.patchbay.directory.ClientOrder;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An order as operations see it: the shape {@code order} of docs/architecture.md, "Operations". */
final class OrderView {

    private OrderView() {}

    /** @param zone whose wall clock the time shows */
    static ObjectNode of(ClientOrder order, ZoneId zone) {
        var view = JsonNodeFactory.instance.objectNode();
        view.put("id", order.id());
        view.put("number", order.number());
        view.put("status", order.status());
        view.put("total", order.total());
        view.put("currency", order.currency());
        order.placedAt()
                .ifPresent(at -> view.put(
                        "at",
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                at.atZone(zone).truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime())));
        order.url().ifPresent(url -> view.put("url", url));
        view.put("text", order.inShort());
        return view;
    }
}
