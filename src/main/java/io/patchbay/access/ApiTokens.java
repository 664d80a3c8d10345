package io.patchbay.access;

import io.patchbay.access.ApiToken.Origin;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The API tokens in the database. Secrets are stored as hashes only. Thread-safe. */
@Component
public class ApiTokens {

    /** Tells a leaked token from other random text, for people and for secret scanners. */
    private static final String PREFIX = "pb_";

    /** "Last used" is for people: writing it at every request would cost a disk sync each. */
    private static final Duration USE_GRAIN = Duration.ofMinutes(1);

    private static final String ENVIRONMENT_TITLE = "PATCHBAY_API_TOKEN";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Audit audit;
    private final Clock clock;

    ApiTokens(JdbcClient jdbc, TransactionOperations transactions, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param scopes empty: all that the role may */
    public ApiToken.Issued issue(
            CompanyId company, String title, Role role, Set<Right> scopes, Optional<Instant> expiresAt) {
        var secret = PREFIX + SecretHash.newSecret();
        var token = Objects.requireNonNull(
                transactions.execute(status -> insert(company, title, role, scopes, Origin.ISSUED, secret, expiresAt)));
        return new ApiToken.Issued(token, secret);
    }

    /** Makes the given secret the company's one token of the environment; an empty one takes it away. */
    void provide(CompanyId company, String secret) {
        transactions.executeWithoutResult(status -> {
            var hash = SecretHash.of(secret);
            var kept = jdbc.sql("SELECT COUNT(*) FROM api_token WHERE origin = 'ENVIRONMENT' AND hash = :hash")
                            .param("hash", hash.hex())
                            .query(Long.class)
                            .single()
                    > 0;
            jdbc.sql("DELETE FROM api_token WHERE company_id = :company AND origin = 'ENVIRONMENT' AND hash <> :hash"
                            + " RETURNING id")
                    .param("company", company.value())
                    .param("hash", hash.hex())
                    .query(Long.class)
                    .list()
                    .forEach(id -> audit.note(company, Deed.of(Action.TOKEN_REVOKED, id, ENVIRONMENT_TITLE)));
            if (!secret.isEmpty() && !kept) {
                insert(company, ENVIRONMENT_TITLE, Role.OWNER, Set.of(), Origin.ENVIRONMENT, secret, Optional.empty());
            }
        });
    }

    /** Whose token this is, if it works now. */
    Optional<Caller> caller(String secret) {
        var hash = SecretHash.of(secret);
        var now = clock.instant();
        return jdbc
                .sql("SELECT * FROM api_token WHERE hash_start = :start")
                .param("start", hash.start())
                .query((row, number) -> new Stored(token(row), new SecretHash(row.getString("hash"))))
                .list()
                .stream()
                .filter(stored -> stored.hash().matches(hash))
                .map(Stored::token)
                .filter(token -> token.worksAt(now))
                .findFirst()
                .map(token -> {
                    noteUse(token, now);
                    return new Caller(
                            token.company(),
                            Caller.Kind.TOKEN,
                            token.id(),
                            token.title(),
                            token.role(),
                            token.rights(),
                            0);
                });
    }

    public List<ApiToken> all(CompanyId company) {
        return jdbc.sql("SELECT * FROM api_token WHERE company_id = :company ORDER BY id")
                .param("company", company.value())
                .query((row, number) -> token(row))
                .list();
    }

    /** Ends a token at once; false when the company has no such token. */
    public boolean revoke(CompanyId company, long id) {
        var title = transactions.execute(status -> {
            var revoked = jdbc.sql("DELETE FROM api_token WHERE company_id = :company AND id = :id RETURNING title")
                    .param("company", company.value())
                    .param("id", id)
                    .query(String.class)
                    .optional();
            revoked.ifPresent(known -> audit.note(company, Deed.of(Action.TOKEN_REVOKED, id, known)));
            return revoked;
        });
        return Objects.requireNonNull(title).isPresent();
    }

    private ApiToken insert(
            CompanyId company,
            String title,
            Role role,
            Set<Right> scopes,
            Origin origin,
            String secret,
            Optional<Instant> expiresAt) {
        var hash = SecretHash.of(secret);
        var now = clock.instant();
        var id = jdbc.sql("""
            INSERT INTO api_token (company_id, title, role, scopes, origin, hash_start, hash, created_at, expires_at)
            VALUES (:company, :title, :role, :scopes, :origin, :start, :hash, :now, :expires) RETURNING id\
            """)
                .param("company", company.value())
                .param("title", title)
                .param("role", role.name())
                .param("scopes", words(scopes))
                .param("origin", origin.name())
                .param("start", hash.start())
                .param("hash", hash.hex())
                .param("now", now.toEpochMilli())
                .param("expires", expiresAt.map(Instant::toEpochMilli).orElse(null), java.sql.Types.BIGINT)
                .query(Long.class)
                .single();
        audit.note(
                company,
                Deed.of(Action.TOKEN_MADE, id, title)
                        .with("role", role.word())
                        .with("scopes", words(scopes))
                        .with("origin", origin)
                        .with("expires", expiresAt.<Object>map(at -> at).orElse("")));
        return new ApiToken(id, company, title, role, rights(role, scopes), origin, now, expiresAt, Optional.empty());
    }

    private void noteUse(ApiToken token, Instant now) {
        if (token.lastUsedAt().filter(last -> last.plus(USE_GRAIN).isAfter(now)).isEmpty()) {
            jdbc.sql("UPDATE api_token SET last_used_at = :now WHERE id = :id")
                    .param("now", now.toEpochMilli())
                    .param("id", token.id())
                    .update();
        }
    }

    private record Stored(ApiToken token, SecretHash hash) {}

    private static ApiToken token(ResultSet row) throws SQLException {
        return new ApiToken(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                row.getString("title"),
                Role.valueOf(row.getString("role")),
                rights(Role.valueOf(row.getString("role")), row.getString("scopes")),
                Origin.valueOf(row.getString("origin")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    /** A scope that this version does not know any more gives nothing; no scope at all gives all. */
    private static Set<Right> rights(Role role, String scopes) {
        if (scopes.isBlank()) {
            return ApiToken.rightsOf(role);
        }
        return Arrays.stream(scopes.split(" "))
                .flatMap(word -> Right.of(word).stream())
                .filter(ApiToken.rightsOf(role)::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Right> rights(Role role, Set<Right> scopes) {
        return rights(role, words(scopes));
    }

    private static String words(Set<Right> scopes) {
        return scopes.stream().map(Right::word).sorted().collect(Collectors.joining(" "));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
