package io.patchbay.rest;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.fields.FieldEdits;
import io.patchbay.fields.FieldExample;
import io.patchbay.fields.FieldMap;
import io.patchbay.fields.FieldMaps;
import io.patchbay.fields.FieldTargets;
import io.patchbay.fields.FieldsJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is written into fields of a connected system besides what its connector writes. */
@RestController
@RequestMapping(path = "/api/v1/connections/{id}/fields", produces = "application/json")
@Tag(name = "Connections")
class FieldsApi {

    private final Connections connections;
    private final FieldMaps maps;
    private final FieldEdits edits;
    private final FieldTargets targets;

    FieldsApi(Connections connections, FieldMaps maps, FieldEdits edits, FieldTargets targets) {
        this.connections = connections;
        this.maps = maps;
        this.edits = edits;
        this.targets = targets;
    }

    @Schema(name = "FieldMap")
    record MapJson(List<RowJson> fields) {}

    @Schema(name = "FieldMapRow", description = "With one of value, from and expression")
    record RowJson(
            @Schema(example = "create-client") String operation,

            @Schema(description = "The field's name in the connected system", example = "lead_source")
            String to,

            @Schema(description = "A constant", implementation = Object.class) @Nullable
            JsonNode value,

            @Schema(description = "A field of ours", example = "call.line") @Nullable
            String from,

            @Schema(description = "JSLT on the operation's input", example = ".call.talkSeconds / 60") @Nullable
            String expression) {}

    @Schema(name = "FieldPreview")
    record PreviewRequest(
            @Schema(example = "create-client") String operation,

            @Schema(description = "An input of the operation", implementation = Object.class) @Nullable
            JsonNode example,

            @Schema(description = "Missing: those that are saved") @Nullable
            List<RowJson> fields) {}

    @GetMapping
    @Needs(Right.SEE_CONNECTIONS)
    @Operation(
            summary = "Read the fields that are written besides what the connector writes",
            description = "takes: the operations whose requests take such fields. targets: the system's own fields by"
                    + " operation, where it can list them and answers now.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MapJson.class)))
    JsonNode read(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @PathVariable String id) {
        var connection = find(caller, id);
        var json = FieldsJson.write(maps.of(connection.id().value()));
        var takes = json.putArray("takes");
        var listed = json.putObject("targets");
        targets.takenBy(connection).stream().sorted().forEach(operation -> {
            takes.add(operation.word());
            targets.of(connection, operation).ifPresent(fields -> {
                var all = listed.putArray(operation.word());
                fields.forEach(field -> all.addObject()
                        .put("name", field.name())
                        .put("title", field.title())
                        .put("type", field.type()));
            });
        });
        return json;
    }

    @PutMapping
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(
            summary = "Set the fields that are written besides what the connector writes",
            description =
                    "Replaces all of them. They hold from the next operation. A field that fails is left out and never"
                            + " keeps a call out of the system.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = MapJson.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MapJson.class)))
    @ApiResponse(responseCode = "400", description = "Something is wrong: all of it under errors")
    JsonNode replace(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody JsonNode asked) {
        var connection = find(caller, id);
        var map = checked(connection, asked);
        edits.replace(connection, map);
        return read(caller, id);
    }

    @PostMapping("/preview")
    @Needs(Right.SEE_CONNECTIONS)
    @Operation(
            summary = "Show what fields an example would get",
            description = "Nothing is saved and nothing is sent. Without an example, a made-up answered call is taken.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = PreviewRequest.class)))
    ObjectNode preview(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody JsonNode asked) {
        var connection = find(caller, id);
        var map = asked.has("fields")
                ? checked(connection, asked)
                : maps.of(connection.id().value());
        var operation = io.patchbay.connector.Operation.ofWord(
                        asked.path("operation").asString(""))
                .orElseThrow(() -> new InvalidRequestException(
                        List.of(new FieldProblem("operation", "must be an operation, such as create-client."))));
        var example = asked.path("example").isObject() ? asked.get("example") : FieldExample.call();
        var applied = map.apply(operation, example);
        var json = JsonNodeFactory.instance.objectNode();
        json.set("example", example);
        json.set("fields", applied.values());
        var failures = json.putArray("failures");
        applied.failures()
                .forEach(failure -> failures.addObject().put("to", failure.to()).put("message", failure.why()));
        return json;
    }

    private FieldMap checked(Connection connection, JsonNode asked) {
        var read = FieldsJson.read(asked);
        var problems = read.problems().isEmpty() ? targets.problems(connection, read.map()) : read.problems();
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems.stream()
                    .map(problem -> new FieldProblem(problem.field(), problem.message()))
                    .toList());
        }
        return read.map();
    }

    private Connection find(Caller caller, String id) {
        return Parameters.number(id)
                .flatMap(number -> connections.find(caller.company(), new ConnectionId(number)))
                .orElseThrow(() -> new NotFoundException("connection", id));
    }
}
