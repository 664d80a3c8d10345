package io.patchbay.clicktocall;

import io.patchbay.call.CallKey;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.intake.HubEvent.CallOrdered;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code click_to_call}: each order once, and how far it came. State only climbs; who changes it is told whether he was first. */
@Component
class Orders {

    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The new order; empty when it was taken before: a phone must not ring twice because a hook came twice. */
    Optional<Order> take(CallOrdered ordered, Optional<ConnectionId> pbx, Optional<Seat> seat, Instant now) {
        return jdbc.sql("""
            INSERT INTO click_to_call (company_id, connection_id, reference, entry, employee, number, line, placed_at, pbx_id, seat,
              ordered_at, state)
            VALUES (:company, :connection, :reference, :entry, :employee, :number, :line, :placed, :pbx, :seat, :now, 'TAKEN')
            ON CONFLICT (connection_id, reference) DO NOTHING RETURNING *\
            """)
                .param("company", ordered.company().value())
                .param("connection", ordered.connection().value())
                .param("reference", ordered.reference())
                .param("entry", ordered.entry().isEmpty() ? null : ordered.entry(), Types.VARCHAR)
                .param("employee", ordered.employee().isEmpty() ? null : ordered.employee(), Types.VARCHAR)
                .param("number", ordered.number())
                .param("line", ordered.line())
                .param("placed", ordered.at().toEpochMilli())
                .param("pbx", pbx.map(ConnectionId::value).orElse(null), Types.BIGINT)
                .param("seat", seat.map(Seat::id).orElse(null), Types.VARCHAR)
                .param("now", now.toEpochMilli())
                .query(Orders::order)
                .optional();
    }

    Optional<Order> find(long order) {
        return jdbc.sql("SELECT * FROM click_to_call WHERE id = ?")
                .param(order)
                .query(Orders::order)
                .optional();
    }

    /** Whether the same employee ordered the same number a moment before, and that order was not refused. */
    boolean isRepeated(Order order, String employee, Instant since) {
        return jdbc.sql("""
            SELECT COUNT(*) FROM click_to_call WHERE connection_id = ? AND employee = ? AND number = ? AND ordered_at >= ? AND id < ?
              AND state <> 'FAILED'\
            """)
                        .params(order.origin().value(), employee, order.number(), since.toEpochMilli(), order.id())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The intent. @return whether the caller may ask the PBX: nobody else does or did */
    boolean ask(long order, Instant now) {
        return jdbc.sql("UPDATE click_to_call SET state = 'ASKED', asked_at = ? WHERE id = ? AND state = 'TAKEN'")
                        .params(now.toEpochMilli(), order)
                        .update()
                == 1;
    }

    void made(long order, Optional<CallKey> call) {
        jdbc.sql("UPDATE click_to_call SET state = 'MADE', call_key = :call WHERE id = :id AND state <> 'FAILED'")
                .param("call", call.map(CallKey::value).orElse(null), Types.VARCHAR)
                .param("id", order)
                .update();
    }

    /** @return whether it was this caller who gave it up */
    boolean failed(long order, String why) {
        return jdbc.sql("UPDATE click_to_call SET state = 'FAILED', failure = ? WHERE id = ? AND state IN"
                                + " ('TAKEN', 'ASKED')")
                        .params(why, order)
                        .update()
                == 1;
    }

    /** Stored before, and nobody took them up: a hub that was stopped in between lost its queue. The oldest first. */
    List<Order> untouched(Instant takenBefore) {
        return jdbc.sql("SELECT * FROM click_to_call WHERE state = 'TAKEN' AND ordered_at < ? ORDER BY id LIMIT ?")
                .params(takenBefore.toEpochMilli(), AT_ONCE)
                .query(Orders::order)
                .list();
    }

    /** Asked for before, and the PBX has not said whether it makes them. The oldest first. */
    List<Order> unanswered(Instant askedBefore) {
        return jdbc.sql("SELECT * FROM click_to_call WHERE state = 'ASKED' AND asked_at < ? ORDER BY id LIMIT ?")
                .params(askedBefore.toEpochMilli(), AT_ONCE)
                .query(Orders::order)
                .list();
    }

    private static Order order(ResultSet row, int number) throws SQLException {
        var pbx = row.getLong("pbx_id");
        var none = row.wasNull();
        return new Order(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                new ConnectionId(row.getLong("connection_id")),
                Order.State.valueOf(row.getString("state")),
                row.getString("number"),
                row.getString("line"),
                Instant.ofEpochMilli(row.getLong("placed_at")),
                none ? Optional.empty() : Optional.of(new ConnectionId(pbx)),
                Optional.ofNullable(row.getString("seat")).map(Seat::new));
    }
}
