package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import inet.ipaddr.IPAddress;
import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.company.Companies;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth.Deafness;
import io.patchbay.connection.ConnectionHealth.Health;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Fault;
import io.patchbay.connector.SettingProblem;
import io.patchbay.intake.AddressList;
import io.patchbay.intake.Hooks;
import io.patchbay.intake.IntakeProperties;
import io.patchbay.rest.ConnectionJson.AlertJson;
import io.patchbay.rest.ConnectionJson.FormerHookJson;
import io.patchbay.rest.ConnectionJson.HealthJson;
import io.patchbay.rest.ConnectionJson.HookJson;
import io.patchbay.rest.ConnectionJson.RefusedHooksJson;
import io.patchbay.upkeep.ConnectionCheck;
import io.patchbay.upkeep.ConnectionSwitch;
import io.patchbay.upkeep.HookRotation;
import io.patchbay.watch.Standings;
import io.patchbay.watch.Watch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The company's connections. */
@RestController
@RequestMapping(path = "/api/v1/connections", produces = "application/json")
@Tag(name = "Connections", description = "The company's uses of connectors")
class ConnectionsApi {

    private final Companies companies;
    private final Connectors connectors;
    private final Connections connections;
    private final ConnectionSetup setup;
    private final Standings standings;
    private final Watch watch;
    private final Secrets secrets;
    private final ConnectionCheck check;
    private final Hooks hooks;
    private final HookRotation rotation;
    private final IntakeProperties intake;
    private final ConnectionSwitch onOff;

    ConnectionsApi(
            Companies companies,
            Connectors connectors,
            Connections connections,
            ConnectionSetup setup,
            Standings standings,
            Watch watch,
            Secrets secrets,
            ConnectionCheck check,
            Hooks hooks,
            HookRotation rotation,
            IntakeProperties intake,
            ConnectionSwitch onOff) {
        this.companies = companies;
        this.connectors = connectors;
        this.connections = connections;
        this.setup = setup;
        this.standings = standings;
        this.watch = watch;
        this.secrets = secrets;
        this.check = check;
        this.hooks = hooks;
        this.rotation = rotation;
        this.intake = intake;
        this.onOff = onOff;
    }

    @Schema(name = "NewConnection")
    record NewConnection(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "example-crm") @Nullable
            String connector,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Our CRM") @Nullable
            String title,

