package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Grade;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Setting;
import io.patchbay.connector.Strings;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The kinds of systems this hub can be connected to. */
@RestController
@RequestMapping(path = "/api/v1/connectors", produces = "application/json")
@Tag(name = "Connectors", description = "Kinds of systems this hub can be connected to")
class ConnectorsApi {

    private final Connectors connectors;

    ConnectorsApi(Connectors connectors) {
        this.connectors = connectors;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Connector")
    record ConnectorJson(
            @Schema(example = "example-crm") String id,
            @Schema(example = "Example CRM") String title,

            @Schema(allowableValues = {"pbx", "crm", "erp", "shop"})
            String kind,

            @Schema(description = "Operations it promises", example = "[\"check\", \"log-call\"]")
            List<String> can,

            List<SettingJson> settings,
            GradeJson grade) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Grade", description = "How far a connector has come on the quality scale of docs/connectors/kit.md")
    record GradeJson(
            @Schema(
                    description = "The highest level reached; null before the first",
                    allowableValues = {"basic", "reliable", "complete"},
                    nullable = true)
            @Nullable
            String level,

            @Schema(description = "Rules still to do, with the reason")
            Map<String, String> todo,

            @Schema(description = "Rules that do not apply, with the reason")
            Map<String, String> exempt) {}

    /** A folder that cannot be used until it is corrected. */
    @Schema(name = "SetAside")
    record SetAsideJson(@Schema(example = "example-crm") String id, List<FolderProblemJson> problems) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "FolderProblem")
    record FolderProblemJson(
            @Schema(example = "connector.yaml") String file,

            @Schema(description = "1 for the first; 0 when the file as a whole is the problem")
            int line,

            @Schema(example = "settings.token.type") String field,

            @Schema(description = "What is wrong and what would be right")
            String text) {}

    /** The connectors, and the folders that are none yet. */
    @Schema(name = "ConnectorList")
    record ConnectorList(
            List<ConnectorJson> items,

            @Schema(description = "Folders that were set aside, each with everything that is wrong in it")
            List<SetAsideJson> setAside) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Setting", description = "One question of the form that connects a system")
    record SettingJson(
            @Schema(example = "portal") String name,

            @Schema(allowableValues = {"text", "secret", "choice", "number", "flag", "url", "list"})
            String type,

            boolean required,

            @Schema(description = "Values of other settings that make this one required")
            Map<String, String> requiredWhen,

            @Schema(description = "Values of other settings for which this one makes sense")
            Map<String, String> shownWhen,

            @Schema(nullable = true) @Nullable String pattern,
            @Schema(nullable = true) @Nullable String example,
            @Schema(description = "Values of a choice") List<String> of,

            @Schema(description = "The value when none is given", nullable = true, implementation = Object.class)
            @Nullable
            JsonNode fallback,

            @Schema(description = "In the language of Accept-Language: en or ru")
            String label,

            @Schema(nullable = true) @Nullable String help) {}

    @GetMapping
    @Needs(Right.SEE_CONNECTIONS)
    @io.swagger.v3.oas.annotations.Operation(summary = "List the connectors with their settings")
    ConnectorList list(@Parameter(hidden = true) Locale locale) {
        return new ConnectorList(
                connectors.all().stream()
                        .map(connector -> json(connector, locale))
                        .toList(),
                connectors.setAside().entrySet().stream()
                        .map(folder -> new SetAsideJson(
                                folder.getKey(),
                                folder.getValue().stream()
                                        .map(problem -> new FolderProblemJson(
                                                problem.file(), problem.line(), problem.field(), problem.text()))
                                        .toList()))
                        .toList());
    }

    @GetMapping("/{id}")
    @Needs(Right.SEE_CONNECTIONS)
    @io.swagger.v3.oas.annotations.Operation(summary = "Read one connector")
    ConnectorJson read(@PathVariable String id, @Parameter(hidden = true) Locale locale) {
        return connectors
                .find(id)
                .map(connector -> json(connector, locale))
                .orElseThrow(() -> new NotFoundException("connector", id));
    }

    private static ConnectorJson json(Connector connector, Locale locale) {
        return new ConnectorJson(
                connector.id(),
                connector.title(),
                connector.kind().word(),
                connector.can().stream().map(Operation::word).sorted().toList(),
                connector.settings().values().stream()
                        .map(setting -> json(setting, connector.strings(), locale))
                        .toList(),
                json(connector.grade()));
    }

    private static GradeJson json(Grade grade) {
        return new GradeJson(
                grade.level().map(Grade.Level::word).orElse(null),
                grade.reasons(Grade.Standing.TODO),
                grade.reasons(Grade.Standing.EXEMPT));
    }

    private static SettingJson json(Setting setting, Strings strings, Locale locale) {
        return new SettingJson(
                setting.name(),
                setting.type().name().toLowerCase(Locale.ROOT),
                setting.required(),
                setting.requiredWhen(),
                setting.shownWhen(),
                setting.pattern().map(Object::toString).orElse(null),
                setting.example().isEmpty() ? null : setting.example(),
                setting.of(),
                setting.fallback().orElse(null),
                strings.label(setting.name(), locale),
                strings.help(setting.name(), locale).orElse(null));
    }
}
