package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.call.Extension;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
import io.patchbay.console.EmployeesPage.Column;
import io.patchbay.console.EmployeesPage.Place;
import io.patchbay.console.EmployeesPage.Row;
import io.patchbay.directory.Employee;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.directory.ListedEmployee;
import io.patchbay.directory.MergeReport.Held;
import io.patchbay.upkeep.EmployeeEdits;
import io.patchbay.upkeep.Roster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who works for the company, and matching them by hand where the systems do not tell enough. */
@Controller
class EmployeesController {

    private final Employees employees;
    private final Connections connections;
    private final Connectors connectors;
    private final Operations operations;
    private final Roster roster;
    private final EmployeeEdits edits;
    private final Audit audit;
    private final Readers readers;

    EmployeesController(
            Employees employees,
            Connections connections,
            Connectors connectors,
            Operations operations,
            Roster roster,
            EmployeeEdits edits,
            Audit audit,
            Readers readers) {
        this.employees = employees;
        this.connections = connections;
        this.connectors = connectors;
        this.operations = operations;
        this.roster = roster;
        this.edits = edits;
        this.audit = audit;
        this.readers = readers;
    }

    /**
     * A choice of the form: what one system calls this person.
     *
     * @param chosen  the id there now; empty for none
     * @param listed  whom the system listed
     */
    record Choice(long connection, String title, String chosen, List<Listed> listed) {}

    /** Somebody a system listed; {@code taken} names the employee who has this id now. */
    record Listed(String id, String title, String taken) {}

    @GetMapping("/employees")
    @Needs(Right.SEE_EMPLOYEES)
    String list(@AuthenticationPrincipal Caller caller, Model model) {
        model.addAttribute("page", page(caller.company()));
        return "console/employees";
    }

    /** Asks every system that can tell. */
    @PostMapping("/employees/fetch")
    @Needs(Right.CHANGE_EMPLOYEES)
    String fetch(@AuthenticationPrincipal Caller caller, Locale locale, RedirectAttributes told) {
        var texts = readers.of(caller, locale).texts();
        told.addFlashAttribute(
                "told",
                people(caller.company()).stream()
                        .filter(connection -> connection.enabled() && lists(connection))
                        .map(connection -> told(
                                connection, noted(Action.EMPLOYEES_READ, connection, roster.read(connection)), texts))
                        .toList());
        return "redirect:/employees";
    }

    /** Takes over a list that suddenly shrank, if it is still as long as the person saw it. */
    @PostMapping("/employees/accept")
    @Needs(Right.CHANGE_EMPLOYEES)
    String accept(
            @AuthenticationPrincipal Caller caller,
            @RequestParam long connection,
            @RequestParam int seen,
            Locale locale,
            RedirectAttributes told) {
        var texts = readers.of(caller, locale).texts();
        var system = people(caller.company()).stream()
                .filter(one -> one.id().value() == connection)
                .findFirst()
                .orElseThrow(EmployeesController::notFound);
        told.addFlashAttribute(
                "told",
                List.of(told(system, noted(Action.EMPLOYEES_ACCEPTED, system, roster.accept(system, seen)), texts)));
        return "redirect:/employees";
    }

    private Roster.Reading noted(Action action, Connection connection, Roster.Reading reading) {
        var deed = Deed.of(action, connection.id().value(), connection.title());
        audit.note(
                connection.company(),
                switch (reading) {
                    case Roster.Refused refused ->
                        deed.with("fault", refused.why().fault());
                    case Roster.Answered answered ->
                        deed.with("added", answered.report().added())
                                .with("matched", answered.report().tied())
                                .with("left", answered.report().gone())
                                .with("held", answered.report().held().isPresent());
                });
        return reading;
    }

    private static String told(Connection connection, Roster.Reading reading, Texts texts) {
        return switch (reading) {
            case Roster.Refused refused ->
                texts.of(
                        "employees.told.refused",
                        connection.title(),
                        texts.of("fault." + refused.why().fault()));
            case Roster.Answered answered ->
                answered.report()
                        .held()
                        .map(held -> texts.of("employees.told.held", connection.title()))
                        .orElseGet(() -> texts.of(
                                "employees.told.taken",
                                connection.title(),
                                answered.report().added(),
                                answered.report().tied(),
                                answered.report().gone()));
        };
    }

    @GetMapping("/employees/new")
    @Needs(Right.CHANGE_EMPLOYEES)
    String blank(@AuthenticationPrincipal Caller caller, Model model) {
        return form(caller.company(), Optional.empty(), EmployeeForm.EMPTY, Map.of(), Map.of(), model);
    }

    @PostMapping("/employees/new")
    @Needs(Right.CHANGE_EMPLOYEES)
    String add(@AuthenticationPrincipal Caller caller, @RequestParam MultiValueMap<String, String> typed, Model model) {
        return save(caller.company(), Optional.empty(), typed, model);
    }

    @GetMapping("/employees/{id:\\d{1,18}}")
    @Needs(Right.CHANGE_EMPLOYEES)
    String form(@AuthenticationPrincipal Caller caller, @PathVariable long id, Model model) {
        var employee = find(caller.company(), id);
        return form(
                caller.company(),
                Optional.of(employee),
                EmployeeForm.of(employee),
                employees.idsOf(employee.id()),
                Map.of(),
                model);
    }

    @PostMapping("/employees/{id:\\d{1,18}}")
    @Needs(Right.CHANGE_EMPLOYEES)
    String save(
            @AuthenticationPrincipal Caller caller,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        return save(caller.company(), Optional.of(find(caller.company(), id)), typed, model);
    }

