package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connector.Operation;
import io.patchbay.fields.FieldEdits;
import io.patchbay.fields.FieldExample;
import io.patchbay.fields.FieldMap;
import io.patchbay.fields.FieldMaps;
import io.patchbay.fields.FieldRow;
import io.patchbay.fields.FieldTargets;
import io.patchbay.fields.FieldsJson;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What an administrator writes into fields of a connected system besides what its connector writes. */
@Controller
class FieldsController {

    /** Empty rows to write into. */
    private static final int BLANK = 3;

    private static final int MOST_ROWS = 100;

    private final Connections connections;
    private final FieldMaps maps;
    private final FieldEdits edits;
    private final FieldTargets targets;

    FieldsController(Connections connections, FieldMaps maps, FieldEdits edits, FieldTargets targets) {
        this.connections = connections;
        this.maps = maps;
        this.edits = edits;
        this.targets = targets;
    }

    /** A row of the form. @param kind {@code value}, {@code from} or {@code expression} */
    record Row(String operation, String to, String kind, String source) {

        static final Row BLANK = new Row("", "", "value", "");

        boolean isBlank() {
            return to.isBlank() && source.isBlank();
        }
    }

    record Tried(String operation, String result, List<FieldMap.Failure> failures) {}

    @GetMapping("/connections/{id:\\d{1,18}}/fields")
    @Needs(Right.SEE_CONNECTIONS)
    String form(@AuthenticationPrincipal Caller caller, @PathVariable long id, Model model) {
        var connection = find(caller, id);
        return page(
                connection,
                maps.of(id).rows().stream().map(FieldsController::row).toList(),
                List.of(),
                model);
    }

    /** Shows what an example would get, or saves. */
    @PostMapping("/connections/{id:\\d{1,18}}/fields")
    @Needs(Right.CHANGE_CONNECTIONS)
    String save(
            @AuthenticationPrincipal Caller caller,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        var connection = find(caller, id);
        var rows = typed(typed);
        var read = FieldsJson.read(json(rows));
        var problems = new ArrayList<>(read.problems().stream()
                .map(problem -> problem.field() + " " + problem.message())
                .toList());
        if (problems.isEmpty()) {
            targets.problems(connection, read.map())
                    .forEach(problem -> problems.add(problem.field() + " " + problem.message()));
        }
        if (problems.isEmpty() && typed.containsKey("save")) {
            edits.replace(connection, read.map());
            model.addAttribute("saved", true);
        }
        if (problems.isEmpty()) {
            model.addAttribute("tried", tried(connection, read.map()));
        }
        return page(connection, rows, problems, model);
    }

    private List<Tried> tried(Connection connection, FieldMap map) {
        return targets.takenBy(connection).stream()
                .filter(map::concerns)
                .sorted()
                .map(operation -> {
                    var applied = map.apply(operation, FieldExample.call());
                    return new Tried(operation.word(), applied.values().toPrettyString(), applied.failures());
                })
                .toList();
    }

    private String page(Connection connection, List<Row> rows, List<String> problems, Model model) {
        var shown = new ArrayList<>(rows);
        for (var i = 0; i < BLANK; i++) {
            shown.add(Row.BLANK);
        }
        var taken = targets.takenBy(connection).stream().sorted().toList();
        var listed = new TreeMap<String, String>();
        taken.forEach(operation -> targets.of(connection, operation)
                .ifPresent(fields -> fields.forEach(field -> listed.put(field.name(), field.title()))));
        model.addAttribute("id", connection.id().value());
        model.addAttribute("title", connection.title());
        model.addAttribute("rows", shown);
        model.addAttribute("takes", taken.stream().map(Operation::word).toList());
        model.addAttribute("listed", listed);
        model.addAttribute("problems", problems);
        return "console/fields";
    }

    private static List<Row> typed(MultiValueMap<String, String> typed) {
        var rows = new ArrayList<Row>();
        for (var i = 0; i < MOST_ROWS && typed.containsKey("to-" + i); i++) {
            var row = new Row(
                    text(typed, "operation-" + i),
                    text(typed, "to-" + i),
                    text(typed, "kind-" + i),
                    text(typed, "source-" + i));
            if (!row.isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static String text(MultiValueMap<String, String> typed, String name) {
        var value = typed.getFirst(name);
        return value == null ? "" : value.strip();
    }

    private static JsonNode json(List<Row> rows) {
        var json = JsonNodeFactory.instance.objectNode();
        var fields = json.putArray("fields");
        rows.forEach(row -> {
            var one = fields.addObject().put("operation", row.operation()).put("to", row.to());
            switch (row.kind()) {
                case "from" -> one.put("from", row.source());
                case "expression" -> one.put("expression", row.source());
                default -> one.set("value", constant(row.source()));
            }
        });
        return json;
    }

    /** Numbers, flags, lists and objects as JSON writes them; anything else is a text. */
    private static JsonNode constant(String written) {
        try {
            var read = JsonMapper.shared().readTree(written);
            return read.isMissingNode() ? JsonNodeFactory.instance.stringNode(written) : read;
        } catch (JacksonException notJson) {
            return JsonNodeFactory.instance.stringNode(written);
        }
    }

    private static Row row(FieldRow row) {
        return switch (row.source()) {
            case FieldRow.Constant constant ->
                new Row(
                        row.operation().word(),
                        row.to(),
                        "value",
                        constant.value().isString()
                                ? constant.value().asString()
                                : constant.value().toString());
            case FieldRow.Ours ours -> new Row(row.operation().word(), row.to(), "from", ours.path());
            case FieldRow.Expression expression ->
                new Row(row.operation().word(), row.to(), "expression", expression.text());
        };
    }

    private Connection find(Caller caller, long id) {
        return connections
                .find(caller.company(), new ConnectionId(id))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
