package io.patchbay.rest;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.backfill.CatchUps;
import io.patchbay.call.CallId;
import io.patchbay.company.Companies;
import io.patchbay.connection.ConnectionId;
import io.patchbay.replay.Replays;
import io.patchbay.run.NotBegunException;
import io.patchbay.run.Range;
import io.patchbay.run.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Begins the runs that look at the past: replays and imports of history. */
@RestController
@RequestMapping(path = "/api/v1", produces = "application/json")
@Tag(name = "Runs")
class ReplaysApi {

    private final Replays replays;
    private final CatchUps catchUps;
    private final Companies companies;
    private final Audit audit;
    private final Clock clock;

    ReplaysApi(Replays replays, CatchUps catchUps, Companies companies, Audit audit, Clock clock) {
        this.replays = replays;
        this.catchUps = catchUps;
        this.companies = companies;
        this.audit = audit;
        this.clock = clock;
    }

    @Schema(name = "NewReplay", description = "One call, or a range of time, or what a connection gave up")
    record NewReplay(
            @Schema(example = "c-81", nullable = true) @Nullable
            String call,

            @Schema(
                    description = "Start of the first call, inclusive: ISO 8601 with offset, or a day",
                    nullable = true,
                    example = "2026-11-24")
            @Nullable
            String from,

            @Schema(description = "Exclusive; now, if it is left out", nullable = true, example = "2026-11-25")
            @Nullable
            String to,

            @Schema(description = "Only there", nullable = true, example = "2") @Nullable
            Long connection,

            @Schema(description = "Only what was given up in the connection", nullable = true) @Nullable
            Boolean parked,

            @Schema(
                    description = "Whether to find out first what it would do, and to wait for POST /runs/{id}/start",
                    nullable = true,
                    defaultValue = "true")
            @Nullable
            Boolean preview) {}

    @Schema(name = "NewCatchUp")
    record NewCatchUp(
            @Schema(
                    description = "A PBX whose history the hub can read",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "1")
            @Nullable
            Long connection,

            @Schema(
                    description = "Start of the first call, inclusive: ISO 8601 with offset, or a day",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "2026-11-01")
            @Nullable
            String from,

            @Schema(description = "Exclusive; now, if it is left out", nullable = true, example = "2026-11-25")
            @Nullable
            String to) {}

    @PostMapping("/replays")
    @Needs(Right.REPLAY)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Look again at calls of the past and do what is missing",
            description = "Changes nothing that is right, so it may be repeated. The answer is a run: it is previewed"
                    + " first, unless preview is false. What was given up is tried again, with a fresh horizon.")
    @ApiResponse(responseCode = "201")
    @ApiResponse(responseCode = "400", description = "Something is wrong: all of it under errors")
    RunJson replay(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody NewReplay asked) {
        var zone = companies.get(caller.company()).zone();
        var read = new Parameters();
        var call = read.read("call", asked.call(), CallId::parse, "the id of a call");
        var connection = Optional.ofNullable(asked.connection());
        var parked = Boolean.TRUE.equals(asked.parked());
        var from = read.time("from", asked.from(), zone);
        var to = read.time("to", asked.to(), zone).orElseGet(clock::instant);
        if ((asked.call() != null ? 1 : 0) + (asked.from() != null ? 1 : 0) + (parked ? 1 : 0) != 1) {
            read.problem("from", "must be given, or else call, or parked: one of the three.");
        }
        if (parked && connection.isEmpty()) {
            read.problem("connection", "must be given with parked.");
        }
        read.check();
        var preview = !Boolean.FALSE.equals(asked.preview());
        var by = caller.name();
        return begun(zone, () -> {
            if (call.isPresent()) {
                return replays.ofCall(caller.company(), call.get(), connection, by, preview);
            }
            return parked
                    ? replays.parked(caller.company(), connection.orElseThrow(), by, preview)
                    : replays.between(caller.company(), new Range(from.orElseThrow(), to), connection, by, preview);
        });
    }

    @PostMapping("/catch-ups")
    @Needs(Right.REPLAY)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Import a PBX's history of a range of time",
            description = "Calls that are known already stay one. What a call of the past has to do in connected"
                    + " systems is done in the background. The answer is a run.")
    @ApiResponse(responseCode = "201")
    @ApiResponse(responseCode = "400", description = "Something is wrong: all of it under errors")
    RunJson catchUp(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody NewCatchUp asked) {
        var zone = companies.get(caller.company()).zone();
        var read = new Parameters();
        Optional<Instant> from = read.time("from", asked.from(), zone);
        var to = read.time("to", asked.to(), zone).orElseGet(clock::instant);
        var connection = Optional.ofNullable(asked.connection());
        if (asked.from() == null) {
            read.problem("from", "must be given.");
        }
        if (connection.isEmpty()) {
            read.problem("connection", "must be given.");
        }
        read.check();
        return begun(
                zone,
                () -> catchUps.begin(
                        caller.company(),
                        new ConnectionId(connection.orElseThrow()),
                        new Range(from.orElseThrow(), to),
                        caller.name()));
    }

    private RunJson begun(ZoneId zone, Supplier<Run> begin) {
        try {
            var run = begin.get();
            audit.note(run.company(), Deed.of(Action.RUN_BEGUN, run.id(), run.kind()));
            return RunJson.of(run, zone);
        } catch (NotBegunException refused) {
            throw new InvalidRequestException(List.of(new FieldProblem(refused.field(), refused.said())));
        }
    }
}
