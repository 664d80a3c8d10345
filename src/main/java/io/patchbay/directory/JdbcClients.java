package io.patchbay.directory;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcClients implements Clients {

    private final JdbcClient jdbc;
    private final ClientDirectory directory;
    private final Clock clock;

    JdbcClients(JdbcClient jdbc, ClientDirectory directory, Clock clock) {
        this.jdbc = jdbc;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Optional<ClientRecord> known(CompanyId company, long connection, PhoneNumber number) {
        return jdbc.sql("SELECT * FROM client WHERE company_id = ? AND connection_id = ? AND e164 = ?")
                .params(company.value(), connection, number.e164())
                .query((row, ignored) -> new ClientRecord(
                        row.getString("kind"),
                        row.getString("external_id"),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("url")),
                        Optional.ofNullable(row.getString("owner"))))
                .optional();
    }

    @Override
    @Transactional
    public void remember(CompanyId company, long connection, PhoneNumber number, ClientRecord client) {
        jdbc.sql("""
            INSERT INTO client (company_id, connection_id, e164, kind, external_id, name, url, owner, changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (company_id, connection_id, e164) DO UPDATE SET kind = excluded.kind,
              external_id = excluded.external_id, name = excluded.name, url = excluded.url, owner = excluded.owner,
              changed_at = excluded.changed_at\
            """)
                .params(Arrays.asList(
                        company.value(),
                        connection,
                        number.e164(),
                        client.kind(),
                        client.id(),
                        client.name(),
                        client.url().orElse(null),
                        client.owner().orElse(null),
                        clock.millis()))
                .update();
        delete("client_claim", company, connection, number);
        directory.told(company, connection, new ListedClient(client, List.of(number), false));
    }

    @Override
    public void changed(CompanyId company, long connection, String id) {
        jdbc.sql("DELETE FROM client WHERE company_id = ? AND connection_id = ? AND external_id = ?")
                .params(company.value(), connection, id)
                .update();
    }

    @Override
    @Transactional
    public void forget(CompanyId company, long connection, PhoneNumber number) {
        delete("client", company, connection, number);
        delete("client_claim", company, connection, number);
    }

    @Override
    public boolean claim(CompanyId company, long connection, PhoneNumber number, Instant now, Duration lease) {
        return jdbc.sql("""
            INSERT INTO client_claim (company_id, connection_id, e164, held_until) VALUES (?, ?, ?, ?)
            ON CONFLICT (company_id, connection_id, e164) DO UPDATE SET held_until = excluded.held_until
            WHERE client_claim.held_until <= ?\
            """)
                        .params(
                                company.value(),
                                connection,
                                number.e164(),
                                now.plus(lease).toEpochMilli(),
                                now.toEpochMilli())
                        .update()
                > 0;
    }

    private void delete(String table, CompanyId company, long connection, PhoneNumber number) {
        jdbc.sql("DELETE FROM " + table + " WHERE company_id = ? AND connection_id = ? AND e164 = ?")
                .params(company.value(), connection, number.e164())
                .update();
    }
}
