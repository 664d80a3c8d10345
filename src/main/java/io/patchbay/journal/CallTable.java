package io.patchbay.journal;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.Line;
import io.patchbay.call.MalformedNumber;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.ResponsibleRule;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code call}: each call summed up, so that lists need no facts. */
final class CallTable {

    private final JdbcClient jdbc;

    CallTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A call of which only its first instant is known; {@link #write} follows in the same transaction. */
    CallId create(CompanyId company, long connection, Instant at) {
        return jdbc.sql("""
            INSERT INTO call (company_id, connection_id, started_at, direction, client_raw, client_kind, talk_millis,
              wait_millis, verdict, end_unknown, last_news_at, updated_at, revision)
            VALUES (?, ?, ?, 'INBOUND', '', 'HIDDEN', 0, 0, 'IN_PROGRESS', ?, ?, ?, 0) RETURNING id\
            """)
                .params(company.value(), connection, at.toEpochMilli(), false, at.toEpochMilli(), at.toEpochMilli())
                .query((row, ignored) -> new CallId(row.getLong(1)))
                .single();
    }

    void write(CallId id, Call call, Instant now) {
        var phone = call.client() instanceof PhoneNumber number ? Optional.of(number) : Optional.<PhoneNumber>empty();
        jdbc.sql("""
            UPDATE call SET started_at = ?, answered_at = ?, ended_at = ?, settled_at = ?, direction = ?, client_e164 = ?,
              client_national = ?, client_raw = ?, client_kind = ?, line = ?, talk_millis = ?, wait_millis = ?, verdict = ?,
              responsible_seat = ?, end_unknown = ?, last_news_at = ?, updated_at = ?, erased_at = ?, revision = revision + 1
            WHERE id = ?\
            """)
                .params(Arrays.asList(
                        call.startedAt().toEpochMilli(),
                        millis(call.answeredAt()),
                        millis(call.endedAt()),
                        millis(call.settledAt()),
                        call.direction().name(),
                        phone.map(PhoneNumber::e164).orElse(null),
                        phone.map(PhoneNumber::national).orElse(null),
                        call.client().raw(),
                        kind(call.client()),
                        call.line().map(Line::number).orElse(null),
                        call.talkTime().toMillis(),
                        call.waitTime().toMillis(),
                        call.settledAt()
                                .map(call::result)
                                .orElse(CallResult.IN_PROGRESS)
                                .name(),
                        call.responsible(ResponsibleRule.LAST_SPOKE)
                                .map(Seat::id)
                                .orElse(null),
                        call.endIsUnknown(),
                        call.lastNewsAt().toEpochMilli(),
                        now.toEpochMilli(),
                        millis(call.erasedAt()),
                        id.value()))
                .update();
    }

    /** Of a row that is no call of its own any more, only who the call was with. */
    void writePersons(CallId id, Call call) {
        var phone = call.client() instanceof PhoneNumber number ? Optional.of(number) : Optional.<PhoneNumber>empty();
        jdbc.sql("""
            UPDATE call SET client_e164 = ?, client_national = ?, client_raw = ?, client_kind = ?, line = ?, erased_at = ? WHERE id = ?\
            """)
                .params(Arrays.asList(
                        phone.map(PhoneNumber::e164).orElse(null),
                        phone.map(PhoneNumber::national).orElse(null),
                        call.client().raw(),
                        kind(call.client()),
                        call.line().map(Line::number).orElse(null),
                        millis(call.erasedAt()),
                        id.value()))
                .update();
    }

    boolean isErased(CallId id) {
        return jdbc.sql("SELECT COUNT(*) FROM call WHERE id = ? AND erased_at IS NOT NULL")
                        .param(id.value())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    CallPage list(CallQuery query, Instant now) {
        var where = new ArrayList<String>();
        var params = new ArrayList<Object>();
        where.add("company_id = ? AND NOT EXISTS (SELECT 1 FROM call_redirect r WHERE r.old_id = call.id)");
        params.add(query.company().value());
        query.from().ifPresent(from -> {
            where.add("started_at >= ?");
            params.add(from.toEpochMilli());
        });
        query.to().ifPresent(to -> {
            where.add("started_at < ?");
            params.add(to.toEpochMilli());
        });
        query.direction().ifPresent(direction -> {
            where.add("direction = ?");
            params.add(direction.name());
        });
        query.result().ifPresent(result -> {
            if (result == CallResult.IN_PROGRESS) {
                where.add("(settled_at IS NULL OR settled_at > ?)");
            } else {
                where.add("settled_at <= ? AND verdict = ?");
            }
            params.add(now.toEpochMilli());
            if (result != CallResult.IN_PROGRESS) {
                params.add(result.name());
            }
        });
        if (!query.seats().isEmpty()) {
            var any = String.join(", ", Collections.nCopies(query.seats().size(), "?"));
            where.add("EXISTS (SELECT 1 FROM call_leg l WHERE l.call_id = call.id AND l.role = 'EMPLOYEE'"
                    + " AND l.seat IN (" + any + "))");
            query.seats().forEach(seat -> params.add(seat.id()));
        }
        query.number().ifPresent(number -> {
            where.add("client_e164 = ?");
            params.add(number);
        });
        query.cursor().map(Cursor::parse).ifPresent(cursor -> {
            where.add("(started_at < ? OR (started_at = ? AND id < ?))");
            params.addAll(List.of(cursor.startedAt(), cursor.startedAt(), cursor.id()));
        });
        params.add(query.limit() + 1); // one more tells whether there is a next page
        var rows = jdbc.sql("SELECT * FROM call WHERE " + String.join(" AND ", where)
                        + " ORDER BY started_at DESC, id DESC LIMIT ?")
                .params(params)
                .query((row, ignored) -> row(row, now))
                .list();
        if (rows.size() <= query.limit()) {
            return new CallPage(rows, Optional.empty());
        }
        var page = rows.subList(0, query.limit());
        return new CallPage(
                List.copyOf(page), Optional.of(Cursor.after(page.getLast()).toString()));
    }

    private static CallRow row(ResultSet row, Instant now) throws SQLException {
        var settled = instant(row, "settled_at");
        return new CallRow(
                new CallId(row.getLong("id")),
                row.getLong("connection_id"),
                Direction.valueOf(row.getString("direction")),
                party(row),
                Optional.ofNullable(row.getString("line")).map(Line::new),
                Instant.ofEpochMilli(row.getLong("started_at")),
                instant(row, "answered_at"),
                instant(row, "ended_at"),
                Duration.ofMillis(row.getLong("talk_millis")),
                Duration.ofMillis(row.getLong("wait_millis")),
                settled.isPresent() && !now.isBefore(settled.get())
                        ? CallResult.valueOf(row.getString("verdict"))
                        : CallResult.IN_PROGRESS,
                Optional.ofNullable(row.getString("responsible_seat")).map(Seat::new),
                row.getBoolean("end_unknown"),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                row.getLong("revision"));
    }

    private static String kind(Party party) {
        return switch (party) {
            case PhoneNumber ignored -> "PHONE";
            case Extension ignored -> "EXTENSION";
            case HiddenNumber ignored -> "HIDDEN";
            case MalformedNumber ignored -> "MALFORMED";
        };
    }

    private static Party party(ResultSet row) throws SQLException {
        var raw = row.getString("client_raw");
        return switch (row.getString("client_kind")) {
            case "PHONE" -> new PhoneNumber(row.getString("client_e164"), row.getString("client_national"), raw);
            case "EXTENSION" -> new Extension(raw);
            case "MALFORMED" -> new MalformedNumber(raw);
            default -> new HiddenNumber();
        };
    }

    private static @Nullable Long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** The last call of a page: the next page begins after it, however many calls came in meanwhile. */
    private record Cursor(long startedAt, long id) {

        static Cursor after(CallRow row) {
            return new Cursor(row.startedAt().toEpochMilli(), row.id().value());
        }

        static Cursor parse(String written) {
            try {
                var dash = written.indexOf('-', 1);
                return new Cursor(
                        Long.parseLong(written.substring(0, Math.max(dash, 0))),
                        Long.parseLong(written.substring(dash + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("Not a cursor of this list: take it from \"next\" as it is.", e);
            }
        }

        @Override
        public String toString() {
            return startedAt + "-" + id;
        }
    }
}
