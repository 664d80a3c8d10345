package io.patchbay.directory;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The table {@code client_order}: what shops told of orders, each order once. Thread-safe. */
@Repository
public class ClientOrders {

    private static final int MOST = 50;

    private final JdbcClient jdbc;
    private final Clock clock;

    ClientOrders(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Takes over what a shop says of an order.
     *
     * @return false when the hub knew of this order before
     */
    public boolean told(CompanyId company, PhoneNumber number, ClientOrder order) {
        var first = jdbc.sql("SELECT COUNT(*) FROM client_order WHERE connection_id = ? AND external_id = ?")
                        .params(order.connection(), order.id())
                        .query(Integer.class)
                        .single()
                == 0;
        jdbc.sql("""
            INSERT INTO client_order (connection_id, external_id, company_id, e164, number, status, open, total, currency,
              placed_at, url, items, told_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (connection_id, external_id) DO UPDATE SET e164 = excluded.e164, number = excluded.number,
              status = excluded.status, open = excluded.open, total = excluded.total, currency = excluded.currency,
              placed_at = excluded.placed_at, url = excluded.url, items = excluded.items, told_at = excluded.told_at\
            """)
                .params(Arrays.asList(
                        order.connection(),
                        order.id(),
                        company.value(),
                        number.e164(),
                        order.number(),
                        order.status(),
                        order.open(),
                        order.total(),
                        order.currency(),
                        order.placedAt().map(Instant::toEpochMilli).orElse(null),
                        order.url().orElse(null),
                        items(order),
                        clock.millis()))
                .update();
        return first;
    }

    /** Orders of these numbers, the newest first, no more than {@value #MOST}. */
    public List<ClientOrder> of(CompanyId company, Collection<PhoneNumber> numbers) {
        return numbers.isEmpty()
                ? List.of()
                : jdbc.sql("""
                    SELECT * FROM client_order WHERE company_id = :company AND e164 IN (:numbers)
                    ORDER BY placed_at DESC, external_id DESC LIMIT :most\
                    """)
                        .param("company", company.value())
                        .param(
                                "numbers",
                                numbers.stream().map(PhoneNumber::e164).toList())
                        .param("most", MOST)
                        .query(ClientOrders::order)
                        .list();
    }

    private static String items(ClientOrder order) {
        var items = JsonNodeFactory.instance.arrayNode();
        order.items().forEach(item -> items.addObject().put("name", item.name()).put("quantity", item.quantity()));
        return items.toString();
    }

    private static ClientOrder order(ResultSet row, int ignored) throws SQLException {
        var placed = row.getLong("placed_at");
        var unknown = row.wasNull();
        return new ClientOrder(
                row.getLong("connection_id"),
                row.getString("external_id"),
                row.getString("number"),
                row.getString("status"),
                row.getBoolean("open"),
                row.getString("total"),
                row.getString("currency"),
                unknown ? Optional.empty() : Optional.of(Instant.ofEpochMilli(placed)),
                Optional.ofNullable(row.getString("url")),
                JsonMapper.shared()
                        .readTree(row.getString("items"))
                        .valueStream()
                        .map(item -> new ClientOrder.Item(
                                item.path("name").asString(""),
                                item.path("quantity").asString("")))
                        .toList());
    }
}
