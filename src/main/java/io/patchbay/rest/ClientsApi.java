package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.caller.ClientSync;
import io.patchbay.caller.WhoCalls;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientDirectory.Written;
import io.patchbay.directory.ClientId;
import io.patchbay.directory.ClientOrders;
import io.patchbay.directory.ClientPolicy;
import io.patchbay.directory.ClientSheet;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.run.Runs;
import io.patchbay.run.Scope;
import io.patchbay.upkeep.ClientEdits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The company's clients, whatever each connected system calls them. */
@RestController
@RequestMapping(path = "/api/v1/clients", produces = "application/json")
@Tag(name = "Clients", description = "The company's clients, gathered from all connected systems")
class ClientsApi {

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 500;

    /** Clients shown by the preview of an import. */
    private static final int SHOWN = 20;

    private final ClientDirectory directory;
    private final ClientEdits edits;
    private final Audit audit;
    private final ClientOrders orders;
    private final WhoCalls whoCalls;
    private final Employees employees;
    private final Connections connections;
    private final Operations operations;
    private final Runs runs;
    private final Companies companies;

    ClientsApi(
            ClientDirectory directory,
            ClientEdits edits,
            Audit audit,
            ClientOrders orders,
            WhoCalls whoCalls,
            Employees employees,
            Connections connections,
            Operations operations,
            Runs runs,
            Companies companies) {
        this.directory = directory;
        this.edits = edits;
        this.audit = audit;
        this.orders = orders;
        this.whoCalls = whoCalls;
        this.employees = employees;
        this.connections = connections;
        this.operations = operations;
        this.runs = runs;
        this.companies = companies;
    }

