package io.patchbay.rest;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.effect.RuleBook;
import io.patchbay.effect.RulesJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What a company wants done for its calls in one connection. */
@RestController
@RequestMapping(path = "/api/v1/connections/{id}/rules", produces = "application/json")
@Tag(name = "Connections")
class RulesApi {

    private final Connections connections;
    private final RuleBook rules;
    private final RulesForm form;
    private final TransactionOperations transactions;
    private final Audit audit;

    RulesApi(Connections connections, RuleBook rules, RulesForm form, TransactionOperations transactions, Audit audit) {
        this.connections = connections;
        this.rules = rules;
        this.form = form;
        this.transactions = transactions;
        this.audit = audit;
    }

    @GetMapping
    @Needs(Right.SEE_CONNECTIONS)
    @Operation(
            summary = "Read the rules of a connection",
            description = "Only those that were set: of what none of them decides, the shipped rules do.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RuleSetJson.class)))
    JsonNode read(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @PathVariable String id) {
        return RulesJson.write(rules.of(find(caller, id).id().value()));
    }

    @PutMapping
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(
            summary = "Set the rules of a connection",
            description =
                    "Replaces all rules. The first rule that fits a call and speaks of a matter decides that matter."
                            + " They hold from the next look at a call; nothing that was done is undone.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = RuleSetJson.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Set",
            content = @Content(schema = @Schema(implementation = RuleSetJson.class)))
    @ApiResponse(responseCode = "400", description = "Something is wrong: all of it under errors")
    JsonNode replace(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody JsonNode asked) {
        var connection = find(caller, id);
        var wanted = form.read(connection, asked, "");
        transactions.executeWithoutResult(status -> {
            var before = rules.of(connection.id().value());
            rules.replace(caller.company(), connection.id().value(), wanted);
            audit.note(
                    caller.company(),
                    Deed.of(Action.RULES_SET, connection.id().value(), connection.title())
                            .changed("rules", RulesJson.write(before), RulesJson.write(wanted)));
        });
        return RulesJson.write(wanted);
    }

    private Connection find(Caller caller, String id) {
        return Parameters.number(id)
                .flatMap(number -> connections.find(caller.company(), new ConnectionId(number)))
                .orElseThrow(() -> new NotFoundException("connection", id));
    }
}
