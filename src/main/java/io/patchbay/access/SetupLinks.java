package io.patchbay.access;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.CompanyId;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The one-time link through which a company's first user, its owner, comes in.
 *
 * <p>A link is valid until it is used or replaced by a newer one. Of any number of people who use it at once, one gets in.
 */
@Component
public class SetupLinks {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Users users;
    private final Audit audit;
    private final Clock clock;

    SetupLinks(JdbcClient jdbc, TransactionOperations transactions, Users users, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What the first user tells about the company and about themselves.
     *
     * @param company its name, shown in the console
     * @param zone    in which times are shown
     */
    public record FirstUser(String company, ZoneId zone, String name, String login, Password password) {}

    /** A new secret part of the link, as long as the company has no user. An older link ends with it. */
    Optional<String> renew(CompanyId company) {
        if (users.hasAny(company)) {
            return Optional.empty();
        }
        var secret = SecretHash.newSecret();
        jdbc.sql("""
            INSERT INTO setup_link (company_id, hash, created_at) VALUES (:company, :hash, :now)
            ON CONFLICT (company_id) DO UPDATE SET hash = excluded.hash, created_at = excluded.created_at\
            """)
                .param("company", company.value())
                .param("hash", SecretHash.of(secret).hex())
                .param("now", clock.millis())
                .update();
        return Optional.of(secret);
    }

    public boolean isOpen(String secret) {
        return companyOf(SecretHash.of(secret)).isPresent();
    }

    /** What came of an attempt to use a link. */
    public enum Outcome {
        OWNER_MADE,
        /** It is not, or no longer, valid. */
        LINK_SPENT,
        /** The login belongs to somebody of another company; the link stays valid. */
        LOGIN_TAKEN
    }

    /** Spends the link and makes the owner, or changes nothing. */
    public Outcome use(String secret, FirstUser first) {
        var outcome = transactions.execute(status -> {
            var tried = tryToUse(SecretHash.of(secret), first);
            if (tried != Outcome.OWNER_MADE) {
                status.setRollbackOnly();
            }
            return tried;
        });
        return Objects.requireNonNull(outcome);
    }

    private Outcome tryToUse(SecretHash hash, FirstUser first) {
        var found = companyOf(hash).filter(company -> spend(company, hash) && !users.hasAny(company));
        if (found.isEmpty()) {
            return Outcome.LINK_SPENT;
        }
        introduce(found.get(), first);
        return users.create(found.get(), first.login(), first.name(), Role.OWNER, first.password())
                .map(owner -> {
                    audit.note(
                            owner.company(),
                            Deed.of(Action.OWNER_MADE, owner.id(), owner.login())
                                    .with("company", first.company()));
                    return Outcome.OWNER_MADE;
                })
                .orElse(Outcome.LOGIN_TAKEN);
    }

    private void introduce(CompanyId company, FirstUser first) {
        jdbc.sql("UPDATE company SET title = :title, time_zone = :zone WHERE id = :id")
                .param("title", first.company())
                .param("zone", first.zone().getId())
                .param("id", company.value())
                .update();
    }

    /** The deleted row decides between rivals: whoever waited for it finds nothing to delete. */
    private boolean spend(CompanyId company, SecretHash hash) {
        return jdbc.sql("DELETE FROM setup_link WHERE company_id = :company AND hash = :hash")
                        .param("company", company.value())
                        .param("hash", hash.hex())
                        .update()
                == 1;
    }

    private Optional<CompanyId> companyOf(SecretHash hash) {
        return jdbc
                .sql("SELECT company_id, hash FROM setup_link")
                .query((row, number) -> new Open(new CompanyId(row.getLong(1)), new SecretHash(row.getString(2))))
                .list()
                .stream()
                .filter(open -> open.hash().matches(hash))
                .map(Open::company)
                .findFirst();
    }

    private record Open(CompanyId company, SecretHash hash) {}
}
