package io.patchbay.person;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallId;
import io.patchbay.call.CallKey;
import io.patchbay.call.Claim;
import io.patchbay.call.EndCause;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.LinkFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.OrderFact;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.RefusalFact;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.call.Transfer;
import io.patchbay.company.CompanyId;
import io.patchbay.intake.StoredHooks;
import io.patchbay.journal.Journal;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.ToldCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/** A hub in which one person stands wherever anybody can stand, in every form, and a neighbour beside them. */
final class FilledHub {

    static final CompanyId COMPANY = new CompanyId(1);
    static final CompanyId OTHER = new CompanyId(2);
    static final String NUMBER = "+79161234567";
    static final String NEIGHBOUR = "+79161234568";

    /** The forms in which PBXs, CRMs and people write it. */
    static final List<String> FORMS = List.of(
            NUMBER,
            "79161234567",
            "89161234567",
            "8 (916) 123-45-67",
            "+7 916 123 45 67",
            "9161234567",
            "tel:+7-916-123-45-67",
            "phone=%2B79161234567",
            "8%20%28916%29%20123-45-67");

    /** Columns with words of the hub's own, in which a number could not stand. */
    private static final Set<String> WORDS = Set.of(
            "state",
            "kind",
            "fault",
            "concern",
            "turn",
            "channel",
            "verdict",
            "role",
            "direction",
            "client_kind",
            "counts");

    private final ConnectorBench hub;
    private final long pbx;
    private final Instant then = ConnectorBench.START.minus(Duration.ofDays(2));
    private int forms;
    /** Also those that another table's row wanted. */
    private final Set<String> rowsMade = new HashSet<>();

    private long rows = 1_000;
    CallId answered;
    CallId neighbours;

    FilledHub(ConnectorBench hub) {
        this.hub = hub;
        this.pbx = hub.connection().id().value();
    }

    static PhoneNumber number() {
        return (PhoneNumber) new NumberPlan("RU").read(NUMBER);
    }

    private String form() {
        return FORMS.get(forms++ % FORMS.size());
    }

    void fill() throws IOException {
        hub.database()
                .jdbc()
                .sql("INSERT INTO company (id, title, region, time_zone, language, created_at) VALUES (2, 'B',"
                        + " 'RU', 'Asia/Omsk', 'ru', 0)")
                .update();
        answered = join(new ToldCall(pbx, "session-1", then)
                        .from("8 (916) 123-45-67")
                        .leg("201", 0, 5, 65)
                        .facts())
                .getFirst();
        join(List.of(new RecordingFact(
                new CallKey(pbx, "session-1"),
                then.plusSeconds(65),
                Optional.of("pbx:rec-79161234567"),
                Optional.of(new Seat("201")),
                Duration.ofSeconds(60))));
        join(new ToldCall(pbx, "79161234567-session-2", then.plusSeconds(600))
                .to("+7 916 123 45 67")
                .leg("202", 0, -1, 20)
                .facts());
        mergedCall();
        orderedCall();
        neighbours = join(new ToldCall(pbx, "session-9", then.plusSeconds(3_000))
                        .from(NEIGHBOUR)
                        .leg("201", 0, 5, 65)
                        .facts())
                .getFirst();
        transferredToThePerson();
        recording();
        hooks();
        for (var table : tables().entrySet()) {
            if (isFilledRowByRow(table.getKey()) && !rowsMade.contains(table.getKey())) {
                row(table.getKey(), table.getValue(), COMPANY);
            }
        }
    }

    /** Two calls that turn out to be one: the row of the younger stays. */
    private void mergedCall() {
        join(new ToldCall(pbx, "session-3", then.plusSeconds(1_200))
                .from(NUMBER)
                .leg("201", 0, 3, 30)
                .facts());
        join(new ToldCall(pbx, "session-4", then.plusSeconds(1_230))
                .from("89161234567")
                .leg("202", 0, 3, 30)
                .facts());
        join(List.of(
                new LinkFact(new CallKey(pbx, "session-3"), new CallKey(pbx, "session-4"), then.plusSeconds(1_260))));
    }

    private void orderedCall() {
        var key = CallKey.ofOrder(pbx, 77);
        join(List.of(
                new OrderFact(
                        key,
                        then.plusSeconds(1_800),
                        new Seat("201"),
                        new NumberPlan("RU").read("8-916-123-45-67"),
                        "77",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("Call me at 8 916 123 45 67, Maria")),
                new RefusalFact(
                        key, then.plusSeconds(1_801), EndCause.FORBIDDEN, "8 (916) 123-45-67 was not dialled.")));
    }

