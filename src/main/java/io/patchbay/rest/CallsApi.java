package io.patchbay.rest;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.call.CallId;
import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.Seat;
import io.patchbay.company.Companies;
import io.patchbay.company.Company;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.effect.EffectSteps;
import io.patchbay.effect.Ledger;
import io.patchbay.intake.IntakeProperties;
import io.patchbay.journal.Audience;
import io.patchbay.journal.CallPage;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.StoredCall;
import io.patchbay.journal.VisibleCalls;
import io.patchbay.recording.Recordings;
import io.patchbay.recording.SignedLinks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
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

/** Calls, and what was done because of them. */
@RestController
@RequestMapping(path = "/api/v1/calls", produces = "application/json")
@Tag(name = "Calls", description = "Calls with their legs, recordings and effects")
class CallsApi {

    private static final int USUAL_PAGE = 50;

    private final Companies companies;
    private final VisibleCalls calls;
    private final Ledger ledger;
    private final EffectSteps effects;
    private final Employees employees;
    private final Recordings recordings;
    private final SignedLinks links;
    private final IntakeProperties hub;
    private final Audit audit;
    private final Clock clock;

    CallsApi(
            Companies companies,
            VisibleCalls calls,
            Ledger ledger,
            EffectSteps effects,
            Employees employees,
            Recordings recordings,
            SignedLinks links,
            IntakeProperties hub,
            Audit audit,
            Clock clock) {
        this.companies = companies;
        this.calls = calls;
        this.ledger = ledger;
        this.effects = effects;
        this.employees = employees;
        this.recordings = recordings;
        this.links = links;
        this.hub = hub;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping
    @Needs(Right.SEE_OWN_CALLS)
    @Operation(summary = "List calls, the newest first")
    Page<CallJson> list(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(
                            description = "Start of the call, inclusive: ISO 8601 with offset, or a day",
                            example = "2026-11-25T00:00:00+03:00")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(
                            description = "Start of the call, exclusive: ISO 8601 with offset, or a day",
                            example = "2026-11-26")
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(schema = @Schema(implementation = Direction.class)) @RequestParam(required = false) @Nullable
                    String direction,
            @Parameter(schema = @Schema(implementation = CallResult.class)) @RequestParam(required = false) @Nullable
                    String result,
            @Parameter(description = "Id of an employee who was rung or spoke", example = "4")
                    @RequestParam(required = false)
                    @Nullable
                    String employee,
            @Parameter(description = "The client's number, in any written form", example = "+79000001234")
                    @RequestParam(required = false)
                    @Nullable
                    String number,
            @Parameter(description = "next of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit) {
        var company = companies.get(caller.company());
        var read = new Parameters();
        var query = new CallQuery(
                company.id(),
                read.time("from", from, company.zone()),
                read.time("to", to, company.zone()),
                read.oneOf("direction", direction, Direction.class),
                read.oneOf("result", result, CallResult.class),
                read.read("employee", employee, id -> seats(company, id), "the id of an employee")
                        .orElse(Set.of()),
                read.read("number", number, written -> e164(company, written), "a phone number"),
                Optional.ofNullable(cursor),
                read.limit(limit, USUAL_PAGE, CallQuery.LARGEST_PAGE));
        read.check();
        var page = page(audience(caller), query);
        var json = json(company, caller);
        return new Page<>(
                page.items().stream().map(json::row).toList(), page.next().orElse(null));
    }

    @GetMapping("/{id}")
    @Needs(Right.SEE_OWN_CALLS)
    @Operation(summary = "Read one call with its legs, recordings and effects")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "There is no such call")
    CallDetailsJson read(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "c-81") @PathVariable String id) {
        var company = companies.get(caller.company());
        var stored = find(caller, id);
        var kept = stored.call().keys().stream()
                .flatMap(key -> recordings.of(key).stream())
                .toList();
        return json(company, caller).details(stored, kept, ledger.of(stored.id()), clock.instant());
    }

    @PostMapping("/{id}/replay")
    @Needs(Right.REPLAY)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Look at a call again",
            description =
                    "Does what is missing in every connected system and tries again what was given up. Changes nothing"
                        + " that is right, so it may be repeated. The work is done after the answer: read the call to"
                        + " see it.")
    @ApiResponse(responseCode = "202", description = "The call will be looked at")
    @ApiResponse(responseCode = "404", description = "There is no such call")
    CallDetailsJson replay(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "c-81") @PathVariable String id) {
        var call = find(caller, id).id();
        audit.note(caller.company(), Deed.of(Action.CALL_REPLAYED, call, ""));
        effects.replay(caller.company(), call);
        return read(caller, id);
    }

    private StoredCall find(Caller caller, String id) {
        return CallId.parse(id)
                .flatMap(parsed -> calls.find(audience(caller), parsed))
                .orElseThrow(() -> new NotFoundException("call", id));
    }

    private CallPage page(Audience audience, CallQuery query) {
        try {
            return calls.list(audience, query);
        } catch (IllegalArgumentException badCursor) {
            var wrong = new Parameters();
            wrong.problem("cursor", "must be next of an answer of this list, as it was.");
            wrong.check();
            throw badCursor;
        }
    }

    /** Every place of the company's PBXs where this employee sits. */
    private Optional<Set<Seat>> seats(Company company, String id) {
        return Parameters.number(id)
                .flatMap(number -> employees.find(company.id(), new EmployeeId(number)))
                .map(employee -> calls.seats(company.id(), employee.id()));
    }

    private static Audience audience(Caller caller) {
        return new Audience(
                caller.company(),
                caller.may(Right.SEE_ALL_CALLS),
                caller.employee().map(EmployeeId::new));
    }

    private static Optional<String> e164(Company company, String written) {
        return new NumberPlan(company.region()).read(written) instanceof PhoneNumber phone
                ? Optional.of(phone.e164())
                : Optional.empty();
    }

    private CallsInJson json(Company company, Caller caller) {
        return new CallsInJson(company, employees, links, hub.publicUrl(), caller.may(Right.LISTEN));
    }
}
