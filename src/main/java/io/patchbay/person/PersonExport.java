package io.patchbay.person;

import io.patchbay.call.CallId;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.intake.KeptHooks;
import io.patchbay.journal.CallErasure;
import io.patchbay.journal.Journal;
import io.patchbay.recording.RecordingErasure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the hub holds of a person, as a ZIP to hand over: {@code person.json} with every row of every table, {@code recordings/} with what was said, {@code hooks/}
 * with what systems told of them, as it came. Times in the rows are epoch milliseconds, UTC.
 */
@Component
public class PersonExport {

    /** Rows of a call, by the column that names it. */
    private static final Map<String, String> OF_CALLS = new TreeMap<>(Map.of(
            "call", "id",
            "call_fact", "call_id",
            "call_key", "call_id",
            "call_leg", "call_id",
            "effect", "call_id"));

    private final CallErasure calls;
    private final Journal journal;
    private final RecordingErasure recordings;
    private final KeptHooks hooks;
    private final TextColumns columns;
    private final JdbcClient jdbc;
    private final Clock clock;

    PersonExport(
            CallErasure calls,
            Journal journal,
            RecordingErasure recordings,
            KeptHooks hooks,
            TextColumns columns,
            JdbcClient jdbc,
            Clock clock) {
        this.calls = calls;
        this.journal = journal;
        this.recordings = recordings;
        this.hooks = hooks;
        this.columns = columns;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A person the hub does not know gives a file that says so. The stream stays open. */
    public void write(CompanyId company, PhoneNumber number, OutputStream out) throws IOException {
        var person = Person.of(company, number);
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.putNextEntry(new ZipEntry("person.json"));
        zip.write(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsBytes(told(person)));
        zip.closeEntry();
        recordings(person, zip);
        hooks(person, zip);
        zip.finish();
        zip.flush();
    }

    private ObjectNode told(Person person) {
        var told = JsonNodeFactory.instance.objectNode();
        told.put("number", person.number().e164());
        told.put("at", clock.instant().toString());
        var tables = told.putObject("rows");
        rows(person).forEach((table, rows) -> tables.putArray(table).addAll(rows));
        return told;
    }

    private Map<String, List<ObjectNode>> rows(Person person) {
        var rows = new TreeMap<String, TreeMap<String, ObjectNode>>();
        var ids = ids(person);
        OF_CALLS.forEach((table, column) ->
                read(rows, table, "SELECT * FROM " + table + " WHERE " + column + " IN (:ids)", Map.of("ids", ids)));
        read(
                rows,
                "attempt",
                "SELECT * FROM attempt WHERE effect_id IN (SELECT id FROM effect WHERE call_id IN (:ids))",
                Map.of("ids", ids));
        for (var column : columns.all()) {
            if (column.where().isPresent() && !Untouched.DARK.containsKey(column.table())) {
                columns.values(column, person.company(), person.text().like()).stream()
                        .filter(person.text()::isIn)
                        .forEach(value -> read(
                                rows,
                                column.table(),
                                "SELECT * FROM " + column.table() + " WHERE "
                                        + column.where().orElseThrow().replace("?", ":company") + " AND "
                                        + column.name() + " = :value",
                                Map.of("company", person.company().value(), "value", value)));
            }
        }
        var lists = new TreeMap<String, List<ObjectNode>>();
        rows.forEach((table, found) -> lists.put(table, List.copyOf(found.values())));
        return lists;
    }

    /** None: a list that no call is in, since SQL has no empty lists. */
    private List<Long> ids(Person person) {
        var ids = new TreeSet<Long>(List.of(0L));
        for (var id : calls.of(person.company(), person.number())) {
            ids.add(id.value());
            journal.formerIds(id).stream().map(CallId::value).forEach(ids::add);
        }
        return List.copyOf(ids);
    }

    private void read(
            Map<String, TreeMap<String, ObjectNode>> rows, String table, String sql, Map<String, Object> params) {
        jdbc.sql(sql)
                .params(params)
                .query((row, number) -> json(row))
                .list()
                .forEach(json ->
                        rows.computeIfAbsent(table, ignored -> new TreeMap<>()).put(json.toString(), json));
    }

    /** Without bytes: they are sealed, and told apart. */
    private static ObjectNode json(ResultSet row) throws SQLException {
        var json = JsonNodeFactory.instance.objectNode();
        var told = row.getMetaData();
        for (int i = 1; i <= told.getColumnCount(); i++) {
            switch (row.getObject(i)) {
                case null -> json.putNull(told.getColumnLabel(i));
                case byte[] ignored -> {}
                case Boolean flag -> json.put(told.getColumnLabel(i), flag);
                case Number count -> json.put(told.getColumnLabel(i), count.longValue());
                case Object other -> json.put(told.getColumnLabel(i), other.toString());
            }
        }
        return json;
    }

    private void recordings(Person person, ZipOutputStream zip) throws IOException {
        for (var id : calls.of(person.company(), person.number())) {
            var call = journal.find(person.company(), id);
            for (var recording :
                    call.map(stored -> recordings.of(stored.call().keys())).orElse(List.of())) {
                if (recording.file().isPresent() && Files.exists(recordings.file(recording))) {
                    zip.putNextEntry(new ZipEntry(
                            "recordings/" + id + "-" + recording.file().get()));
                    Files.copy(recordings.file(recording), zip);
                    zip.closeEntry();
                }
            }
        }
    }

    private void hooks(Person person, ZipOutputStream zip) throws IOException {
        var found = new ArrayList<KeptHooks.Kept>();
        hooks.read(person.company(), hook -> {
            if (person.text().isIn(hook.text())) {
                found.add(hook);
            }
        });
        for (var hook : found) {
            zip.putNextEntry(new ZipEntry("hooks/" + hook.receivedAt().toEpochMilli() + "-" + hook.id() + ".txt"));
            zip.write(hook.text().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }
}
