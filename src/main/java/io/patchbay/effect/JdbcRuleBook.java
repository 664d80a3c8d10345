package io.patchbay.effect;

import io.patchbay.company.CompanyId;
import io.patchbay.rules.RuleSet;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code connection_rules}. Read at each look, so that a change holds on every node at once. */
final class JdbcRuleBook implements RuleBook {

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcRuleBook(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public RuleSet of(long connection) {
        return jdbc.sql("SELECT json FROM connection_rules WHERE connection_id = ?")
                .param(connection)
                .query(String.class)
                .optional()
                .map(json -> RulesJson.read(JsonMapper.shared().readTree(json)).rules())
                .orElse(RuleSet.DEFAULT);
    }

    @Override
    public void replace(CompanyId company, long connection, RuleSet rules) {
        jdbc.sql("""
            INSERT INTO connection_rules (connection_id, company_id, json, changed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (connection_id) DO UPDATE SET json = excluded.json, changed_at = excluded.changed_at\
            """)
                .params(connection, company.value(), RulesJson.write(rules).toString(), clock.millis())
                .update();
    }
}