    /** A colleague's call with somebody else was handed over to the person. */
    private void transferredToThePerson() {
        var key = new CallKey(pbx, "session-10");
        join(List.of(new LegFact(
                key,
                new LegKey("leg-10"),
                then.plusSeconds(4_000),
                LegPhase.TRANSFERRED,
                new Seat("203"),
                SeatRole.EMPLOYEE,
                Optional.empty(),
                Optional.of(Claim.stated(new NumberPlan("RU").read("+79160000000"))),
                Optional.empty(),
                new LegTimes(
                        Optional.of(then.plusSeconds(3_990)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(then.plusSeconds(4_000)),
                        Duration.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Transfer("89161234567", Transfer.Kind.BLIND)))));
    }

    private void recording() throws IOException {
        hub.database().jdbc().sql("""
            INSERT INTO recording (company_id, connection_id, call_key, seat, state, attempts, next_at, ended_at, talk_millis, file, content_type,
              size_bytes, name, last_error)
            VALUES (1, ?, 'session-1', '201', 'STORED', 1, 0, 0, 60000, '1.mp3', 'audio/mpeg', 3, 'rec-79161234567', 'for 89161234567')\
            """).param(pbx).update();
        Files.writeString(hub.database().folder().resolve("recordings").resolve("1.mp3"), "recorded 79161234567");
    }

    private void hooks() {
        var stored = new StoredHooks(hub);
        var id = hub.connection().id();
        stored.keep("h-1", id, then, "", "", "<event><session>session-1</session><from>+79161234567</from></event>");
        stored.keep("h-2", id, then, "phone=%2B7+916+123-45-67", "", "");
        stored.keep("h-3", id, then, "", "8 (916) 123-45-67", "");
        stored.keep("h-4", id, then.plusSeconds(70), "", "", "<ended session='session-1'/>"); // names only the call
        stored.keep("h-9", id, then, "", "", "{\"phone\": \"" + NEIGHBOUR + "\", \"session\": \"session-9\"}");
    }

    private List<CallId> join(List<CallFact> facts) {
        return hub
                .bean(TransactionTemplate.class)
                .execute(status -> hub.bean(Journal.class).join(COMPANY, facts))
                .stream()
                .map(joined -> joined.id())
                .toList();
    }

    static boolean isWord(String column) {
        return WORDS.contains(column);
    }

    /** Tables that hold what is told of calls, but those that {@link #fill} fills in their own way. */
    static boolean isFilledRowByRow(String table) {
        return !Untouched.SETTINGS.containsKey(table)
                && !Untouched.DARK.containsKey(table)
                && !Untouched.JOURNAL.contains(table)
                && !Set.of(
                                "company",
                                "erasure_key",
                                "vault_key",
                                "rate_limit",
                                "restored_hook",
                                "join_turn",
                                "raw_hook")
                        .contains(table);
    }

    /** @param type the database's word, in lower case */
    record Column(String name, String type, boolean generated) {

        boolean isBytes() {
            return type.equals("blob") || type.equals("bytea");
        }
    }

    /** Every table of the schema with its columns, as the database tells them. */
    TreeMap<String, List<Column>> tables() {
        try {
            return JdbcUtils.extractDatabaseMetaData(hub.database().dataSource(), told -> {
                var tables = new TreeMap<String, List<Column>>();
                var schema = told.getDatabaseProductName().equals("SQLite") ? null : "public";
                try (var rows = told.getTables(null, schema, "%", new String[] {"TABLE"})) {
                    while (rows.next()) {
                        tables.put(rows.getString("TABLE_NAME"), new ArrayList<>());
                    }
                }
                tables.keySet().removeIf(name -> name.startsWith("sqlite_"));
                for (var table : tables.entrySet()) {
                    try (var rows = told.getColumns(null, schema, table.getKey(), null)) {
                        while (rows.next()) {
                            table.getValue()
                                    .add(new Column(
                                            rows.getString("COLUMN_NAME"),
                                            rows.getString("TYPE_NAME").toLowerCase(Locale.ROOT),
                                            "YES".equals(rows.getString("IS_AUTOINCREMENT"))));
                        }
                    }
                }
                return tables;
            });
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void row(String table, List<Column> columns, CompanyId company) {
        rowsMade.add(table);
        var names = new ArrayList<String>();
        var values = new ArrayList<Object>();
        for (var column : columns) {
            if (column.generated()
                    || column.name().equals("owner_id")
                    || column.name().equals("id")) {
                continue;
            }
            names.add(column.name());
            values.add(value(table, column, company));
        }
        hub.database()
                .jdbc()
                .sql("INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES ("
                        + String.join(", ", names.stream().map(name -> "?").toList()) + ")")
                .params(values)
                .update();
    }

    private Object value(String table, Column column, CompanyId company) {
        return switch (column.name()) {
            case "company_id" -> company.value();
            case "connection_id", "pbx_id" -> pbx;
            case "client_id" -> newest("known_client");
            case "call_id" -> answered.value();
            case "effect_id", "erasure_id" -> newest(column.name().replace("_id", ""));
            case "e164" -> NUMBER;
            case "state" -> table.equals("effect") ? "PARKED" : table.equals("click_to_call") ? "TAKEN" : "DUE";
            default ->
                switch (column.type()) {
                    case "boolean", "bool" -> true;
                    case "text", "varchar" ->
                        column.name().equals("counts") ? "{}" : WORDS.contains(column.name()) ? "WORD" : form();
                    case "blob", "bytea" -> new byte[] {1};
                    default -> rows++;
                };
        };
    }

    private long newest(String table) {
        var columns = tables().get(table);
        var found = hub.database()
                .jdbc()
                .sql("SELECT MAX(id) FROM " + table)
                .query(Long.class)
                .optional();
        if (found.filter(id -> id > 0).isEmpty()) {
            row(table, columns, COMPANY);
        }
        return hub.database()
                .jdbc()
                .sql("SELECT MAX(id) FROM " + table)
                .query(Long.class)
                .single();
    }

    /** Places in which the person can be read: {@code table.column} and file names. */
    Set<String> places() {
        var person = Person.of(COMPANY, number()).text();
        var places = new TreeSet<String>();
        tables().forEach((table, columns) -> {
            for (var column : columns) {
                hub.database()
                        .jdbc()
                        .sql("SELECT " + column.name() + " FROM " + table)
                        .query(row -> {
                            if (person.isIn(text(row.getObject(1)))) {
                                places.add(table + "." + column.name());
                            }
                        });
            }
        });
        if (new StoredHooks(hub).texts().stream().anyMatch(person::isIn)) {
            places.add("raw_hook.sealed_body");
        }
        return places;
    }

    /** Files of the data folder with the number in any form. */
    Set<String> files() {
        var found = new TreeSet<String>();
        try (var files = Files.walk(hub.database().folder())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (FORMS.stream().anyMatch(text::contains)) {
                    found.add(file.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
    }
}
