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
import io.patchbay.company.Companies;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.person.Copy;
import io.patchbay.person.Erasure;
import io.patchbay.person.Kind;
import io.patchbay.person.OwnNumberException;
import io.patchbay.person.PersonExport;
import io.patchbay.person.Receipt;
import io.patchbay.person.Receipts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the hub holds of a person. Numbers come in bodies only: addresses stand in logs. */
@RestController
@RequestMapping(path = "/api/v1/persons")
@Tag(name = "Persons", description = "What the hub holds of somebody, handed over or erased")
class PersonsApi {

    private final Erasure erasure;
    private final PersonExport export;
    private final Receipts receipts;
    private final Connections connections;
    private final Audit audit;
    private final Companies companies;

    PersonsApi(
            Erasure erasure,
            PersonExport export,
            Receipts receipts,
            Connections connections,
            Audit audit,
            Companies companies) {
        this.erasure = erasure;
        this.export = export;
        this.receipts = receipts;
        this.connections = connections;
        this.audit = audit;
        this.companies = companies;
    }

    @Schema(name = "PersonAsked")
    record Asked(
            @Schema(
                    description = "In any written form",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "8 (900) 000-12-34")
            @Nullable
            String number) {}

    @Schema(name = "PersonCopy")
    record CopyJson(
            @Schema(description = "Title of the connection", example = "Our CRM")
            String system,

            @Schema(
                    description = "What it is there: the system's own word, or the operation that made it",
                    example = "contact")
            String kind,

            @Schema(description = "What the system calls it")
            String id,

            @Schema(description = "Where it is seen there; null where that is not known", nullable = true) @Nullable
            String url) {}

    @Schema(name = "PersonTraces")
    record TracesJson(
            @Schema(
                    description = "How many of each kind; a kind without any is missing",
                    example = "{\"calls\": 3, \"recordings\": 2}")
            Map<String, Long> counts,

            @Schema(description = "What connected systems hold: the hub erases nothing there")
            List<CopyJson> copies) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "ErasureReceipt", description = "It holds no number")
    record ReceiptJson(
            long id,
            OffsetDateTime begun,

            @Schema(
                    description = "null: a call was going on, or the erasure was cut; ask again to finish it",
                    nullable = true)
            @Nullable
            OffsetDateTime ended,

            @Schema(description = "Who asked for it") String by,
            @Schema(description = "What was erased") Map<String, Long> counts,

            @Schema(description = "What the company has to erase in connected systems")
            List<CopyJson> copies) {}

    @PostMapping(path = "/preview", produces = "application/json")
    @Needs(Right.PERSONAL_DATA)
    @Operation(summary = "See what the hub holds of a person", description = "Changes nothing.")
    @ApiResponse(responseCode = "400", description = "It is no public number, or one of the company itself")
    TracesJson preview(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody Asked asked) {
        try {
            var number = number(caller, asked);
            var traces = erasure.look(caller.company(), number);
            audit.note(caller.company(), Deed.of(Action.PERSON_SEEN, "", number.toString()));
            return new TracesJson(words(traces.counts()), copies(caller, traces.copies()));
        } catch (OwnNumberException e) {
            throw refused(e);
        }
    }

    @PostMapping(path = "/export", produces = "application/zip")
    @Needs(Right.PERSONAL_DATA)
    @Operation(
            summary = "Hand over what the hub holds of a person",
            description = "A ZIP: person.json with all rows, the recordings, and the hooks as they came.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "400", description = "It is no public number")
    void export(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @RequestBody Asked asked,
            HttpServletResponse answer)
            throws IOException {
        var number = number(caller, asked);
        audit.note(caller.company(), Deed.of(Action.PERSON_EXPORTED, "", number.toString()));
        answer.setContentType("application/zip");
        answer.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"person.zip\"");
        answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        export.write(caller.company(), number, answer.getOutputStream());
    }

    @PostMapping(path = "/erase", produces = "application/json")
    @Needs(Right.PERSONAL_DATA)
    @Operation(
            summary = "Erase a person from everything the hub holds",
            description = "For good. Calls stay without the person. What is told later of the time before brings nobody"
                    + " back. Asking twice is asking once.")
    @ApiResponse(responseCode = "400", description = "It is no public number, or one of the company itself")
    ReceiptJson erase(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody Asked asked) {
        try {
            var receipt = erasure.erase(caller.company(), number(caller, asked), caller.name());
            audit.note(caller.company(), Deed.of(Action.PERSON_ERASED).with("receipt", receipt.id()));
            return json(caller, receipt);
        } catch (OwnNumberException e) {
            throw refused(e);
        }
    }

    @GetMapping(path = "/receipts", produces = "application/json")
    @Needs(Right.PERSONAL_DATA)
    @Operation(summary = "List the receipts of erasures, the newest first")
    Page<ReceiptJson> receipts(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        return Page.whole(receipts.of(caller.company()).stream()
                .map(receipt -> json(caller, receipt))
                .toList());
    }

    @GetMapping(path = "/receipts/{id}", produces = "application/json")
    @Needs(Right.PERSONAL_DATA)
    @Operation(summary = "Read a receipt")
    @ApiResponse(responseCode = "404", description = "There is no such receipt")
    ReceiptJson receipt(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "3") @PathVariable String id) {
        return Parameters.number(id)
                .flatMap(number -> receipts.find(caller.company(), number))
                .map(receipt -> json(caller, receipt))
                .orElseThrow(() -> new NotFoundException("receipt", id));
    }

    private PhoneNumber number(Caller caller, Asked asked) {
        var read = new Parameters();
        var plan = new NumberPlan(companies.get(caller.company()).region());
        var number = Optional.ofNullable(asked.number())
                .map(plan::read)
                .filter(PhoneNumber.class::isInstance)
                .map(PhoneNumber.class::cast);
        if (number.isEmpty()) {
            read.problem("number", "must be a public telephone number.");
        }
        read.check();
        return number.orElseThrow();
    }

    private static InvalidRequestException refused(OwnNumberException own) {
        return new InvalidRequestException(List.of(new FieldProblem(
                "number", "is the company's own, a line or an employee's: by it nobody's data is found.")));
    }

    private ReceiptJson json(Caller caller, Receipt receipt) {
        ZoneId zone = companies.get(caller.company()).zone();
        return new ReceiptJson(
                receipt.id(),
                receipt.begun().atZone(zone).toOffsetDateTime(),
                receipt.ended().map(at -> at.atZone(zone).toOffsetDateTime()).orElse(null),
                receipt.by(),
                words(receipt.counts()),
                copies(caller, receipt.copies()));
    }

    private static Map<String, Long> words(Map<Kind, Long> counts) {
        var words = new TreeMap<String, Long>();
        counts.forEach((kind, count) -> words.put(kind.word(), count));
        return words;
    }

    private List<CopyJson> copies(Caller caller, List<Copy> copies) {
        var titles = connections.titles(caller.company());
        return copies.stream()
                .map(copy -> new CopyJson(
                        titles.getOrDefault(new ConnectionId(copy.connection()), ""),
                        copy.kind(),
                        copy.id(),
                        copy.url().isEmpty() ? null : copy.url()))
                .toList();
    }
}
