package io.patchbay.rest;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.call.CallId;
import io.patchbay.company.Companies;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.effect.Preview;
import io.patchbay.journal.Journal;
import io.patchbay.rules.RuleSet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Shows what rules would do, before they do it. */
@RestController
@RequestMapping(path = "/api/v1/calls/{id}/preview", produces = "application/json")
@Tag(name = "Calls")
class CallPreviewApi {

    private static final Set<String> MEMBERS = Set.of("connection", "rules", "afresh");

    private final Companies companies;
    private final Connections connections;
    private final Journal journal;
    private final RulesForm form;
    private final Preview preview;

    CallPreviewApi(Companies companies, Connections connections, Journal journal, RulesForm form, Preview preview) {
        this.companies = companies;
        this.connections = connections;
        this.journal = journal;
        this.form = form;
        this.preview = preview;
    }

    @PostMapping
    @Needs(Right.REPLAY)
    @Operation(
            summary = "See what a call would cause",
            description =
                    "The steps that are due now in each connection in which calls have effects, each taken to succeed,"
                            + " and the rules they come from. Nothing is stored and no connected system is asked. With"
                            + " connection and rules these rules are tried in place of the saved ones.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = CallPreviewJson.Asked.class)))
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "400", description = "Something is wrong: all of it under errors")
    @ApiResponse(responseCode = "404", description = "There is no such call")
    CallPreviewJson preview(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "c-81") @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var company = companies.get(caller.company());
        var call = CallId.parse(id)
                .flatMap(parsed -> journal.find(company.id(), parsed))
                .orElseThrow(() -> new NotFoundException("call", id));
        var asked = body == null ? JsonNodeFactory.instance.objectNode() : body;
        check(asked);
        return new CallPreviewJson(
                preview.of(call, tried(caller, asked), asked.path("afresh").asBoolean(false)).stream()
                        .map(plan -> CallPreviewJson.OfConnection.of(plan, company.zone()))
                        .toList());
    }

    private static void check(JsonNode asked) {
        var problems = new ArrayList<FieldProblem>();
        if (!asked.isObject()) {
            problems.add(new FieldProblem("", "must be an object."));
        }
        asked.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .forEach(name -> problems.add(new FieldProblem(name, "is unknown here.")));
        if (asked.hasNonNull("afresh") && !asked.get("afresh").isBoolean()) {
            problems.add(new FieldProblem("afresh", "must be true or false."));
        }
        if (asked.hasNonNull("connection") != asked.hasNonNull("rules")) {
            problems.add(new FieldProblem(
                    asked.hasNonNull("connection") ? "rules" : "connection",
                    "is missing: rules are tried for one connection."));
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
    }

    private Map<Long, RuleSet> tried(Caller caller, JsonNode asked) {
        if (!asked.hasNonNull("connection")) {
            return Map.of();
        }
        var connection = Parameters.number(asked.get("connection").asString(""))
                .flatMap(number -> connections.find(caller.company(), new ConnectionId(number)))
                .orElseThrow(() -> new InvalidRequestException(
                        List.of(new FieldProblem("connection", "must be the id of a connection."))));
        return Map.of(connection.id().value(), form.read(connection, asked.get("rules"), "rules."));
    }
}
