package io.patchbay.intake;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Hooks that had been accepted and not read when a back-up was made: what routes/intake/restored.camel.yaml calls to put them into the queue of the hub that was
 * restored. One that is put there twice is read once.
 */
@Component
public class RestoredHooks {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredHooks.class);
    private static final int BATCH = 200;

    private final JdbcClient jdbc;
    private final WaitingHooks queue;

    RestoredHooks(JdbcClient jdbc, WaitingHooks queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    private record Row(long id, byte[] sealed) {}

    public void goOn() {
        var total = 0;
        for (var rows = next(); !rows.isEmpty(); rows = next()) {
            queue.put(rows.stream().map(Row::sealed).toList());
            jdbc.sql("DELETE FROM restored_hook WHERE id IN (:ids)")
                    .param("ids", rows.stream().map(Row::id).toList())
                    .update();
            total += rows.size();
        }
        if (total > 0) {
            LOG.info("hooks.restored hooks={}", total);
        }
    }

    private List<Row> next() {
        return jdbc.sql("SELECT id, sealed FROM restored_hook ORDER BY id LIMIT ?")
                .param(BATCH)
                .query((row, number) -> new Row(row.getLong("id"), row.getBytes("sealed")))
                .list();
    }
}
