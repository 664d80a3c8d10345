package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.access.ApiToken;
import io.patchbay.access.ApiTokens;
import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.access.Role;
import io.patchbay.company.Companies;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys of programs. */
@RestController
@RequestMapping(path = "/api/v1/tokens", produces = "application/json")
@Tag(name = "Tokens", description = "Keys with which programs use this API")
class TokensApi {

    private static final int LONGEST_TITLE = 200;

    private final ApiTokens tokens;
    private final Companies companies;
    private final Clock clock;

    TokensApi(ApiTokens tokens, Companies companies, Clock clock) {
        this.tokens = tokens;
        this.companies = companies;
        this.clock = clock;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Token")
    record TokenJson(
            long id,
            String title,

            @Schema(description = "owner, admin, supervisor, employee, integrator or auditor", example = "integrator")
            String role,

            @Schema(description = "What it may do, in words", example = "[\"see-connections\"]")
            List<String> rights,

            ApiToken.Origin origin,
            OffsetDateTime createdAt,

            @Schema(description = "null: never", nullable = true) @Nullable
            OffsetDateTime expiresAt,

            @Schema(description = "To the minute", nullable = true) @Nullable
            OffsetDateTime lastUsedAt,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "The key itself: told once, in the answer that makes it")
            @Nullable
            String token) {

        static TokenJson of(ApiToken token, @Nullable String secret, ZoneId zone) {
            return new TokenJson(
                    token.id(),
                    token.title(),
                    token.role().word(),
                    token.rights().stream().map(Right::word).sorted().toList(),
                    token.origin(),
                    token.createdAt().atZone(zone).toOffsetDateTime(),
                    token.expiresAt()
                            .map(at -> at.atZone(zone).toOffsetDateTime())
                            .orElse(null),
                    token.lastUsedAt()
                            .map(at -> at.atZone(zone).toOffsetDateTime())
                            .orElse(null),
                    secret);
        }
    }

    @Schema(name = "NewToken")
    record NewToken(
            @Schema(description = "What it is for", requiredMode = Schema.RequiredMode.REQUIRED, example = "Reports")
            @Nullable
            String title,

            @Schema(
                    description =
                            "What it is at most: a role that may do no more than whoever asks. Missing: admin, or the"
                                    + " role of whoever asks where that is less",
                    example = "integrator")
            @Nullable
            String role,

            @Schema(
                    description = "Rights of the role that it is to have; missing or empty: all of them",
                    example = "[\"see-connections\"]")
            @Nullable
            List<@Nullable String> scopes,

            @Schema(description = "Missing: it works until it is revoked", example = "2027-01-01T00:00:00+03:00")
            @Nullable
            OffsetDateTime expiresAt) {}

    @GetMapping
    @Needs(Right.MANAGE_TOKENS)
    @Operation(summary = "List the tokens")
    Page<TokenJson> list(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        var zone = companies.get(caller.company()).zone();
        return Page.whole(tokens.all(caller.company()).stream()
                .map(token -> TokenJson.of(token, null, zone))
                .toList());
    }

    @PostMapping
    @Needs(Right.MANAGE_TOKENS)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make a token; its secret is told in this answer and never again")
    TokenJson add(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody NewToken asked) {
        var read = new Parameters();
        var title = Optional.ofNullable(asked.title()).map(String::strip).orElse("");
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            read.problem("title", "must have 1 to " + LONGEST_TITLE + " characters.");
        }
        Optional<Instant> expiresAt = Optional.ofNullable(asked.expiresAt()).map(OffsetDateTime::toInstant);
        if (expiresAt.filter(at -> !at.isAfter(clock.instant())).isPresent()) {
            read.problem("expiresAt", "must lie in the future.");
        }
        var role = role(caller, asked, read);
        var scopes = scopes(caller, role, asked, read);
        read.check();
        var issued = tokens.issue(caller.company(), title, role, scopes, expiresAt);
        return TokenJson.of(
                issued.token(), issued.secret(), companies.get(caller.company()).zone());
    }

    private static Role role(Caller caller, NewToken asked, Parameters read) {
        var usual = caller.role().covers(Role.ADMIN) ? Role.ADMIN : caller.role();
        var role = read.read("role", asked.role(), Role::of, "a role").orElse(usual);
        if (!caller.role().covers(role)) {
            read.problem("role", "may do more than you may.");
        }
        return role;
    }

    /** Nobody gives away a right they do not have: a token with scopes makes tokens with these scopes at most. */
    private static Set<Right> scopes(Caller caller, Role role, NewToken asked, Parameters read) {
        var scopes = new HashSet<Right>();
        for (var word : Objects.requireNonNullElse(asked.scopes(), List.<@Nullable String>of())) {
            var right = Optional.ofNullable(word).flatMap(Right::of);
            right.filter(role::may)
                    .ifPresentOrElse(
                            scopes::add, () -> read.problem("scopes", "has a word that is no right of this role."));
        }
        var given = scopes.isEmpty() ? ApiToken.rightsOf(role) : scopes;
        if (!caller.rights().containsAll(given)) {
            read.problem("scopes", "may do more than you may.");
        }
        return scopes;
    }

    @DeleteMapping("/{id}")
    @Needs(Right.MANAGE_TOKENS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke a token at once")
    @ApiResponse(responseCode = "204", description = "It does not work any more")
    @ApiResponse(responseCode = "404", description = "There is no such token")
    void revoke(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "3") @PathVariable String id) {
        var revoked = Parameters.number(id)
                .filter(number -> tokens.revoke(caller.company(), number))
                .isPresent();
        if (!revoked) {
            throw new NotFoundException("token", id);
        }
    }
}
