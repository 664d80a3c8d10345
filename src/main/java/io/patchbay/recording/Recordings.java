package io.patchbay.recording;

import io.patchbay.call.CallKey;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is known of recordings. */
@Component
public class Recordings {

    private static final String COLUMNS =
            "SELECT id, company_id, connection_id, call_key, seat, name, state, attempts, next_at, ended_at,"
                    + " file, content_type, size_bytes, talk_millis, last_error FROM recording ";

    private final JdbcClient jdbc;

    public Recordings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Asking twice is asking once. */
    public void want(
            CompanyId company,
            CallKey call,
            Seat seat,
            Optional<String> name,
            Instant endedAt,
            Duration talkTime,
            Instant firstAt) {
        jdbc.sql("INSERT INTO recording (company_id, connection_id, call_key, seat, name, state, attempts,"
                        + " next_at, ended_at, talk_millis) VALUES (:company, :connection, :call, :seat, :name,"
                        + " 'WANTED', 0, :next, :ended, :talk) ON CONFLICT (connection_id, call_key, seat) DO NOTHING")
                .param("company", company.value())
                .param("connection", call.connection())
                .param("call", call.value())
                .param("seat", seat.id())
                .param("name", name.orElse(null))
                .param("next", firstAt.toEpochMilli())
                .param("ended", endedAt.toEpochMilli())
                .param("talk", talkTime.toMillis())
                .update();
    }

    public List<Recording> due(Instant now, int limit) {
        return jdbc.sql(COLUMNS + "WHERE state = 'WANTED' AND next_at <= :now ORDER BY next_at LIMIT :limit")
                .param("now", now.toEpochMilli())
                .param("limit", limit)
                .query(Recordings::row)
                .list();
    }

    public Optional<Recording> find(long id) {
        return jdbc.sql(COLUMNS + "WHERE id = :id")
                .param("id", id)
                .query(Recordings::row)
                .optional();
    }

    public List<Recording> of(CallKey call) {
        return jdbc.sql(COLUMNS + "WHERE connection_id = :connection AND call_key = :call ORDER BY id")
                .param("connection", call.connection())
                .param("call", call.value())
                .query(Recordings::row)
                .list();
    }

    void retired(long id) {
        jdbc.sql("UPDATE recording SET state = 'ABSENT', file = NULL, size_bytes = NULL, next_at = 0, last_error ="
                        + " 'Removed: it was older than recordings are kept.' WHERE id = :id")
                .param("id", id)
                .update();
    }

    void forget(long id) {
        jdbc.sql("DELETE FROM recording WHERE id = :id").param("id", id).update();
    }

    /** @return false when it was stored before, e.g. by another node, or is not wanted any more */
    boolean stored(long id, String file, String contentType, long sizeBytes) {
        return jdbc.sql("UPDATE recording SET state = 'STORED', attempts = attempts + 1, file = :file, content_type ="
                                + " :type, size_bytes = :size, last_error = NULL WHERE id = :id AND state <> 'STORED'")
                        .param("file", file)
                        .param("type", contentType)
                        .param("size", sizeBytes)
                        .param("id", id)
                        .update()
                > 0;
    }

    void later(long id, Instant next, String why) {
        missed(id, Recording.State.WANTED, next.toEpochMilli(), why);
    }

    /** @param state absent or failed */
    void givenUp(long id, Recording.State state, String why) {
        missed(id, state, 0, why);
    }

    private void missed(long id, Recording.State state, long next, String why) {
        jdbc.sql("UPDATE recording SET attempts = attempts + 1, state = :state, next_at = :next, last_error = :why"
                        + " WHERE id = :id AND state <> 'STORED'")
                .param("state", state.name())
                .param("next", next)
                .param("why", why)
                .param("id", id)
                .update();
    }

    private static Recording row(ResultSet row, int n) throws SQLException {
        var type = row.getString("content_type");
        var state = Recording.State.valueOf(row.getString("state"));
        var next = Instant.ofEpochMilli(row.getLong("next_at"));
        return new Recording(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                new CallKey(row.getLong("connection_id"), row.getString("call_key")),
                new Seat(row.getString("seat")),
                Optional.ofNullable(row.getString("name")),
                state,
                row.getInt("attempts"),
                state == Recording.State.WANTED ? Optional.of(next) : Optional.empty(),
                Instant.ofEpochMilli(row.getLong("ended_at")),
                Optional.ofNullable(row.getString("file")),
                type == null ? "" : type,
                row.getLong("size_bytes"),
                Duration.ofMillis(row.getLong("talk_millis")),
                Optional.ofNullable(row.getString("last_error")));
    }
}
