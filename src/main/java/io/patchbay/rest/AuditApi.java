package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.AuditEntry;
import io.patchbay.audit.AuditLog;
import io.patchbay.audit.AuditQuery;
import io.patchbay.audit.Change;
import io.patchbay.audit.Verdict;
import io.patchbay.audit.Verification;
import io.patchbay.company.Companies;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what. Nothing here writes. */
@RestController
@RequestMapping(path = "/api/v1/audit", produces = "application/json")
@Tag(name = "Audit", description = "Who did what, when, from where, from what to what")
class AuditApi {

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 500;

    private final AuditLog log;
    private final Verification verification;
    private final Companies companies;

    AuditApi(AuditLog log, Verification verification, Companies companies) {
        this.log = log;
        this.verification = verification;
        this.companies = companies;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "AuditEntry")
    record EntryJson(
            @Schema(description = "1, 2, 3 ... without a gap", example = "812")
            long number,

            OffsetDateTime at,

            @Schema(
                    description = "user-<id>, token-<id>, command-line, hub, system (a connected system), stranger",
                    example = "user-7")
            String actor,

            @Schema(description = "As it was then; empty for none", example = "Anna")
            String actorName,

            @Schema(description = "From where; empty when it did not come over the network", example = "192.0.2.7")
            String address,

            @Schema(example = "connection-changed") String action,
            @Schema(example = "connection-3") String subject,

            @Schema(description = "As it was then; empty for none", example = "Our CRM")
            String subjectName,

            @Schema(description = "Telephone numbers are masked; of a secret only that it changed")
            List<ChangeJson> changes,

            @Schema(description = "SHA-256 of this entry and the hash of the one before")
            String hash) {

        static EntryJson of(AuditEntry entry, ZoneId zone) {
            return new EntryJson(
                    entry.number(),
                    entry.at().atZone(zone).toOffsetDateTime(),
                    entry.actor().word(),
                    entry.actor().name(),
                    entry.actor().address(),
                    entry.word(),
                    entry.subject(),
                    entry.name(),
                    entry.changes().stream().map(ChangeJson::of).toList(),
                    entry.hash());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "AuditChange")
    record ChangeJson(
            @Schema(example = "title") String what,
            String from,
            String to,

            @Schema(description = "A secret: neither value is told")
            boolean secret) {

        static ChangeJson of(Change change) {
            return new ChangeJson(change.what(), change.from(), change.to(), change.hidden());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "AuditVerdict")
    record VerdictJson(
            boolean whole,

            @Schema(description = "Entries from the first on that are as they were written")
            long entries,

            @Schema(description = "Hash of the last of these: keep it elsewhere")
            String hash,

            @Schema(description = "Number of the first entry that is not; null when all are", nullable = true) @Nullable
            Long firstBroken,

            @Schema(
                    description =
                            "CHANGED: it was changed or exchanged. MISSING: it is gone and later ones are there. CUT:"
                                + " the log ends before it. FORGED: the end is not the one the hub sealed. UNSEALED:"
                                + " the seal is gone",
                    nullable = true)
            Verdict.@Nullable Flaw flaw) {

        static VerdictJson of(Verdict verdict) {
            return new VerdictJson(
                    verdict.isWhole(),
                    verdict.lines(),
                    verdict.hash(),
                    verdict.broken().map(Verdict.Broken::number).orElse(null),
                    verdict.broken().map(Verdict.Broken::flaw).orElse(null));
        }
    }

    @GetMapping
    @Needs(Right.READ_AUDIT)
    @Operation(summary = "List what was done, the newest first")
    Page<EntryJson> list(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(description = "Who: actor of an entry", example = "user-7")
                    @RequestParam(required = false)
                    @Nullable
                    String actor,
            @Parameter(description = "What: action of an entry", example = "recording-heard")
                    @RequestParam(required = false)
                    @Nullable
                    String action,
            @Parameter(description = "On what: subject of an entry", example = "connection-3")
                    @RequestParam(required = false)
                    @Nullable
                    String subject,
            @Parameter(description = "Inclusive: ISO 8601 with offset, or a day", example = "2026-11-25")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "Exclusive: ISO 8601 with offset, or a day", example = "2026-11-26")
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(description = "next of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit) {
        var zone = companies.get(caller.company()).zone();
        var read = new Parameters();
        var size = read.limit(limit, USUAL_PAGE, LARGEST_PAGE);
        var query = new AuditQuery(
                caller.company(),
                Parameters.text(actor),
                read.read("action", action, Action::of, "an action as the entries tell it"),
                Parameters.text(subject),
                read.time("from", from, zone),
                read.time("to", to, zone),
                read.read("cursor", cursor, Parameters::number, "next of an answer of this list, as it was"),
                size + 1);
        read.check();
        var found = log.find(query);
        var items = found.stream().limit(size).toList();
        return new Page<>(
                items.stream().map(entry -> EntryJson.of(entry, zone)).toList(),
                found.size() > size ? Long.toString(items.getLast().number()) : null);
    }

    @GetMapping("/verify")
    @Needs(Right.READ_AUDIT)
    @Operation(
            summary = "Check that no entry was changed, removed or added behind the hub's back",
            description = "Reads the whole log again, so it takes a while for a long one.")
    VerdictJson verify(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        return VerdictJson.of(verification.verify(caller.company()));
    }
}
