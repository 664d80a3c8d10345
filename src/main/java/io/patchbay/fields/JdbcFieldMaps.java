package io.patchbay.fields;

import io.patchbay.company.CompanyId;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code connection_fields}. Read at each operation, so that a change holds on every node at once. */
@Repository
class JdbcFieldMaps implements FieldMaps {

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcFieldMaps(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public FieldMap of(long connection) {
        return jdbc.sql("SELECT json FROM connection_fields WHERE connection_id = ?")
                .param(connection)
                .query(String.class)
                .optional()
                .map(json -> FieldsJson.read(JsonMapper.shared().readTree(json)).map())
                .orElse(FieldMap.EMPTY);
    }

    @Override
    public void replace(CompanyId company, long connection, FieldMap map) {
        jdbc.sql("""
            INSERT INTO connection_fields (connection_id, company_id, json, changed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (connection_id) DO UPDATE SET json = excluded.json, changed_at = excluded.changed_at\
            """)
                .params(connection, company.value(), FieldsJson.write(map).toString(), clock.millis())
                .update();
    }
}
