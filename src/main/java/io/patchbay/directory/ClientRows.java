package io.patchbay.directory;

import io.patchbay.call.NumberPlan;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.Client.Account;
import io.patchbay.directory.Client.Field;
import io.patchbay.directory.Client.Question;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code known_client*}, {@code client_question} and {@code client_policy}. */
@Repository
class ClientRows {

    /** Instead of a connection: a person or an import gave the value. */
    static final long BY_HAND = 0;

    /** Instead of a connection: nobody gave a value yet. */
    static final long NOBODY = -1;

    /** A number is looked for by so many of its last digits at most: people write it with and without its country. */
    private static final int SOUGHT_DIGITS = 10;

    /** Reads E.164, which means the same in every region. */
    private static final NumberPlan ANY = new NumberPlan("RU");

    private final JdbcClient jdbc;
    private final Clock clock;

    ClientRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Two systems that tell of the same new client at once must not make two of him. The company's row is the lock. */
    void takeTurn(CompanyId company) {
        jdbc.sql("UPDATE company SET title = title WHERE id = ?")
                .param(company.value())
                .update();
    }

    Optional<Client> find(CompanyId company, ClientId id) {
        return jdbc.sql("SELECT * FROM known_client WHERE id = ? AND company_id = ?")
                .params(id.value(), company.value())
                .query(ClientRows::bare)
                .optional();
    }

    List<Client> search(CompanyId company, String sought, long before, int limit) {
        var text = sought.strip().toLowerCase(Locale.ROOT);
        var digits = text.replaceAll("\\D", "");
        var byNumber = !digits.isEmpty() && text.matches("[-+()./\\s\\d]+");
        return jdbc.sql(byNumber ? """
            SELECT * FROM known_client WHERE company_id = :company AND id < :before AND id IN
              (SELECT client_id FROM known_client_number WHERE company_id = :company AND e164 LIKE :part)
            ORDER BY id DESC LIMIT :most\
            """ : """
                SELECT * FROM known_client WHERE company_id = :company AND id < :before
                  AND sought LIKE :part ESCAPE '!'
                ORDER BY id DESC LIMIT :most\
                """)
                .param("company", company.value())
                .param("before", before)
                .param(
                        "part",
                        "%"
                                + (byNumber
                                        ? digits.substring(Math.max(0, digits.length() - SOUGHT_DIGITS))
                                        : text.replaceAll("([!%_])", "!$1"))
                                + "%")
                .param("most", limit)
                .query(ClientRows::bare)
                .list();
    }

    /** With what belongs to him. */
    Client whole(Client bare) {
        var id = bare.id().value();
        return new Client(
                bare.id(),
                bare.company(),
                bare.name(),
                bare.owner(),
                bare.vip(),
                jdbc.sql("SELECT e164 FROM known_client_number WHERE client_id = ? ORDER BY e164")
                        .param(id)
                        .query((row, ignored) -> number(row.getString(1)))
                        .list(),
                jdbc.sql("SELECT * FROM known_client_account WHERE client_id = ? ORDER BY told_at DESC, external_id")
                        .param(id)
                        .query(ClientRows::account)
                        .list(),
                jdbc.sql("SELECT * FROM client_question WHERE client_id = ? ORDER BY field, connection_id")
                        .param(id)
                        .query((row, ignored) -> new Question(
                                Field.valueOf(row.getString("field")),
                                row.getLong("connection_id"),
                                row.getString("value")))
                        .list());
    }

    Optional<ClientId> ofNumber(CompanyId company, PhoneNumber number) {
        return id(jdbc.sql("SELECT client_id FROM known_client_number WHERE company_id = ? AND e164 = ?")
                .params(company.value(), number.e164()));
    }

    Optional<ClientId> ofCard(long connection, ClientRecord card) {
        return id(jdbc.sql("SELECT client_id FROM known_client_account WHERE connection_id = ? AND kind = ? AND"
                        + " external_id = ?")
                .params(connection, card.kind(), card.id()));
    }

