package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.connection.ConnectionHealth.Colour;
import io.patchbay.connector.Fault;
import io.patchbay.watch.Concern;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One connection, without its secrets. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Connection")
record ConnectionJson(
        @Schema(example = "2") long id,
        @Schema(example = "example-crm") String connector,
        @Schema(example = "Our CRM") String title,
        boolean enabled,

        @Schema(
                description =
                        "Where the connected system sends its hooks. The address is a secret: whoever knows it can"
                                + " send.",
                example = "https://hub.example.org/hooks/Yk3v...")
        String hookUrl,

        HookJson hook,

        @Schema(description = "Settings that are no secrets", implementation = Object.class)
        Map<String, JsonNode> settings,

        @Schema(description = "Names of the secret settings that are there; their values are never told")
        List<String> secrets,

        HealthJson health,
        OffsetDateTime createdAt,
        OffsetDateTime changedAt) {

    /** How its hook address is used. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Hook")
    record HookJson(
            @Schema(description = "The hub tells the system its address; where it does not, a person pastes it there")
            boolean registered,

            @Schema(description = "When something came to the address of today", nullable = true) @Nullable
            OffsetDateTime lastUsedAt,

            @Schema(description = "Network address of that sender", nullable = true) @Nullable
            String lastUsedFrom,

            @Schema(description = "Addresses that were replaced, the newest first")
            List<FormerHookJson> former,

            @Schema(
                    description = "Blocks of network addresses from which hooks are taken; none: from everywhere",
                    example = "[\"192.0.2.0/24\"]")
            List<String> senders,

            @Schema(description = "Hooks of others, since senders was changed last", nullable = true) @Nullable
            RefusedHooksJson refused) {}

    /** Hooks that were refused because of where they came from. */
    @Schema(name = "RefusedHooks")
    record RefusedHooksJson(
            long number,
            OffsetDateTime since,
            OffsetDateTime lastAt,

            @Schema(description = "Empty when it is not known")
            String lastFrom) {}

    /** A hook address that was replaced. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "FormerHook")
    record FormerHookJson(
            OffsetDateTime replacedAt,

            @Schema(
                    description = "From then on it is unknown; null while the system has not been told the new address",
                    nullable = true)
            @Nullable
            OffsetDateTime endsAt,

            @Schema(description = "When something came there last; after its end: it was refused", nullable = true)
            @Nullable
            OffsetDateTime lastUsedAt) {}

    /** How a connection is doing. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Health")
    record HealthJson(
            @Schema(description = "AMBER: passes by itself, or nothing was tried yet. RED: a person must act.")
            Colour colour,

            @Schema(description = "How it is, in a sentence; never empty", example = "The token was revoked.")
            String sentence,

            @Schema(description = "Of the last exchange; null when it went well", nullable = true) @Nullable
            Fault fault,

            @Schema(nullable = true) @Nullable OffsetDateTime lastGoodAt,
            @Schema(nullable = true) @Nullable OffsetDateTime lastFaultAt,

            @Schema(description = "Since when something is the matter; null when all is well", nullable = true)
            @Nullable
            OffsetDateTime since,

            @Schema(description = "When the system last told the hub something", nullable = true) @Nullable
            OffsetDateTime lastHeardAt,

            @Schema(
                    description = "Minutes of working time since then; null where silence means nothing",
                    nullable = true)
            @Nullable
            Long silentMinutes,

            @Schema(
                    description = "Why its subscription does not live; null when it does, or there is none",
                    nullable = true)
            @Nullable
            String deaf,

            @Schema(description = "Calls that should have been written by now")
            int backlog,

            @Schema(description = "Hooks over the connection's pace that wait to be read")
            int heldHooks,

            @Schema(description = "Effects that were given up and wait for a person")
            int parked,

            @Schema(description = "Percent of the target's rate limit in use at this moment", nullable = true) @Nullable
            Integer limitPercent,

            @Schema(description = "End of the access token; the hub renews it before", nullable = true) @Nullable
            OffsetDateTime tokenEndsAt,

            @Schema(description = "What people were told of and is not over")
            List<AlertJson> alerts) {}

    /** Something people were told of. */
    @Schema(name = "ConnectionAlert")
    record AlertJson(
            Concern concern,

            @Schema(description = "The step that was reached: 50, 70, 90 or 100 percent")
            int percent,

            OffsetDateTime since,
            OffsetDateTime toldAt) {}
}