            @Schema(
                    description = "Open and secret settings together, as GET /connectors names them",
                    implementation = Object.class,
                    example = "{\"portal\": \"romashka.example.org\", \"token\": \"...\"}")
            @Nullable
            Map<String, JsonNode> settings) {}

    @Schema(name = "ConnectionChange", description = "Only what is to be changed")
    record ConnectionChange(
            @Nullable String title,
            @Nullable Boolean enabled,

            @Schema(
                    description = "null takes a setting away; a setting that is not named stays",
                    implementation = Object.class)
            @Nullable
            Map<String, JsonNode> settings) {}

    /** What a check found. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Check")
    record CheckJson(
            @Schema(description = "The system answered and every right is there")
            boolean ok,

            @Schema(description = "What the system calls the account", nullable = true) @Nullable
            String account,

            List<RightJson> rights,

            @Schema(description = "Why the check itself did not succeed", nullable = true) @Nullable
            Fault fault,

            @Schema(description = "In the system's own words", nullable = true) @Nullable
            String message) {

        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Schema(name = "Right")
        record RightJson(
                String right,
                boolean ok,
                @Schema(nullable = true) @Nullable String why) {}
    }

    @GetMapping
    @Needs(Right.SEE_CONNECTIONS)
    @Operation(summary = "List the connections")
    Page<ConnectionJson> list(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        return Page.whole(connections.of(caller.company()).stream()
                .map(connection -> json(connection, caller))
                .toList());
    }

    @PostMapping
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(
            summary = "Connect a system",
            description = "The answer tells the address at which the hub takes its hooks.")
    @ApiResponse(responseCode = "201", description = "Connected")
    @ApiResponse(responseCode = "400", description = "Settings are missing or wrong: all of them under errors")
    ResponseEntity<ConnectionJson> add(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody NewConnection asked) {
        var outcome =
                setup.add(caller.company(), text(asked.connector()), text(asked.title()), settings(asked.settings()));
        var added = saved(outcome, connectors.find(text(asked.connector())));
        return ResponseEntity.created(URI.create("/api/v1/connections/" + added.id()))
                .body(json(added, caller));
    }

    @GetMapping("/{id}")
    @Needs(Right.SEE_CONNECTIONS)
    @Operation(summary = "Read one connection")
    ConnectionJson read(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @PathVariable String id) {
        return json(find(caller, id), caller);
    }

    @PatchMapping("/{id}")
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(
            summary = "Change a connection",
            description =
                    "Only what is named changes; a secret that is not named stays. enabled: false pauses it: its hooks"
                            + " are still accepted and read, and what is to be done in the system waits until it is on"
                            + " again.")
    ConnectionJson change(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody ConnectionChange asked) {
        var connection = find(caller, id);
        var outcome = setup.change(connection, Optional.ofNullable(asked.title()), settings(asked.settings()));
        var changed = saved(outcome, connectors.find(connection.connector()));
        if (asked.enabled() != null) {
            if (asked.enabled()) {
                onOff.on(changed);
            } else {
                onOff.off(changed);
            }
        }
        return json(find(caller, id), caller);
    }

    @DeleteMapping("/{id}")
    @Needs(Right.CHANGE_CONNECTIONS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Remove a connection",
            description =
                    "Switches it off for good and hides it: its settings, secrets, tokens and its hook's address are"
                            + " forgotten, and hooks sent there are answered 404. Calls, recordings and effects stay"
                            + " readable under its title; what was still to be done is kept and not done any more."
                            + " Nothing is removed in the connected system. To pause a connection, set enabled to"
                            + " false.")
    @ApiResponse(responseCode = "204", description = "Removed")
    void remove(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @PathVariable String id) {
        onOff.remove(find(caller, id));
    }

    @PostMapping("/{id}/check")
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(
            summary = "Ask the connected system whether all is well",
            description =
                    "Names every right the hub needs there and whether it has it. A system that cannot be reached or"
                            + " refuses the login is an answer too, not an error.")
    CheckJson check(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @PathVariable String id) {
        var found = check.of(find(caller, id));
        return new CheckJson(
                found.isAllWell(),
                found.account().orElse(null),
                found.rights().stream()
                        .map(right -> new CheckJson.RightJson(
                                right.right(), right.ok(), right.why().orElse(null)))
                        .toList(),
                found.refusal().map(ConnectorException::fault).orElse(null),
                found.refusal().map(ConnectorException::getMessage).orElse(null));
    }

    @Schema(name = "NewHookSecret")
    record NewHookSecret(
            @Schema(
                    description =
                            "How long the old address works on from when the system has the new one; 0: not at all."
                                    + " What the hub's settings say when it is not given (a day)",
                    example = "1440",
                    nullable = true)
            @Nullable
            Integer overlapMinutes) {}

    @PostMapping("/{id}/hook-secret")
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(
            summary = "Give the connection a new hook address",
            description = "The old address works on for the overlap, then it is answered as any unknown one. Where"
                    + " hook.registered is true the hub tells the system the new address within seconds, and"
                    + " only then the overlap begins; elsewhere it begins now, and the new hookUrl is to be"
                    + " pasted there.")
    @ApiResponse(responseCode = "400", description = "The overlap is not from 0 to 43200 minutes")
    ConnectionJson rotate(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable NewHookSecret asked) {
        var connection = find(caller, id);
        var overlap = asked == null || asked.overlapMinutes() == null
                ? intake.addressOverlap()
                : Duration.ofMinutes(asked.overlapMinutes());
        if (overlap.isNegative() || overlap.compareTo(IntakeProperties.LONGEST_OVERLAP) > 0) {
            throw new InvalidRequestException(List.of(new FieldProblem(
                    "overlapMinutes", "must be from 0 to " + IntakeProperties.LONGEST_OVERLAP.toMinutes() + ".")));
        }
        rotation.rotate(connection, overlap);
        return json(find(caller, id), caller);
    }

    @DeleteMapping("/{id}/hook-secret/former")
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(
            summary = "End the old hook addresses at once",
            description = "Whatever still sends there is refused from now on, also a system that was not told the new"
                    + " address yet.")
    ConnectionJson endFormer(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @PathVariable String id) {
        var connection = find(caller, id);
        rotation.endFormer(connection);
        return json(connection, caller);
    }

    @Schema(name = "HookSenders")
    record HookSenders(
            @Schema(
                    description =
                            "Blocks of IPv4 or IPv6 addresses, or single ones; none: hooks are taken from everywhere",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "[\"192.0.2.0/24\", \"2001:db8::/32\"]")
            @Nullable
            List<String> senders) {}

    @PutMapping("/{id}/hook-senders")
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(
            summary = "Say from which network addresses hooks are taken",
            description =
                    "A hook from elsewhere is answered as one with an unknown secret, is lost, and is counted under"
                            + " hook.refused. Behind a proxy, patchbay.intake.trusted-proxies must name it.")
    @ApiResponse(responseCode = "400", description = "Something is no block of addresses: each under errors")
    ConnectionJson permit(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody HookSenders asked) {
        var connection = find(caller, id);
        rotation.permit(connection, senders(asked.senders()));
        return json(connection, caller);
    }

    private static AddressList senders(@Nullable List<String> given) {
        if (given == null || given.size() > AddressList.LONGEST) {
            throw new InvalidRequestException(List.of(
                    new FieldProblem("senders", "must be a list of at most " + AddressList.LONGEST + " blocks.")));
        }
        var problems = new ArrayList<FieldProblem>();
        var blocks = new ArrayList<IPAddress>();
        for (var i = 0; i < given.size(); i++) {
            var field = "senders[" + i + "]";
            AddressList.block(String.valueOf(given.get(i)))
                    .ifPresentOrElse(
                            blocks::add,
                            () -> problems.add(new FieldProblem(
                                    field, "must be a block of addresses, for example 192.0.2.0/24.")));
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
        return new AddressList(blocks);
    }

    private Connection find(Caller caller, String id) {
        return Parameters.number(id)
                .flatMap(number -> connections.find(caller.company(), new ConnectionId(number)))
                .orElseThrow(() -> new NotFoundException("connection", id));
    }

    private static Connection saved(ConnectionSetup.Outcome outcome, Optional<Connector> connector) {
        return switch (outcome) {
            case ConnectionSetup.Saved saved -> saved.connection();
            case ConnectionSetup.Refused refused ->
                throw new InvalidRequestException(refused.problems().stream()
                        .map(problem -> field(problem, connector))
                        .toList());
        };
    }

    private static FieldProblem field(SettingProblem problem, Optional<Connector> connector) {
        var setting = connector.map(known -> known.settings().get(problem.setting()));
        var path = problem.setting().equals("title") || problem.setting().equals("connector")
                ? problem.setting()
                : "settings." + problem.setting();
        return new FieldProblem(
                path,
                switch (problem.reason()) {
                    case MISSING -> "is missing.";
                    case UNKNOWN -> "is no setting of this connector.";
                    case WRONG_TYPE -> "does not have the expected type.";
                    case WRONG_FORM ->
                        setting.filter(known -> !known.example().isEmpty())
                                .map(known -> "does not have the expected form, for example: " + known.example())
                                .orElse("does not have the expected form.");
                    case NO_MAPPING -> "is no JSLT mapping.";
                    case NOT_IN_CHOICE ->
                        setting.map(known -> "must be one of " + known.of() + ".")
                                .orElse("must be the id of a connector, see GET /connectors.");
                });
    }

    private ConnectionJson json(Connection connection, Caller caller) {
        var zone = companies.get(caller.company()).zone();
        var kept = secrets.names(connection.id());
        return new ConnectionJson(
                connection.id().value(),
                connection.connector(),
                connection.title(),
                connection.enabled(),
                hooks.address(connection.id()).toString(),
                hook(connection, zone),
                connection.settings(),
                connectors
                        .find(connection.connector())
                        .map(connector -> connector.settings().keySet().stream()
                                .filter(kept::contains)
                                .toList())
                        .orElse(List.of()),
                health(connection, zone),
                time(connection.createdAt(), zone),
                time(connection.changedAt(), zone));
    }

    private HookJson hook(Connection connection, ZoneId zone) {
        var use = hooks.use(connection.id());
        return new HookJson(
                rotation.registersItself(connection),
                use.lastUsed().map(at -> time(at, zone)).orElse(null),
                use.lastFrom().orElse(null),
                use.former().stream()
                        .map(former -> new FormerHookJson(
                                time(former.superseded(), zone),
                                former.ends().map(at -> time(at, zone)).orElse(null),
                                former.lastUsed().map(at -> time(at, zone)).orElse(null)))
                        .toList(),
                use.senders().texts(),
                use.refusals()
                        .map(refused -> new RefusedHooksJson(
                                refused.number(),
                                time(refused.since(), zone),
                                time(refused.last(), zone),
                                refused.from()))
                        .orElse(null));
    }

    private HealthJson health(Connection connection, ZoneId zone) {
        var standing = standings.of(connection);
        var now = standing.health();
        return new HealthJson(
                now.colour(),
                sentence(connection, now),
                now.fault().orElse(null),
                now.lastGood().map(at -> time(at, zone)).orElse(null),
                now.lastFault().map(at -> time(at, zone)).orElse(null),
                now.since().map(at -> time(at, zone)).orElse(null),
                standing.lastHeard().map(at -> time(at, zone)).orElse(null),
                standing.silent().map(Duration::toMinutes).orElse(null),
                now.deafness().map(Deafness::why).orElse(null),
                standing.backlog(),
                standing.held(),
                standing.parked(),
                standing.limitPercent().isPresent() ? standing.limitPercent().getAsInt() : null,
                standing.tokenEnds().map(at -> time(at, zone)).orElse(null),
                watch.of(connection.id()).stream()
                        .map(told -> new AlertJson(
                                told.concern(), told.percent(), time(told.since(), zone), time(told.toldAt(), zone)))
                        .toList());
    }

    /** Never empty: whoever shows it need not know the other members. */
    private static String sentence(Connection connection, Health now) {
        if (!connection.enabled()) {
            return "Switched off. What comes in and what is to be written waits.";
        }
        if (now.fault().isPresent()) {
            return now.sentence().isBlank()
                    ? "The last exchange failed: " + now.fault().get() + "."
                    : now.sentence();
        }
        return now.deafness()
                .map(deaf -> "The system tells the hub nothing: " + deaf.why())
                .orElse(now.lastGood().isPresent() ? "Works." : "Nothing was exchanged yet.");
    }

    private static OffsetDateTime time(Instant at, ZoneId zone) {
        return at.atZone(zone).toOffsetDateTime();
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "");
    }

    private static Map<String, JsonNode> settings(@Nullable Map<String, JsonNode> given) {
        return Objects.requireNonNullElse(given, Map.of());
    }
}
