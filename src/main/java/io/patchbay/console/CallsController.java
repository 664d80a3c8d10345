package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.call.CallId;
import io.patchbay.company.Companies;
import io.patchbay.company.Company;
import io.patchbay.connection.Connections;
import io.patchbay.connector.Connectors;
import io.patchbay.console.CallFilter.Show;
import io.patchbay.console.CallsPage.Choice;
import io.patchbay.directory.Clients;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.effect.EffectSteps;
import io.patchbay.effect.Ledger;
import io.patchbay.journal.Audience;
import io.patchbay.journal.CallPage;
import io.patchbay.journal.CallRow;
import io.patchbay.journal.StoredCall;
import io.patchbay.journal.VisibleCalls;
import io.patchbay.recording.Recordings;
import io.patchbay.recording.SignedLinks;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** The first page: calls as they come, unfolding to what was done because of them. */
@Controller
class CallsController {

    private static final int PAGE = 50;

    private final Companies companies;
    private final Connections connections;
    private final Connectors connectors;
    private final ConnectionLines connectionLines;
    private final VisibleCalls calls;
    private final Ledger ledger;
    private final EffectSteps effects;
    private final Employees employees;
    private final Clients clients;
    private final Recordings recordings;
    private final SignedLinks links;
    private final MessageSource messages;
    private final Audit audit;
    private final Clock clock;

