package io.patchbay.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a client ordered in a connected shop.
 *
 * @param id     in the shop
 * @param number as the client sees it
 * @param status the shop's word
 * @param open   something is still to be done for it
 * @param total  a decimal number, empty when unknown
 */
public record ClientOrder(
        long connection,
        String id,
        String number,
        String status,
        boolean open,
        String total,
        String currency,
        Optional<Instant> placedAt,
        Optional<String> url,
        List<Item> items) {

    /** @param quantity as the shop writes it */
    public record Item(String name, String quantity) {}

    /** In one line: {@code 1001: 4350.00 RUB, processing (Kettle x 2)}. */
    public String inShort() {
        var goods = String.join(
                ", ",
                items.stream()
                        .map(item -> item.name() + " x " + item.quantity())
                        .toList());
        return number + ": "
                + (total.isEmpty() ? "" : (total + " " + currency).strip() + ", ")
                + status
                + (goods.isEmpty() ? "" : " (" + goods + ")");
    }
}