    boolean hasCardIn(ClientId id, long connection) {
        return jdbc.sql("SELECT COUNT(*) FROM known_client_account WHERE client_id = ? AND connection_id = ?")
                        .params(id.value(), connection)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    ClientId add(CompanyId company) {
        return new ClientId(jdbc.sql("""
            INSERT INTO known_client (company_id, name, sought, name_from, owner_from, vip, changed_at)
            VALUES (?, '', '', ?, ?, ?, ?) RETURNING id\
            """)
                .params(company.value(), NOBODY, NOBODY, false, clock.millis())
                .query(Long.class)
                .single());
    }

    String name(ClientId id) {
        return column(id, "name", String.class);
    }

    long nameFrom(ClientId id) {
        return column(id, "name_from", Long.class);
    }

    long ownerFrom(ClientId id) {
        return column(id, "owner_from", Long.class);
    }

    Optional<EmployeeId> owner(ClientId id) {
        return jdbc.sql("SELECT owner_id FROM known_client WHERE id = ? AND owner_id IS NOT NULL")
                .param(id.value())
                .query(Long.class)
                .optional()
                .map(EmployeeId::new);
    }

    void setName(ClientId id, String name, long from) {
        set(id, "name = ?, sought = ?, name_from = ?", name, name.toLowerCase(Locale.ROOT), from);
    }

    void setOwner(ClientId id, Optional<EmployeeId> owner, long from) {
        set(id, "owner_id = ?, owner_from = ?", owner.map(EmployeeId::value).orElse(null), from);
    }

    void setVip(ClientId id, boolean vip) {
        set(id, "vip = ?", vip);
    }

    void setNumbers(CompanyId company, ClientId id, Set<PhoneNumber> numbers) {
        jdbc.sql("DELETE FROM known_client_number WHERE client_id = ?")
                .param(id.value())
                .update();
        numbers.forEach(number -> setNumber(company, number, id));
    }

    void setNumber(CompanyId company, PhoneNumber number, ClientId id) {
        jdbc.sql("""
            INSERT INTO known_client_number (company_id, e164, client_id) VALUES (?, ?, ?)
            ON CONFLICT (company_id, e164) DO UPDATE SET client_id = excluded.client_id\
            """).params(company.value(), number.e164(), id.value()).update();
    }

    void write(ClientId id, long connection, ClientRecord card) {
        jdbc.sql("""
            INSERT INTO known_client_account (connection_id, kind, external_id, client_id, name, url, owner, told_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (connection_id, kind, external_id) DO UPDATE SET client_id = excluded.client_id, name = excluded.name,
              url = excluded.url, owner = excluded.owner, told_at = excluded.told_at\
            """)
                .params(Arrays.asList(
                        connection,
                        card.kind(),
                        card.id(),
                        id.value(),
                        card.name(),
                        card.url().orElse(null),
                        card.owner().orElse(null),
                        clock.millis()))
                .update();
    }

    /** Two that turned out to be one; what is set of the one that stays, stays. */
    void merge(ClientId gone, ClientId stays) {
        for (var table : List.of("known_client_number", "known_client_account")) {
            jdbc.sql("UPDATE " + table + " SET client_id = ? WHERE client_id = ?")
                    .params(stays.value(), gone.value())
                    .update();
        }
        if (name(stays).isEmpty()) {
            setName(stays, name(gone), nameFrom(gone));
        }
        if (owner(stays).isEmpty()) {
            setOwner(stays, owner(gone), ownerFrom(gone));
        }
        if (column(gone, "vip", Boolean.class)) {
            setVip(stays, true);
        }
        jdbc.sql("DELETE FROM client_question WHERE client_id = ?")
                .param(gone.value())
                .update();
        jdbc.sql("DELETE FROM known_client WHERE id = ?").param(gone.value()).update();
    }

    void ask(ClientId id, Field field, long connection, String value) {
        jdbc.sql("""
            INSERT INTO client_question (client_id, field, connection_id, value, asked_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (client_id, field, connection_id) DO UPDATE SET value = excluded.value\
            """)
                .params(id.value(), field.name(), connection, value, clock.millis())
                .update();
    }

    void forgetQuestion(ClientId id, Field field, long connection) {
        jdbc.sql("DELETE FROM client_question WHERE client_id = ? AND field = ? AND connection_id = ?")
                .params(id.value(), field.name(), connection)
                .update();
    }

    void forgetQuestions(ClientId id, Field field) {
        jdbc.sql("DELETE FROM client_question WHERE client_id = ? AND field = ?")
                .params(id.value(), field.name())
                .update();
    }

    ClientPolicy policy(CompanyId company) {
        return jdbc.sql("SELECT conflict, master FROM client_policy WHERE company_id = ?")
                .param(company.value())
                .query((row, ignored) ->
                        ClientPolicy.of(row.getString(1), row.getLong(2)).orElse(ClientPolicy.USUAL))
                .optional()
                .orElse(ClientPolicy.USUAL);
    }

    void setPolicy(CompanyId company, ClientPolicy policy) {
        jdbc.sql("""
            INSERT INTO client_policy (company_id, conflict, master) VALUES (?, ?, ?)
            ON CONFLICT (company_id) DO UPDATE SET conflict = excluded.conflict, master = excluded.master\
            """)
                .params(
                        company.value(),
                        policy.word(),
                        policy instanceof ClientPolicy.Master master ? master.connection() : 0)
                .update();
    }

    private void set(ClientId id, String columns, @Nullable Object... values) {
        var all = new ArrayList<@Nullable Object>(Arrays.asList(values));
        all.add(clock.millis());
        all.add(id.value());
        jdbc.sql("UPDATE known_client SET " + columns + ", changed_at = ? WHERE id = ?")
                .params(all)
                .update();
    }

    private <T> T column(ClientId id, String column, Class<T> type) {
        return jdbc.sql("SELECT " + column + " FROM known_client WHERE id = ?")
                .param(id.value())
                .query(type)
                .single();
    }

    private static Optional<ClientId> id(JdbcClient.StatementSpec asked) {
        return asked.query(Long.class).optional().map(ClientId::new);
    }

    private static Client bare(ResultSet row, int ignored) throws SQLException {
        var owner = row.getLong("owner_id");
        var none = row.wasNull();
        return new Client(
                new ClientId(row.getLong("id")),
                new CompanyId(row.getLong("company_id")),
                row.getString("name"),
                none ? Optional.empty() : Optional.of(new EmployeeId(owner)),
                row.getBoolean("vip"),
                List.of(),
                List.of(),
                List.of());
    }

    private static Account account(ResultSet row, int ignored) throws SQLException {
        return new Account(
                row.getLong("connection_id"),
                new ClientRecord(
                        row.getString("kind"),
                        row.getString("external_id"),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("url")),
                        Optional.ofNullable(row.getString("owner"))),
                Instant.ofEpochMilli(row.getLong("told_at")));
    }

    private static PhoneNumber number(String e164) {
        Party read = ANY.read(e164);
        return read instanceof PhoneNumber phone ? phone : new PhoneNumber(e164, e164.substring(1), e164);
    }
}