    private String save(CompanyId company, Optional<Employee> known, MultiValueMap<String, String> typed, Model model) {
        var form = EmployeeForm.of(typed);
        var ids = new HashMap<Long, String>();
        people(company).forEach(connection -> {
            var id = typed.getFirst("id-" + connection.id().value());
            if (id != null) {
                ids.put(connection.id().value(), id.strip());
            }
        });
        var problems = form.problems();
        if (!problems.isEmpty()) {
            return form(company, known, form, ids, problems, model);
        }
        store(company, known, form, ids);
        return "redirect:/employees";
    }

    private void store(CompanyId company, Optional<Employee> known, EmployeeForm form, Map<Long, String> ids) {
        known.ifPresentOrElse(
                employee -> edits.change(
                        new Employee(
                                employee.id(),
                                company,
                                form.name(),
                                form.emailOrNone(),
                                form.extensionOrNone(),
                                form.active()),
                        ids),
                () -> edits.add(company, form.name(), form.emailOrNone(), form.extensionOrNone(), form.active(), ids));
    }

    private String form(
            CompanyId company,
            Optional<Employee> employee,
            EmployeeForm form,
            Map<Long, String> ids,
            Map<String, String> problems,
            Model model) {
        var names = employees.all(company).stream().collect(Collectors.toMap(Employee::id, Employee::name));
        var everyone = employees.ids(company);
        model.addAttribute("id", employee.map(known -> known.id().value()).orElse(0L));
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "choices",
                people(company).stream()
                        .map(connection -> choice(company, connection, ids, everyone, names))
                        .toList());
        return "console/employee";
    }

    private Choice choice(
            CompanyId company,
            Connection connection,
            Map<Long, String> ids,
            Map<EmployeeId, Map<Long, String>> everyone,
            Map<EmployeeId, String> names) {
        var system = connection.id().value();
        var owners = new HashMap<String, String>();
        everyone.forEach((owner, places) -> {
            var id = places.get(system);
            if (id != null) {
                owners.put(id, names.getOrDefault(owner, ""));
            }
        });
        var chosen = ids.getOrDefault(system, "");
        var listed = new ArrayList<>(employees.listed(company, system).stream()
                .map(told -> new Listed(told.id(), title(told), owners.getOrDefault(told.id(), "")))
                .toList());
        if (!chosen.isEmpty() && listed.stream().noneMatch(one -> one.id().equals(chosen))) {
            listed.addFirst(new Listed(chosen, chosen, ""));
        }
        return new Choice(system, connection.title(), chosen, listed);
    }

    private static String title(ListedEmployee told) {
        return told.name().isBlank()
                ? told.id()
                : told.name() + told.extension().map(digits -> " · " + digits).orElse("") + " (" + told.id() + ")";
    }

    private EmployeesPage page(CompanyId company) {
        var systems = people(company);
        var ids = employees.ids(company);
        var told = systems.stream()
                .collect(Collectors.toMap(
                        connection -> connection.id().value(),
                        connection -> employees.listed(company, connection.id().value()).stream()
                                .collect(Collectors.toMap(
                                        ListedEmployee::id, Function.identity(), (first, second) -> first))));
        var rows = employees.all(company).stream()
                .collect(Collectors.partitioningBy(
                        Employee::active,
                        Collectors.mapping(
                                employee -> row(employee, systems, ids.getOrDefault(employee.id(), Map.of()), told),
                                Collectors.toList())));
        var active = rows.getOrDefault(true, List.of());
        return new EmployeesPage(
                systems.stream().map(this::column).toList(), active, rows.getOrDefault(false, List.of()), (int)
                        active.stream().filter(Row::isUnmatched).count());
    }

    private static Row row(
            Employee employee,
            List<Connection> systems,
            Map<Long, String> ids,
            Map<Long, Map<String, ListedEmployee>> told) {
        return new Row(
                employee.id().value(),
                employee.name(),
                employee.extension().map(Extension::digits).orElse(""),
                employee.email().orElse(""),
                systems.stream()
                        .map(connection -> connection.id().value())
                        .map(system -> Optional.ofNullable(ids.get(system))
                                .map(id -> Place.of(
                                        id,
                                        Optional.ofNullable(told.getOrDefault(system, Map.of())
                                                .get(id)),
                                        employee.name()))
                                .orElse(Place.NONE))
                        .toList());
    }

    private Column column(Connection connection) {
        var held = roster.held(connection.id());
        return new Column(
                connection.id().value(),
                connection.title(),
                lists(connection),
                held.isPresent(),
                held.filter(Held::mayBeAccepted).isPresent(),
                held.map(Held::before).orElse(0),
                held.map(Held::now).orElse(0));
    }

    /** The connections in which a call is somebody's: PBXs, and those that write calls or show cards. */
    private List<Connection> people(CompanyId company) {
        return connections.of(company).stream()
                .filter(connection -> lists(connection)
                        || connectors
                                .find(connection.connector())
                                .filter(connector -> connector.kind() == Connector.Kind.PBX)
                                .isPresent())
                .toList();
    }

    private boolean lists(Connection connection) {
        return operations.can(connection.id(), Operation.LIST_EMPLOYEES);
    }

    private Employee find(CompanyId company, long id) {
        return employees.find(company, new EmployeeId(id)).orElseThrow(EmployeesController::notFound);
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
