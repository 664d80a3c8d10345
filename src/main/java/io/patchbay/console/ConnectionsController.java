package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.Auth;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
import io.patchbay.console.ConnectionPage.Parked;
import io.patchbay.effect.Effect;
import io.patchbay.effect.Ledger;
import io.patchbay.intake.AddressList;
import io.patchbay.intake.Hooks;
import io.patchbay.intake.IntakeProperties;
import io.patchbay.replay.Replays;
import io.patchbay.run.NotBegunException;
import io.patchbay.upkeep.ConnectionCheck;
import io.patchbay.upkeep.ConnectionSwitch;
import io.patchbay.upkeep.HookRotation;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The company's connections: how each is doing, its settings, and what can be done about it. */
@Controller
class ConnectionsController {

    /** Parked effects shown; more are counted. */
    private static final int SHOWN = 20;

    private final Connectors connectors;
    private final Connections connections;
    private final ConnectionSetup setup;
    private final ConnectionLines lines;
    private final ConnectionCheck check;
    private final ConnectionSwitch power;
    private final Secrets secrets;
    private final Hooks hooks;
    private final HookRotation rotation;
    private final IntakeProperties intake;
    private final Ledger ledger;
    private final Replays replays;
    private final Audit audit;
    private final Readers readers;
    private final Clock now;

    ConnectionsController(
            Connectors connectors,
            Connections connections,
            ConnectionSetup setup,
            ConnectionLines lines,
            ConnectionCheck check,
            ConnectionSwitch power,
            Secrets secrets,
            Hooks hooks,
            HookRotation rotation,
            IntakeProperties intake,
            Ledger ledger,
            Replays replays,
            Audit audit,
            Readers readers,
            Clock now) {
        this.connectors = connectors;
        this.connections = connections;
        this.setup = setup;
        this.lines = lines;
        this.check = check;
        this.power = power;
        this.secrets = secrets;
        this.hooks = hooks;
        this.rotation = rotation;
        this.intake = intake;
        this.ledger = ledger;
        this.replays = replays;
        this.audit = audit;
        this.readers = readers;
        this.now = now;
    }

    @GetMapping("/connections")
    @Needs(Right.SEE_CONNECTIONS)
    String list(@AuthenticationPrincipal Caller caller, Locale locale, Model model) {
        var reader = readers.of(caller, locale);
        model.addAttribute("lines", lines.of(reader.id(), connections.of(reader.id()), reader.texts(), reader.clock()));
        return "console/connections";
    }

    /** The same list again, for a page that is open. */
    @GetMapping("/connections/live")
    @Needs(Right.SEE_CONNECTIONS)
    String live(@AuthenticationPrincipal Caller caller, Locale locale, Model model) {
        list(caller, locale, model);
        return "console/connections :: live";
    }

    @GetMapping("/connections/{id:\\d+}")
    @Needs(Right.SEE_CONNECTIONS)
    String page(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam Map<String, String> told,
            Locale locale,
            Model model) {
        var reader = readers.of(caller, locale);
        var connection = find(caller, id);
        var form =
                connectors.find(connection.connector()).map(connector -> new SettingsForm(connector, reader.texts()));
        model.addAttribute("added", told.containsKey("added"));
        model.addAttribute("saved", told.containsKey("saved"));
        model.addAttribute("hookChanged", told.containsKey("hook"));
        return page(
                reader,
                connection,
                connection.title(),
                "",
                form.map(known -> known.fields(connection.settings(), secrets.names(connection.id())))
                        .orElse(List.of()),
                model);
    }

    @PostMapping("/connections/{id:\\d+}")
    @Needs(Right.CHANGE_CONNECTIONS)
    String save(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(defaultValue = "") String title,
            Locale locale,
            Model model) {
        var reader = readers.of(caller, locale);
        var connection = find(caller, id);
        var form = new SettingsForm(connectors.get(connection.connector()), reader.texts());
        var newTitle =
                Optional.of(title).filter(typedTitle -> !typedTitle.strip().equals(connection.title()));
        return switch (setup.change(connection, newTitle, form.changes(typed))) {
            case ConnectionSetup.Saved saved -> "redirect:" + address(saved.connection()) + "?saved";
            case ConnectionSetup.Refused refused ->
                page(
                        reader,
                        connection,
                        title,
                        CatalogueController.titleProblem(form, refused.problems()),
                        form.again(typed, refused.problems(), secrets.names(connection.id())),
                        model);
        };
    }

    /** @param senders blocks of network addresses, with spaces, commas or line ends between */
    @PostMapping("/connections/{id:\\d+}/hook-senders")
    @Needs(Right.CHANGE_CONNECTIONS)
    String permit(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String senders,
            Locale locale,
            Model model) {
        var connection = find(caller, id);
        var typed = Arrays.stream(senders.split("[\\s,;]+"))
                .filter(text -> !text.isEmpty())
                .toList();
        var wrong =
                typed.stream().filter(text -> AddressList.block(text).isEmpty()).toList();
        if (wrong.isEmpty() && typed.size() <= AddressList.LONGEST) {
            rotation.permit(
                    connection,
                    new AddressList(typed.stream()
                            .flatMap(text -> AddressList.block(text).stream())
                            .toList()));
            return "redirect:" + address(connection) + "?saved";
        }
        var texts = readers.of(caller, locale).texts();
        model.addAttribute("typedSenders", senders);
        model.addAttribute(
                "sendersProblem",
                wrong.isEmpty()
                        ? texts.of("connection.hook.senders.many", AddressList.LONGEST)
                        : texts.of("connection.hook.senders.wrong", String.join(", ", wrong)));
        return page(caller, id, Map.of(), locale, model);
    }

