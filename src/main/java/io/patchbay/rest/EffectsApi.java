package io.patchbay.rest;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.company.Companies;
import io.patchbay.effect.Effect;
import io.patchbay.effect.Ledger;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Effects that wait for a person. */
@RestController
@RequestMapping(path = "/api/v1/effects", produces = "application/json")
@Tag(name = "Effects", description = "What was given up and waits for a person")
class EffectsApi {

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 500;

    private final Ledger ledger;
    private final Companies companies;

    EffectsApi(Ledger ledger, Companies companies) {
        this.ledger = ledger;
        this.companies = companies;
    }

    @GetMapping
    @Needs(Right.SEE_CONNECTIONS)
    @Operation(
            summary = "List parked effects, the newest first",
            description = "Parked means: refused or tried in vain for too long. Correct the cause and replay the call.")
    Page<EffectJson> list(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(schema = @Schema(allowableValues = "PARKED", defaultValue = "PARKED"))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "next of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit) {
        var read = new Parameters();
        if (state != null && !state.equals("PARKED")) {
            read.problem("state", "must be PARKED.");
        }
        var before = read.read("cursor", cursor, Parameters::number, "next of an answer of this list, as it was")
                .orElse(Long.MAX_VALUE);
        var size = read.limit(limit, USUAL_PAGE, LARGEST_PAGE);
        read.check();
        var zone = companies.get(caller.company()).zone();
        var found = ledger.parked(caller.company(), before, size + 1);
        var items = found.stream().limit(size).toList();
        return new Page<>(
                items.stream()
                        .map((Effect effect) -> EffectJson.of(effect, zone))
                        .toList(),
                found.size() > size ? Long.toString(items.getLast().id()) : null);
    }
}
