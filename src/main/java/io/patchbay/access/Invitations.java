package io.patchbay.access;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The links through which colleagues become users. Each works once and for three days; only its hash is stored. Thread-safe. */
@Component
public class Invitations {

    private static final Duration LIFE = Duration.ofDays(3);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Users users;
    private final Audit audit;
    private final Clock clock;

    Invitations(JdbcClient jdbc, TransactionOperations transactions, Users users, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether the login belongs to somebody is told only when the link is used, so that nobody learns logins of other companies here. */
    public Invitation.Sent invite(CompanyId company, String login, String name, Role role, Optional<Long> employee) {
        var secret = SecretHash.newSecret();
        var invitation = transactions.execute(status -> {
            var made = insert(company, login, name, role, employee, secret);
            audit.note(
                    company,
                    Deed.of(Action.INVITED, made.id(), made.login())
                            .with("role", role.word())
                            .with(
                                    "employee",
                                    employee.map(id -> Long.toString(id)).orElse("")));
            return made;
        });
        return new Invitation.Sent(Objects.requireNonNull(invitation), secret);
    }

    private Invitation insert(
            CompanyId company, String login, String name, Role role, Optional<Long> employee, String secret) {
        var now = clock.instant();
        return jdbc.sql("""
            INSERT INTO invitation (company_id, login, name, role, employee_id, hash, created_at, expires_at)
            VALUES (:company, :login, :name, :role, :employee, :hash, :now, :expires) RETURNING *\
            """)
                .param("company", company.value())
                .param("login", Users.normal(login))
                .param("name", name)
                .param("role", role.name())
                .param("employee", employee.orElse(null), Types.BIGINT)
                .param("hash", SecretHash.of(secret).hex())
                .param("now", now.toEpochMilli())
                .param("expires", now.plus(LIFE).toEpochMilli())
                .query(Invitations::invitation)
                .single();
    }

    /** Those that still work. */
    public List<Invitation> open(CompanyId company) {
        return jdbc.sql("SELECT * FROM invitation WHERE company_id = :company AND expires_at > :now ORDER BY id")
                .param("company", company.value())
                .param("now", clock.millis())
                .query(Invitations::invitation)
                .list();
    }

    /** Ends a link at once; false when the company has no such invitation. */
    public boolean withdraw(CompanyId company, long id) {
        var withdrawn = transactions.execute(status -> {
            var spent = spend(company, id);
            spent.ifPresent(login -> audit.note(company, Deed.of(Action.INVITATION_WITHDRAWN, id, login)));
            return spent;
        });
        return Objects.requireNonNull(withdrawn).isPresent();
    }

    /** The deleted row decides between rivals. @return for which login it was */
    private Optional<String> spend(CompanyId company, long id) {
        return jdbc.sql("DELETE FROM invitation WHERE company_id = :company AND id = :id RETURNING login")
                .param("company", company.value())
                .param("id", id)
                .query(String.class)
                .optional();
    }

    public Optional<Invitation> find(String secret) {
        // the whole hash is compared by the database: its time tells something about a hash, and nothing about the
        // secret
        return jdbc.sql("SELECT * FROM invitation WHERE hash = :hash AND expires_at > :now")
                .param("hash", SecretHash.of(secret).hex())
                .param("now", clock.millis())
                .query(Invitations::invitation)
                .optional();
    }

    /** What came of an attempt to use a link. */
    public enum Outcome {
        USER_MADE,
        /** It is not, or no longer, valid. */
        LINK_SPENT,
        /** The login belongs to somebody; the link stays valid until it is withdrawn. */
        LOGIN_TAKEN
    }

    /** Spends the link and makes the user, or changes nothing. Of any number of people who use it at once, one gets in. */
    public Outcome use(String secret, Password password) {
        var outcome = transactions.execute(status -> {
            var tried = tryToUse(secret, password);
            if (tried != Outcome.USER_MADE) {
                status.setRollbackOnly();
            }
            return tried;
        });
        return Objects.requireNonNull(outcome);
    }

    private Outcome tryToUse(String secret, Password password) {
        var found = find(secret)
                .filter(invitation ->
                        spend(invitation.company(), invitation.id()).isPresent());
        if (found.isEmpty()) {
            return Outcome.LINK_SPENT;
        }
        var invited = found.get();
        return users.create(
                        invited.company(),
                        invited.login(),
                        invited.name(),
                        invited.role(),
                        invited.employee(),
                        password)
                .map(user -> {
                    audit.note(
                            user.company(),
                            Deed.of(Action.USER_MADE, user.id(), user.login())
                                    .with("role", user.role().word())
                                    .with("invitation", invited.id()));
                    return Outcome.USER_MADE;
                })
                .orElse(Outcome.LOGIN_TAKEN);
    }

    private static Invitation invitation(ResultSet row, int number) throws SQLException {
        var employee = row.getLong("employee_id");
        Optional<Long> known = row.wasNull() ? Optional.empty() : Optional.of(employee);
        return new Invitation(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                row.getString("login"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                known,
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
