package io.patchbay.audit;

import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the log. */
@Component
public class AuditLog {

    private static final Pattern ACTOR = Pattern.compile("([a-z-]+?)(?:-(\\d{1,18}))?");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    public AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first. An actor that cannot be read has done nothing. */
    public List<AuditEntry> find(AuditQuery query) {
        var sql = new StringBuilder("SELECT * FROM audit_entry WHERE company_id = :company");
        query.before().ifPresent(before -> sql.append(" AND number < :before"));
        query.action().ifPresent(action -> sql.append(" AND action = :action"));
        query.subject().ifPresent(subject -> sql.append(" AND subject = :subject"));
        query.from().ifPresent(from -> sql.append(" AND at >= :from"));
        query.to().ifPresent(to -> sql.append(" AND at < :to"));
        query.actor().ifPresent(actor -> sql.append(" AND actor_kind = :kind AND actor_id = :actor"));
        var statement = jdbc.sql(
                        sql.append(" ORDER BY number DESC LIMIT :limit").toString())
                .param("company", query.company().value())
                .param("limit", query.limit());
        query.before().ifPresent(before -> statement.param("before", before));
        query.action().ifPresent(action -> statement.param("action", action.word()));
        query.subject().ifPresent(subject -> statement.param("subject", subject));
        query.from().ifPresent(from -> statement.param("from", from.toEpochMilli()));
        query.to().ifPresent(to -> statement.param("to", to.toEpochMilli()));
        if (query.actor().isPresent()) {
            var actor = ACTOR.matcher(query.actor().get());
            var kind = actor.matches() ? kind(actor.group(1)) : Optional.<Actor.Kind>empty();
            if (kind.isEmpty()) {
                return List.of();
            }
            statement.param("kind", kind.get().name());
            statement.param("actor", actor.group(2) == null ? 0 : Long.parseLong(actor.group(2)));
        }
        return statement.query(AuditLog::entry).list();
    }

    private static Optional<Actor.Kind> kind(String word) {
        var name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(Actor.Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }

    private static AuditEntry entry(ResultSet row, int index) throws SQLException {
        return new AuditEntry(
                new CompanyId(row.getLong("company_id")),
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("at")),
                new Actor(
                        Actor.Kind.valueOf(row.getString("actor_kind")),
                        row.getLong("actor_id"),
                        row.getString("actor_name"),
                        row.getString("address")),
                row.getString("action"),
                row.getString("subject"),
                row.getString("subject_name"),
                List.of(JSON.readValue(row.getString("changes"), Change[].class)),
                row.getString("hash"));
    }
}
