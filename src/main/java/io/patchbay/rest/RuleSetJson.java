package io.patchbay.rest;

import io.patchbay.rules.CallKind;
import io.patchbay.rules.PopUp;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of rules, as the API describes it. */
@Schema(name = "RuleSet")
record RuleSetJson(
        @Schema(
                description =
                        "Who calls clients that ask to be called back, by his id in the connected system; missing: the"
                                + " connection's default employee",
                example = "21")
        @Nullable
        String callBack,

        @Schema(
                description = "Of a shop: what a new order leads to; missing: what the connection's settings say",
                allowableValues = {"NOTHING", "TASK", "CALL_BACK"})
        @Nullable
        String orders,

        List<RuleJson> rules) {

    @Schema(name = "Rule")
    record RuleJson(WhenJson when, ThenJson then) {}

    @Schema(name = "RuleWhen", description = "What is missing is not looked at")
    record WhenJson(
            @Nullable List<CallKind> kinds,

            @Schema(
                    description = "Whether the connected system knew the client before the call",
                    allowableValues = {"KNOWN", "UNKNOWN"})
            @Nullable
            String client,

            @Schema(description = "The company's numbers", example = "[\"+79000000100\"]") @Nullable
            List<String> lines) {}

    @Schema(name = "RuleThen", description = "Of what is missing the next fitting rule decides")
    record ThenJson(
            @Nullable PopUp popUp,
            @Nullable Boolean log,

            @Schema(
                    description = "none, usual, or what an unknown number becomes in the connected system's words",
                    example = "lead")
            @Nullable
            String newClient,

            @Nullable ResponsibleJson responsible,
            @Nullable TaskJson task) {}

    @Schema(name = "RuleResponsible")
    record ResponsibleJson(
            @Schema(allowableValues = {"LAST_SPOKE", "FIRST_SPOKE", "FIRST_RANG", "CLIENTS_MANAGER", "FIXED"})
            String by,

            @Schema(description = "With FIXED: his id in the connected system", example = "21") @Nullable
            String employee) {}

    @Schema(name = "RuleTask")
    record TaskJson(
            boolean wanted,

            @Schema(description = "From the end of the call", example = "60") @Nullable
            Integer deadlineMinutes,

            @Schema(description = "A call that ended longer ago gets no task", example = "1440") @Nullable
            Integer forgetInMinutes,

            @Schema(
                    description = "May name {number} {line} {time} {wait} {talk} {client} {employee} {result} {text}"
                            + " {orders}")
            @Nullable
            String title,

            @Nullable String text,
            @Schema(name = "for") @Nullable ResponsibleJson whom) {}
}