    /** How it is doing by now, for a page that is open. */
    @GetMapping("/connections/{id:\\d+}/standing")
    @Needs(Right.SEE_CONNECTIONS)
    String standing(@AuthenticationPrincipal Caller caller, @PathVariable String id, Locale locale, Model model) {
        page(caller, id, Map.of(), locale, model);
        return "console/connection :: standing";
    }

    @PostMapping("/connections/{id:\\d+}/check")
    @Needs(Right.CHANGE_CONNECTIONS)
    String check(@AuthenticationPrincipal Caller caller, @PathVariable String id, Locale locale, Model model) {
        var connection = find(caller, id);
        var texts = readers.of(caller, locale).texts();
        model.addAttribute(
                "findings", FindingsView.of(check.of(connection), connectors.get(connection.connector()), texts));
        return "console/connection :: findings";
    }

    @PostMapping("/connections/{id:\\d+}/off")
    @Needs(Right.CHANGE_CONNECTIONS)
    String off(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        var connection = find(caller, id);
        power.off(connection);
        return "redirect:" + address(connection);
    }

    @PostMapping("/connections/{id:\\d+}/on")
    @Needs(Right.CHANGE_CONNECTIONS)
    String on(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        var connection = find(caller, id);
        power.on(connection);
        return "redirect:" + address(connection);
    }

    @PostMapping("/connections/{id:\\d+}/replay")
    @Needs(Right.REPLAY)
    String replay(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        var connection = find(caller, id);
        try {
            var run = replays.parked(caller.company(), connection.id().value(), caller.name(), true);
            audit.note(caller.company(), Deed.of(Action.RUN_BEGUN, run.id(), run.kind()));
            return "redirect:/runs/" + run.id();
        } catch (NotBegunException nothingIsWrittenThere) {
            return "redirect:" + address(connection);
        }
    }

    private String page(
            Reader reader,
            Connection connection,
            String title,
            String titleProblem,
            List<SettingField> fields,
            Model model) {
        var connector = connectors.find(connection.connector());
        var line = lines.of(reader.id(), List.of(connection), reader.texts(), reader.clock())
                .getFirst();
        model.addAttribute(
                "page",
                new ConnectionPage(
                        line,
                        connection.enabled(),
                        hook(reader, connection),
                        can(connector, connection, Operation.DECODE_HOOK),
                        !line.lamp().colour().equals("green")
                                && connector
                                        .filter(known -> handsOver(known, connection))
                                        .isPresent(),
                        title,
                        titleProblem,
                        fields,
                        line.parked() == 0 ? List.of() : parked(reader, connection),
                        connector
                                .map(known -> Guide.of(known, reader.texts().locale()))
                                .orElse(""),
                        connector
                                .flatMap(known ->
                                        Optional.ofNullable(known.links().get("docs")))
                                .map(docs -> docs.toString())
                                .orElse("")));
        return "console/connection";
    }

    private HookPanel hook(Reader reader, Connection connection) {
        return HookPanel.of(
                hooks.address(connection.id()).toString(),
                hooks.use(connection.id()),
                rotation.registersItself(connection),
                intake.addressOverlap(),
                now.instant(),
                reader.texts(),
                reader.clock());
    }

    private List<Parked> parked(Reader reader, Connection connection) {
        var reasons = new Reasons(Systems.of(reader.id(), connections, connectors), connectors, ledger, reader.texts());
        return ledger.parked(reader.id(), connection.id().value(), Long.MAX_VALUE, SHOWN).stream()
                .map(effect -> parked(effect, reasons, reader))
                .toList();
    }

    private static Parked parked(Effect effect, Reasons reasons, Reader reader) {
        var why = reasons.why(effect);
        return new Parked(
                effect.call().toString(),
                reader.texts().of("effect." + effect.kind().operation().word()),
                reader.clock().moment(effect.changedAt()),
                why,
                why.equals(effect.lastError()) ? "" : effect.lastError());
    }

    /** OAuth whose tokens come by themselves when the application is installed there: no code is typed in, no button leads there. */
    private static boolean handsOver(Connector connector, Connection connection) {
        return connector
                .auth(connection.settings())
                .filter(way -> way instanceof Auth.OAuth2 oauth && oauth.code().isEmpty())
                .isPresent();
    }

    private static boolean can(Optional<Connector> connector, Connection connection, Operation operation) {
        return connector
                .filter(known -> known.can(operation, connection.settings()))
                .isPresent();
    }

    private Connection find(Caller caller, String id) {
        return Optional.of(id)
                .filter(digits -> digits.length() < 19)
                .flatMap(digits -> connections.find(caller.company(), new ConnectionId(Long.parseLong(digits))))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String address(Connection connection) {
        return "/connections/" + connection.id().value();
    }
}