    @Schema(
            name = "ClientChange",
            description = "The whole of what a person may set; no connected system overwrites it")
    record ClientChange(
            @Schema(description = "Missing or blank: what the systems say") @Nullable
            String name,

            @Schema(description = "Id of an employee; null: what the systems say", nullable = true) @Nullable
            Long owner,

            @Nullable Boolean vip,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "In any written form; a number belongs to one client",
                    example = "[\"+79001234567\"]")
            @Nullable
            List<String> numbers) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "WhoCalls")
    record WhoJson(
            @Schema(description = "null when no system knows the number", nullable = true) @Nullable
            ClientJson client,

            @Schema(description = "Orders that something is still to be done for")
            List<ClientJson.OrderJson> openOrders,

            @Schema(description = "Connections that did not answer in time; what they say later is remembered")
            List<Long> late) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "ClientPolicy", description = "Whose word counts when two systems know a client")
    record PolicyJson(
            @Schema(allowableValues = {"NEWEST", "MASTER", "ASK"}) @Nullable
            String conflict,

            @Schema(description = "With MASTER: the connection", nullable = true) @Nullable
            Long master) {}

    @Schema(name = "ClientAnswer")
    record AnswerJson(
            Client.@Nullable Field field,
            @Nullable Long connection,

            @Schema(description = "false: what stands is right") @Nullable
            Boolean systemIsRight) {}

    @Schema(name = "ClientImport")
    record ImportJson(
            @Schema(description = "Whether anything was written")
            boolean imported,

            @Schema(description = "Rows that can be taken over")
            int rows,

            @Schema(description = "Of those: clients nobody knew; only after the import")
            int added,

            List<LineProblem> errors,

            @Schema(description = "The first of them, as they will be written")
            List<RowJson> clients) {

        @Schema(name = "ClientImportProblem")
        record LineProblem(
                @Schema(example = "7") long line,
                @Schema(example = "PHONES") String field,
                String message) {}

        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Schema(name = "ClientImportRow")
        record RowJson(
                long line,
                String name,
                @Schema(nullable = true) @Nullable Long owner,
                boolean vip,
                List<String> numbers) {}
    }

    @Schema(name = "ClientSync")
    record SyncJson(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "3") @Nullable
            Long connection) {}

    @Schema(name = "ClientSyncBegun")
    record BegunJson(
            @Schema(description = "See GET /runs/{id}", example = "7")
            long run) {}

    @GetMapping
    @Needs(Right.SEE_CLIENTS)
    @Operation(summary = "Search the clients, the newest first")
    Page<ClientJson> list(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(description = "Part of a name, or of a number in any written form")
                    @RequestParam(required = false)
                    @Nullable
                    String query,
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
        var found = directory.search(caller.company(), Objects.requireNonNullElse(query, ""), before, size + 1);
        var items = found.stream().limit(size).toList();
        var zone = zone(caller);
        return new Page<>(
                items.stream()
                        .map(client -> ClientJson.of(client, List.of(), zone))
                        .toList(),
                found.size() > size ? items.getLast().id().toString() : null);
    }

    @GetMapping("/{id}")
    @Needs(Right.SEE_CLIENTS)
    @Operation(summary = "Read a client with his orders")
    ClientJson read(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @PathVariable String id) {
        return whole(find(caller, id), caller);
    }

    @GetMapping("/who")
    @Needs(Right.SEE_CLIENTS)
    @Operation(
            summary = "Ask all connected systems who has a number",
            description = "Asked in parallel, and answered within patchbay.caller.budget by what is known then.")
    WhoJson who(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "+79001234567") @RequestParam(required = false) @Nullable String number) {
        var read = new Parameters();
        var asked = read.read(
                "number",
                number,
                written -> Optional.of(
                                plan(caller.company()).read(written.startsWith(" ") ? "+" + written.strip() : written))
                        .filter(PhoneNumber.class::isInstance)
                        .map(PhoneNumber.class::cast),
                "a number that can be called");
        if (number == null || number.isBlank()) {
            read.problem("number", "is missing.");
        }
        read.check();
        var known = whoCalls.ask(caller.company(), asked.orElseThrow());
        var zone = zone(caller);
        return new WhoJson(
                known.client()
                        .map(client -> ClientJson.of(client, known.orders(), zone))
                        .orElse(null),
                known.openOrders().stream()
                        .map(order -> ClientJson.OrderJson.of(order, zone))
                        .toList(),
                known.late().stream().sorted().toList());
    }

    @PostMapping
    @Needs(Right.CHANGE_CLIENTS)
    @Operation(summary = "Add a client")
    @ApiResponse(responseCode = "201", description = "Added")
    ResponseEntity<ClientJson> add(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody ClientChange asked) {
        var added = edits.add(caller.company(), written(caller.company(), asked));
        return ResponseEntity.created(URI.create("/api/v1/clients/" + added.id()))
                .body(whole(added, caller));
    }

    @PutMapping("/{id}")
    @Needs(Right.CHANGE_CLIENTS)
    @Operation(summary = "Write a client", description = "Replaces name, owner, VIP mark and numbers.")
    ClientJson save(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody ClientChange asked) {
        var client = find(caller, id);
        return edits.save(caller.company(), client.id(), written(caller.company(), asked))
                .map(saved -> whole(saved, caller))
                .orElseThrow(() -> new NotFoundException("client", id));
    }

    @PostMapping("/{id}/answers")
    @Needs(Right.CHANGE_CLIENTS)
    @Operation(summary = "Say who is right where a connected system differs from what stands")
    ClientJson answer(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody AnswerJson asked) {
        var client = find(caller, id);
        var read = new Parameters();
        if (asked.field() == null || asked.connection() == null || asked.systemIsRight() == null) {
            read.problem("", "must name field, connection and systemIsRight.");
        } else if (!edits.answer(
                caller.company(), client.id(), asked.field(), asked.connection(), asked.systemIsRight())) {
            read.problem("connection", "says nothing else of this field.");
        }
        read.check();
        return read(caller, id);
    }

    @GetMapping("/policy")
    @Needs(Right.SEE_CLIENTS)
    @Operation(summary = "Read whose word counts when two systems know a client")
    PolicyJson policy(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        var policy = directory.policy(caller.company());
        return new PolicyJson(policy.word(), policy instanceof ClientPolicy.Master master ? master.connection() : null);
    }

    @PutMapping("/policy")
    @Needs(Right.CHANGE_CLIENTS)
    @Operation(
            summary = "Set whose word counts when two systems know a client",
            description = "Holds for what is told from now on. What a person wrote counts before every system.")
    PolicyJson setPolicy(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody PolicyJson asked) {
        var read = new Parameters();
        var policy = ClientPolicy.of(
                Objects.requireNonNullElse(asked.conflict(), ""), Objects.requireNonNullElse(asked.master(), 0L));
        if (policy.isEmpty()) {
            read.problem("conflict", "must be one of [NEWEST, MASTER, ASK].");
        } else if (policy.get() instanceof ClientPolicy.Master master && !isOwn(caller, master.connection())) {
            read.problem("master", "is no connection of this company.");
        }
        read.check();
        edits.setPolicy(caller.company(), policy.orElseThrow());
        return policy(caller);
    }

    @PostMapping("/import")
    @Needs(Right.CHANGE_CLIENTS)
    @Operation(
            summary = "Import clients from a table",
            description = "The body is CSV (UTF-8 or Windows-1251; comma, semicolon or tab) whose first line names the"
                    + " columns: name, phones, owner (extension, e-mail or name of an employee), vip. A client who"
                    + " has one of the numbers is completed, else added. With mistakes nothing is written unless"
                    + " skipErrors is true. Importing the same table again changes nothing.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    ImportJson importTable(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(description = "Only tell what would be written")
                    @RequestParam(required = false, defaultValue = "false")
                    boolean preview,
            @Parameter(description = "Take the rows that are right and leave the others")
                    @RequestParam(required = false, defaultValue = "false")
                    boolean skipErrors,
            @RequestBody byte[] table) {
        var sheet = ClientSheet.read(ClientSheet.text(table), plan(caller.company()), employees.all(caller.company()));
        var write = !preview
                && !sheet.rows().isEmpty()
                && (skipErrors || sheet.problems().isEmpty());
        var added = write
                ? edits.put(
                        caller.company(),
                        sheet.rows().stream().map(ClientSheet.Row::client).toList())
                : 0;
        return new ImportJson(
                write,
                sheet.rows().size(),
                added,
                sheet.problems().stream()
                        .map(problem -> new ImportJson.LineProblem(problem.line(), problem.field(), problem.message()))
                        .toList(),
                sheet.rows().stream().limit(SHOWN).map(ClientsApi::row).toList());
    }

    private static ImportJson.RowJson row(ClientSheet.Row row) {
        return new ImportJson.RowJson(
                row.line(),
                row.client().name(),
                row.client().owner().map(EmployeeId::value).orElse(null),
                row.client().vip(),
                row.client().numbers().stream().map(PhoneNumber::e164).toList());
    }

    @PostMapping("/sync")
    @Needs(Right.CHANGE_CLIENTS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Read all clients of a connected system",
            description =
                    "Begins a run, which goes on page by page and can be stopped and continued. Nobody is removed.")
    BegunJson sync(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody SyncJson asked) {
        var read = new Parameters();
        var connection = Objects.requireNonNullElse(asked.connection(), 0L);
        if (!isOwn(caller, connection)) {
            read.problem("connection", "is no connection of this company.");
        } else if (!operations.can(new ConnectionId(connection), io.patchbay.connector.Operation.LIST_CLIENTS)) {
            read.problem("connection", "cannot list its clients. They become known when they call.");
        }
        read.check();
        var run = runs.begin(caller.company(), ClientSync.KIND, Scope.COMPANY.of(connection), caller.name());
        audit.note(caller.company(), Deed.of(Action.RUN_BEGUN, run.id(), run.kind()));
        return new BegunJson(run.id());
    }

    private Written written(CompanyId company, ClientChange asked) {
        var read = new Parameters();
        var name = Objects.requireNonNullElse(asked.name(), "").strip();
        if (name.length() > Client.LONGEST_NAME) {
            read.problem("name", "must have at most " + Client.LONGEST_NAME + " characters.");
        }
        var owner = Optional.ofNullable(asked.owner()).map(EmployeeId::new);
        if (owner.isPresent() && employees.find(company, owner.get()).isEmpty()) {
            read.problem("owner", "is no employee of this company.");
        }
        var numbers = new ArrayList<PhoneNumber>();
        var given = Objects.requireNonNullElse(asked.numbers(), List.<String>of());
        if (given.isEmpty() || given.size() > Client.MOST_NUMBERS) {
            read.problem("numbers", "must hold 1 to " + Client.MOST_NUMBERS + " numbers.");
        }
        var plan = plan(company);
        for (var i = 0; i < given.size(); i++) {
            if (plan.read(Objects.requireNonNullElse(given.get(i), "")) instanceof PhoneNumber phone) {
                numbers.add(phone);
            } else {
                read.problem("numbers[" + i + "]", "is no number that can be called.");
            }
        }
        read.check();
        return new Written(name, owner, Boolean.TRUE.equals(asked.vip()), numbers);
    }

    private boolean isOwn(Caller caller, long connection) {
        return connections.find(caller.company(), new ConnectionId(connection)).isPresent();
    }

    private Client find(Caller caller, String id) {
        return Parameters.number(id)
                .flatMap(number -> directory.find(caller.company(), new ClientId(number)))
                .orElseThrow(() -> new NotFoundException("client", id));
    }

    private ClientJson whole(Client client, Caller caller) {
        return ClientJson.of(client, orders.of(caller.company(), client.numbers()), zone(caller));
    }

    private NumberPlan plan(CompanyId company) {
        return new NumberPlan(companies.get(company).region());
    }

    private ZoneId zone(Caller caller) {
        return companies.get(caller.company()).zone();
    }
}