    CallsController(
            Companies companies,
            Connections connections,
            Connectors connectors,
            ConnectionLines connectionLines,
            VisibleCalls calls,
            Ledger ledger,
            EffectSteps effects,
            Employees employees,
            Clients clients,
            Recordings recordings,
            SignedLinks links,
            MessageSource messages,
            Audit audit,
            Clock clock) {
        this.companies = companies;
        this.connections = connections;
        this.connectors = connectors;
        this.connectionLines = connectionLines;
        this.calls = calls;
        this.ledger = ledger;
        this.effects = effects;
        this.employees = employees;
        this.clients = clients;
        this.recordings = recordings;
        this.links = links;
        this.messages = messages;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/")
    @Needs(Right.OWN_ACCOUNT)
    String page(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String show,
            @RequestParam(required = false) @Nullable String number,
            Locale locale,
            Model model) {
        if (!caller.may(Right.SEE_OWN_CALLS)) {
            return "redirect:" + Frame.home(caller);
        }
        model.addAttribute("page", list(caller, new CallFilter(show, number), Optional.empty(), locale));
        return "console/calls";
    }

    /** The same list again, for a page that is open. */
    @GetMapping("/calls")
    @Needs(Right.SEE_OWN_CALLS)
    String live(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String show,
            @RequestParam(required = false) @Nullable String number,
            Locale locale,
            Model model) {
        page(caller, show, number, locale, model);
        return "console/calls :: live";
    }

    @GetMapping("/calls/more")
    @Needs(Right.SEE_OWN_CALLS)
    String more(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String show,
            @RequestParam(required = false) @Nullable String number,
            @RequestParam String after,
            Locale locale,
            Model model) {
        try {
            model.addAttribute("page", list(caller, new CallFilter(show, number), Optional.of(after), locale));
        } catch (IllegalArgumentException notACursor) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, notACursor.getMessage(), notACursor);
        }
        return "console/calls :: more";
    }

    @GetMapping("/calls/{id}")
    @Needs(Right.SEE_OWN_CALLS)
    String call(@AuthenticationPrincipal Caller caller, @PathVariable String id, Locale locale, Model model) {
        var company = companies.get(caller.company());
        var stored = find(caller, id);
        unfold(caller, company, stored, locale, model);
        return "console/call";
    }

    @GetMapping("/calls/{id}/unfolded")
    @Needs(Right.SEE_OWN_CALLS)
    String unfolded(@AuthenticationPrincipal Caller caller, @PathVariable String id, Locale locale, Model model) {
        call(caller, id, locale, model);
        return "console/call :: unfolded";
    }

    @PostMapping("/calls/{id}/replay")
    @Needs(Right.REPLAY)
    String replay(@AuthenticationPrincipal Caller caller, @PathVariable String id, Locale locale, Model model) {
        var call = find(caller, id).id();
        audit.note(caller.company(), Deed.of(Action.CALL_REPLAYED, call, ""));
        effects.replay(caller.company(), call);
        return unfolded(caller, id, locale, model);
    }

    private CallsPage list(Caller caller, CallFilter filter, Optional<String> cursor, Locale locale) {
        var company = companies.get(caller.company());
        var texts = new Texts(messages, locale);
        var wall = new WallClock(company.zone(), texts, clock.instant());
        var systems = Systems.of(company.id(), connections, connectors);
        var found = filter.query(company, cursor, PAGE)
                .map(query -> calls.list(audience(caller), query))
                .orElse(new CallPage(List.of(), Optional.empty()));
        var lines = lines(company, systems, texts, wall, found.items());
        var empty = lines.isEmpty() ? empty(filter, systems) : "";
        return new CallsPage(
                Stream.of(Show.values())
                        .map(choice -> new Choice(
                                address("/", choice.word(), filter.number(), null),
                                "calls.show." + choice.word(),
                                choice == filter.chosen()))
                        .toList(),
                filter.number(),
                filter.chosen().word(),
                address("/calls", filter.chosen().word(), filter.number(), null),
                caller.may(Right.SEE_CONNECTIONS)
                        ? connectionLines.lamps(company.id(), systems.all(), texts, wall)
                        : List.of(),
                lines,
                found.next().map(next -> address("/calls/more", filter.chosen().word(), filter.number(), next)),
                empty,
                empty.equals("calls.empty.unconnected") && caller.may(Right.CHANGE_CONNECTIONS) ? "/connections" : "");
    }

    private List<CallLine> lines(Company company, Systems systems, Texts texts, WallClock wall, List<CallRow> rows) {
        var done = ledger.of(rows.stream().map(CallRow::id).toList());
        var lines = new CallLines(
                systems,
                new People(company.id(), employees, clients),
                new Reasons(systems, connectors, ledger, texts),
                texts,
                wall);
        return rows.stream()
                .map(row -> lines.line(row, done.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private void unfold(Caller caller, Company company, StoredCall stored, Locale locale, Model model) {
        var texts = new Texts(messages, locale);
        var now = clock.instant();
        var wall = new WallClock(company.zone(), texts, now);
        var systems = Systems.of(company.id(), connections, connectors);
        var people = new People(company.id(), employees, clients);
        var call = stored.call();
        var kept =
                call.keys().stream().flatMap(key -> recordings.of(key).stream()).toList();
        var shown = new Unfolding(
                        systems,
                        people,
                        new Reasons(systems, connectors, ledger, texts),
                        links,
                        caller.may(Right.LISTEN),
                        texts,
                        wall,
                        now)
                .of(stored, kept, ledger.of(stored.id()));
        model.addAttribute("call", shown);
        model.addAttribute("client", ShownNumber.of(call.client(), texts));
        model.addAttribute("result", texts.of("result." + call.result(now)));
        model.addAttribute("tone", CallLines.tone(call.result(now)));
        model.addAttribute("direction", texts.of("direction." + call.direction()));
        model.addAttribute("arrow", CallLines.arrow(call.direction(), call.result(now)));
    }

    private static Audience audience(Caller caller) {
        return new Audience(
                caller.company(),
                caller.may(Right.SEE_ALL_CALLS),
                caller.employee().map(EmployeeId::new));
    }

    private StoredCall find(Caller caller, String id) {
        return CallId.parse(id)
                .flatMap(parsed -> calls.find(audience(caller), parsed))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String empty(CallFilter filter, Systems systems) {
        if (filter.isNarrow()) {
            return "calls.empty.filtered";
        }
        return systems.all().isEmpty() ? "calls.empty.unconnected" : "calls.empty.quiet";
    }

    private static String address(String path, String show, String number, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath(path);
        if (!show.equals("all")) {
            address.queryParam("show", show);
        }
        if (!number.isEmpty()) {
            address.queryParam("number", "{number}");
        }
        if (after != null) {
            address.queryParam("after", after);
        }
        return address.encode()
                .buildAndExpand(java.util.Map.of("number", number))
                .toUriString();
    }
}
