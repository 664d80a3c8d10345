package io.patchbay.rest;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.Companies;
import io.patchbay.run.Run;
import io.patchbay.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Long pieces of work: how far they are, starting and stopping them. */
@RestController
@RequestMapping(path = "/api/v1/runs", produces = "application/json")
@Tag(name = "Runs", description = "Long pieces of work, such as replays and imports of history")
class RunsApi {

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 500;

    private final Runs runs;
    private final Audit audit;
    private final Companies companies;

    RunsApi(Runs runs, Audit audit, Companies companies) {
        this.runs = runs;
        this.audit = audit;
        this.companies = companies;
    }

    @GetMapping
    @Needs(Right.REPLAY)
    @Operation(summary = "List runs, the newest first")
    Page<RunJson> list(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(description = "next of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit) {
        var read = new Parameters();
        var before = read.read("cursor", cursor, Parameters::number, "next of an answer of this list, as it was")
                .orElse(Long.MAX_VALUE);
        var size = read.limit(limit, USUAL_PAGE, LARGEST_PAGE);
        read.check();
        var zone = companies.get(caller.company()).zone();
        var found = runs.list(caller.company(), before, size + 1);
        var items = found.stream().limit(size).toList();
        return new Page<>(
                items.stream().map(run -> RunJson.of(run, zone)).toList(),
                found.size() > size ? Long.toString(items.getLast().id()) : null);
    }

    @GetMapping("/{id}")
    @Needs(Right.REPLAY)
    @Operation(summary = "Read how far a run is")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "There is no such run")
    RunJson read(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "7") @PathVariable String id) {
        return json(caller, find(caller, id));
    }

    @PostMapping("/{id}/start")
    @Needs(Right.REPLAY)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Start a run that was previewed, or go on with one that was stopped or failed",
            description =
                    "It goes on where it was. One that cannot be started now stays as it is: read its state in the"
                            + " answer.")
    @ApiResponse(responseCode = "202")
    @ApiResponse(responseCode = "404", description = "There is no such run")
    RunJson start(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "7") @PathVariable String id) {
        var run = find(caller, id);
        if (runs.start(caller.company(), run.id())) {
            audit.note(caller.company(), Deed.of(Action.RUN_STARTED, run.id(), run.kind()));
        }
        return json(caller, find(caller, id));
    }

    @PostMapping("/{id}/cancel")
    @Needs(Right.REPLAY)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Stop a run",
            description = "After the piece in hand; what was done stays done. One that is over already stays as it is.")
    @ApiResponse(responseCode = "202")
    @ApiResponse(responseCode = "404", description = "There is no such run")
    RunJson cancel(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "7") @PathVariable String id) {
        var run = find(caller, id);
        if (runs.cancel(caller.company(), run.id())) {
            audit.note(caller.company(), Deed.of(Action.RUN_CANCELLED, run.id(), run.kind()));
        }
        return json(caller, find(caller, id));
    }

    private Run find(Caller caller, String id) {
        return Parameters.number(id)
                .flatMap(number -> runs.find(caller.company(), number))
                .orElseThrow(() -> new NotFoundException("run", id));
    }

    private RunJson json(Caller caller, Run run) {
        return RunJson.of(run, companies.get(caller.company()).zone());
    }
}
