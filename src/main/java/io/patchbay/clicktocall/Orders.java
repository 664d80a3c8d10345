package io.patchbay.clicktocall;

import io.patchbay.call.CallKey;
import io.patchbay.intake.HubEvent.CallOrdered;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Orders that were taken, each once. */
@Component
class Orders {

    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The id of a new order; empty when this entry was ordered before: a phone must not ring twice because a hook came twice. */
    Optional<Long> take(CallOrdered ordered, Instant now) {
        return jdbc.sql("INSERT INTO click_to_call (company_id, connection_id, entry, ordered_at)"
                        + " VALUES (:company, :connection, :entry, :now)"
                        + " ON CONFLICT (connection_id, entry) DO NOTHING RETURNING id")
                .param("company", ordered.company().value())
                .param("connection", ordered.connection().value())
                .param("entry", ordered.entry())
                .param("now", now.toEpochMilli())
                .query(Long.class)
                .optional();
    }

    void made(long order, CallKey call) {
        jdbc.sql("UPDATE click_to_call SET call_key = :call WHERE id = :id")
                .param("call", call.value())
                .param("id", order)
                .update();
    }

    void failed(long order, String why) {
        jdbc.sql("UPDATE click_to_call SET failure = :why WHERE id = :id")
                .param("why", why)
                .param("id", order)
                .update();
    }
}
