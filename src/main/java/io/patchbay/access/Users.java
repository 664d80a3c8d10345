package io.patchbay.access;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The users in the database. Thread-safe. */
@Component
public class Users {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final PasswordEncoder passwords;
    private final Audit audit;
    private final Clock clock;
    private final String nobodysHash;

    Users(JdbcClient jdbc, TransactionOperations transactions, PasswordEncoder passwords, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
        this.nobodysHash = encoded(SecretHash.newSecret());
    }

    /** Makes a user; empty when the login is taken. */
    Optional<User> create(CompanyId company, String login, String name, Role role, Password password) {
        return create(company, login, name, role, Optional.empty(), password);
    }

    Optional<User> create(
            CompanyId company, String login, String name, Role role, Optional<Long> employee, Password password) {
        return jdbc.sql("""
            INSERT INTO app_user (company_id, login, name, role, employee_id, password_hash, created_at)
            VALUES (:company, :login, :name, :role, :employee, :hash, :now)
            ON CONFLICT (login) DO NOTHING RETURNING *\
            """)
                .param("company", company.value())
                .param("login", normal(login))
                .param("name", name)
                .param("role", role.name())
                .param("employee", employee.orElse(null), Types.BIGINT)
                .param("hash", encoded(password.reveal()))
                .param("now", clock.millis())
                .query(Users::stored)
                .optional()
                .map(Stored::user);
    }

    /** In the order in which they came. */
    public List<User> all(CompanyId company) {
        return jdbc
                .sql("SELECT * FROM app_user WHERE company_id = :company ORDER BY id")
                .param("company", company.value())
                .query(Users::stored)
                .list()
                .stream()
                .map(Stored::user)
                .toList();
    }

    public Optional<User> find(CompanyId company, long id) {
        return jdbc.sql("SELECT * FROM app_user WHERE company_id = :company AND id = :id")
                .param("company", company.value())
                .param("id", id)
                .query(Users::stored)
                .optional()
                .map(Stored::user);
    }

    /** What came of a change. */
    public enum Outcome {
        SAVED,
        /** There would be no owner left who can sign in. Nothing was changed. */
        LAST_OWNER
    }

    /** Changes role, employee and whether they are on. It holds from the next request of theirs. */
    public Outcome change(User user, Role role, Optional<Long> employee, boolean on) {
        var outcome = transactions.execute(status -> {
            lock(user.company());
            var before = find(user.company(), user.id()).orElse(user);
            jdbc.sql("""
                UPDATE app_user SET role = :role, employee_id = :employee,
                  switched_off_at = CASE WHEN :isOn = 1 THEN NULL ELSE COALESCE(switched_off_at, :now) END
                WHERE company_id = :company AND id = :id\
                """)
                    .param("role", role.name())
                    .param("employee", employee.orElse(null), Types.BIGINT)
                    .param("isOn", on ? 1 : 0)
                    .param("now", clock.millis())
                    .param("company", user.company().value())
                    .param("id", user.id())
                    .update();
            var deed = Deed.of(Action.USER_CHANGED, user.id(), user.login())
                    .changed("role", before.role().word(), role.word())
                    .changed("employee", number(before.employee()), number(employee))
                    .changed("enabled", before.isOn(), on);
            if (!deed.changesNothing()) {
                audit.note(user.company(), deed);
            }
            if (user.role() != Role.OWNER || hasOwner(user.company())) {
                return Outcome.SAVED;
            }
            status.setRollbackOnly();
            return Outcome.LAST_OWNER;
        });
        return Objects.requireNonNull(outcome);
    }

    private static String number(Optional<Long> id) {
        return id.map(known -> Long.toString(known)).orElse("");
    }

    /** One change at a time, so that two owners cannot switch each other off at once. */
    private void lock(CompanyId company) {
        jdbc.sql("UPDATE company SET title = title WHERE id = :company")
                .param("company", company.value())
                .update();
    }

    private boolean hasOwner(CompanyId company) {
        return jdbc.sql("SELECT COUNT(*) FROM app_user WHERE company_id = :company AND role = 'OWNER'"
                                + " AND switched_off_at IS NULL")
                        .param("company", company.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The same person as they are now; empty when they may not come in any more. */
    Optional<Caller> current(Caller caller) {
        return find(caller.company(), caller.id()).filter(User::isOn).map(User::caller);
    }

    boolean hasAny(CompanyId company) {
        return jdbc.sql("SELECT COUNT(*) FROM app_user WHERE company_id = :company")
                        .param("company", company.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    Optional<User> withLogin(String login) {
        return stored(login).map(Stored::user);
    }

    private Optional<Stored> stored(String login) {
        return jdbc.sql("SELECT * FROM app_user WHERE login = :login")
                .param("login", normal(login))
                .query(Users::stored)
                .optional();
    }

    /** The user whose login and password these are. Takes as long for a login that does not exist. */
    Optional<User> signIn(String login, String password) {
        var known = stored(login);
        var right = passwords.matches(password, known.map(Stored::hash).orElse(nobodysHash));
        if (!right || known.filter(stored -> !stored.user().isOn()).isPresent()) {
            return Optional.empty();
        }
        known.ifPresent(stored -> jdbc.sql("UPDATE app_user SET last_sign_in_at = :now WHERE id = :id")
                .param("now", clock.millis())
                .param("id", stored.user().id())
                .update());
        return known.map(Stored::user);
    }

    private String encoded(String password) {
        var hash = passwords.encode(password);
        if (hash == null) {
            throw new IllegalStateException("The password encoder gave nothing.");
        }
        return hash;
    }

    static String normal(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    private record Stored(User user, String hash) {}

    private static Stored stored(ResultSet row, int number) throws SQLException {
        var user = new User(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                row.getString("login"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                number(row, "employee_id"),
                number(row, "switched_off_at").map(Instant::ofEpochMilli),
                number(row, "last_sign_in_at").map(Instant::ofEpochMilli));
        return new Stored(user, row.getString("password_hash"));
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
