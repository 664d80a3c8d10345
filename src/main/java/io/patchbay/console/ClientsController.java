package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.caller.ClientSync;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientDirectory.Written;
import io.patchbay.directory.ClientId;
import io.patchbay.directory.ClientOrders;
import io.patchbay.directory.ClientPolicy;
import io.patchbay.directory.ClientSheet;
import io.patchbay.directory.Employee;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.journal.Audience;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.CallRow;
import io.patchbay.journal.VisibleCalls;
import io.patchbay.run.Runs;
import io.patchbay.run.Scope;
import io.patchbay.upkeep.ClientEdits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The company's clients: searched, seen with their calls and orders, written, imported. */
@Controller
class ClientsController {

    private static final int PAGE = 50;

    /** Calls of one number that a client's page shows. */
    private static final int CALLS = 20;

    private final ClientDirectory directory;
    private final ClientEdits edits;
    private final Audit audit;
    private final ClientOrders orders;
    private final Employees employees;
    private final Connections connections;
    private final Operations operations;
    private final VisibleCalls calls;
    private final Runs runs;
    private final Readers readers;

    ClientsController(
            ClientDirectory directory,
            ClientEdits edits,
            Audit audit,
            ClientOrders orders,
            Employees employees,
            Connections connections,
            Operations operations,
            VisibleCalls calls,
            Runs runs,
            Readers readers) {
        this.directory = directory;
        this.edits = edits;
        this.audit = audit;
        this.orders = orders;
        this.employees = employees;
        this.connections = connections;
        this.operations = operations;
        this.calls = calls;
        this.runs = runs;
        this.readers = readers;
    }

    record Line(long id, String name, String numbers, String owner, boolean vip, boolean asks) {}

    record Card(String system, String kind, String name, String url) {}

    record OrderLine(String system, String text, String when, String url, boolean open) {}

    record CallLine(String id, String when, String result) {}

    record QuestionLine(String field, long connection, String system, String value) {}

    record Choice(long id, String title) {}

    /** What was typed of one client. */
    record Form(long id, String name, long owner, boolean vip, String numbers) {

        static final Form EMPTY = new Form(0, "", 0, false, "");

        public List<String> each() {
            return numbers.lines().toList();
        }
    }

    @GetMapping("/clients")
    @Needs(Right.SEE_CLIENTS)
    String list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            Model model) {
        var names = names(caller);
        var found = directory.search(caller.company(), query, before, PAGE + 1);
        var policy = directory.policy(caller.company());
        model.addAttribute("query", query);
        model.addAttribute(
                "clients",
                found.stream().limit(PAGE).map(client -> line(client, names)).toList());
        model.addAttribute(
                "next", found.size() > PAGE ? found.get(PAGE - 1).id().value() : 0L);
        model.addAttribute("systems", choices(connections.of(caller.company())));
        model.addAttribute(
                "lists",
                choices(connections.of(caller.company()).stream()
                        .filter(one -> operations.can(one.id(), Operation.LIST_CLIENTS))
                        .toList()));
        model.addAttribute("policy", policy.word());
        model.addAttribute("master", policy instanceof ClientPolicy.Master master ? master.connection() : 0L);
        return "console/clients";
    }

    @PostMapping("/clients/policy")
    @Needs(Right.CHANGE_CLIENTS)
    String policy(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "") String conflict,
            @RequestParam(defaultValue = "0") long master) {
        ClientPolicy.of(conflict, master)
                .filter(policy -> !(policy instanceof ClientPolicy.Master) || isOwn(caller, master))
                .ifPresent(policy -> edits.setPolicy(caller.company(), policy));
        return "redirect:/clients";
    }

    @PostMapping("/clients/sync")
    @Needs(Right.CHANGE_CLIENTS)
    String sync(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "0") long connection,
            RedirectAttributes told) {
        if (isOwn(caller, connection) && operations.can(new ConnectionId(connection), Operation.LIST_CLIENTS)) {
            var run = runs.begin(caller.company(), ClientSync.KIND, Scope.COMPANY.of(connection), caller.name());
            audit.note(caller.company(), Deed.of(Action.RUN_BEGUN, run.id(), run.kind()));
            told.addFlashAttribute("told", "clients.sync.begun");
        }
        return "redirect:/clients";
    }

    @GetMapping("/clients/import")
    @Needs(Right.CHANGE_CLIENTS)
    String importForm(Model model) {
        model.addAttribute("table", "");
        return "console/clients-import";
    }

    /** Shows what the table would do; only with {@code write} it does it. */
    @PostMapping("/clients/import")
    @Needs(Right.CHANGE_CLIENTS)
    String importTable(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "") String table,
            @RequestParam(defaultValue = "false") boolean write,
            Locale locale,
            Model model) {
        var plan = new NumberPlan(readers.of(caller, locale).company().region());
        var sheet = ClientSheet.read(table, plan, employees.all(caller.company()));
        if (write) {
            edits.put(
                    caller.company(),
                    sheet.rows().stream().map(ClientSheet.Row::client).toList());
        }
        model.addAttribute("table", table);
        model.addAttribute("rows", sheet.rows().size());
        model.addAttribute("problems", sheet.problems());
        model.addAttribute("written", write);
        return "console/clients-import";
    }

    @GetMapping("/clients/new")
    @Needs(Right.CHANGE_CLIENTS)
    String blank(@AuthenticationPrincipal Caller caller, Model model) {
        return page(caller, Form.EMPTY, Map.of(), model);
    }

    @PostMapping("/clients/new")
    @Needs(Right.CHANGE_CLIENTS)
    String add(
            @AuthenticationPrincipal Caller caller,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model) {
        return save(caller, 0, typed, locale, model);
    }

    @GetMapping("/clients/{id:\\d{1,18}}")
    @Needs(Right.SEE_CLIENTS)
    String client(@AuthenticationPrincipal Caller caller, @PathVariable long id, Locale locale, Model model) {
        var client = find(caller, id);
        known(caller, client, locale, model);
        return page(caller, form(client), Map.of(), model);
    }

    @PostMapping("/clients/{id:\\d{1,18}}")
    @Needs(Right.CHANGE_CLIENTS)
    String change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable long id,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model) {
        known(caller, find(caller, id), locale, model);
        return save(caller, id, typed, locale, model);
    }

    @PostMapping("/clients/{id:\\d{1,18}}/answer")
    @Needs(Right.CHANGE_CLIENTS)
    String answer(
            @AuthenticationPrincipal Caller caller,
            @PathVariable long id,
            @RequestParam(defaultValue = "NAME") Client.Field field,
            @RequestParam(defaultValue = "0") long connection,
            @RequestParam(defaultValue = "false") boolean system) {
        edits.answer(caller.company(), find(caller, id).id(), field, connection, system);
        return "redirect:/clients/" + id;
    }

    private String save(Caller caller, long id, Map<String, String> typed, Locale locale, Model model) {
        var form = new Form(
                id,
                typed.getOrDefault("name", "").strip(),
                number(typed.getOrDefault("owner", "")),
                typed.containsKey("vip"),
                typed.getOrDefault("numbers", ""));
        var plan = new NumberPlan(readers.of(caller, locale).company().region());
        var numbers = new ArrayList<PhoneNumber>();
        var problems = new LinkedHashMap<String, String>();
        if (form.name().length() > Client.LONGEST_NAME) {
            problems.put("name", "field.long");
        }
        form.numbers()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    if (plan.read(line) instanceof PhoneNumber phone) {
                        numbers.add(phone);
                    } else {
                        problems.put("numbers", "client.numbers.wrong");
                    }
                });
        if (numbers.isEmpty() || numbers.size() > Client.MOST_NUMBERS) {
            problems.put("numbers", "client.numbers.wrong");
        }
        var owner = Optional.of(form.owner()).filter(one -> one > 0).map(EmployeeId::new);
        if (owner.isPresent() && employees.find(caller.company(), owner.get()).isEmpty()) {
            problems.put("owner", "client.owner.wrong");
        }
        if (!problems.isEmpty()) {
            return page(caller, form, problems, model);
        }
        var written = new Written(form.name(), owner, form.vip(), numbers);
        var saved = id == 0
                ? edits.add(caller.company(), written)
                : edits.save(caller.company(), new ClientId(id), written).orElseThrow(ClientsController::notFound);
        return "redirect:/clients/" + saved.id();
    }

    private String page(Caller caller, Form form, Map<String, String> problems, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "people",
                employees.all(caller.company()).stream()
                        .filter(Employee::active)
                        .map(employee -> new Choice(employee.id().value(), employee.name()))
                        .toList());
        return "console/client";
    }

    private void known(Caller caller, Client client, Locale locale, Model model) {
        var reader = readers.of(caller, locale);
        var titles = connections.titles(caller.company());
        var names = names(caller);
        model.addAttribute(
                "cards",
                client.accounts().stream()
                        .map(account -> new Card(
                                title(titles, account.connection()),
                                account.card().kind(),
                                account.card().name(),
                                account.card().url().orElse("")))
                        .toList());
        model.addAttribute(
                "orders",
                orders.of(caller.company(), client.numbers()).stream()
                        .map(order -> new OrderLine(
                                title(titles, order.connection()),
                                order.inShort(),
                                order.placedAt().map(reader.clock()::moment).orElse(""),
                                order.url().orElse(""),
                                order.open()))
                        .toList());
        model.addAttribute("calls", calls(caller, client, reader));
        model.addAttribute(
                "questions",
                client.questions().stream()
                        .map(asked -> new QuestionLine(
                                asked.field().name(),
                                asked.connection(),
                                title(titles, asked.connection()),
                                asked.field() == Client.Field.OWNER
                                        ? names.getOrDefault(new EmployeeId(number(asked.value())), asked.value())
                                        : asked.value()))
                        .toList());
    }

    private List<CallLine> calls(Caller caller, Client client, Reader reader) {
        var audience = new Audience(
                caller.company(),
                caller.may(Right.SEE_ALL_CALLS),
                caller.employee().map(EmployeeId::new));
        return client.numbers().stream()
                .flatMap(number -> calls
                        .list(
                                audience,
                                new CallQuery(
                                        caller.company(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Set.of(),
                                        Optional.of(number.e164()),
                                        Optional.empty(),
                                        CALLS))
                        .items()
                        .stream())
                .sorted(Comparator.comparing(CallRow::startedAt).reversed())
                .limit(CALLS)
                .map(row -> new CallLine(
                        row.id().toString(),
                        reader.clock().moment(row.startedAt()),
                        reader.texts().of("direction." + row.direction()) + ", "
                                + reader.texts().of("result." + row.result())))
                .toList();
    }

    private static Form form(Client client) {
        return new Form(
                client.id().value(),
                client.name(),
                client.owner().map(EmployeeId::value).orElse(0L),
                client.vip(),
                String.join(
                        "\n", client.numbers().stream().map(PhoneNumber::e164).toList()));
    }

    private static Line line(Client client, Map<EmployeeId, String> names) {
        return new Line(
                client.id().value(),
                client.name(),
                String.join(
                        ", ",
                        client.numbers().stream()
                                .map(number -> ShownNumber.spaced(number.e164()))
                                .toList()),
                client.owner().map(owner -> names.getOrDefault(owner, "")).orElse(""),
                client.vip(),
                !client.questions().isEmpty());
    }

    private Map<EmployeeId, String> names(Caller caller) {
        var names = new LinkedHashMap<EmployeeId, String>();
        employees.all(caller.company()).forEach(employee -> names.put(employee.id(), employee.name()));
        return names;
    }

    private static List<Choice> choices(List<Connection> connections) {
        return connections.stream()
                .map(connection -> new Choice(connection.id().value(), connection.title()))
                .toList();
    }

    private boolean isOwn(Caller caller, long connection) {
        return connections.find(caller.company(), new ConnectionId(connection)).isPresent();
    }

    private Client find(Caller caller, long id) {
        return directory.find(caller.company(), new ClientId(id)).orElseThrow(ClientsController::notFound);
    }

    private static String title(Map<ConnectionId, String> titles, long connection) {
        return titles.getOrDefault(new ConnectionId(connection), "#" + connection);
    }

    private static long number(String written) {
        return written.matches("\\d{1,18}") ? Long.parseLong(written) : 0;
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
