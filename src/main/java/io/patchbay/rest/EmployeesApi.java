package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.call.Extension;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.directory.Employee;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.upkeep.EmployeeEdits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who works for the company, and what each connected system calls them. */
@RestController
@RequestMapping(path = "/api/v1/employees", produces = "application/json")
@Tag(name = "Employees", description = "Who works for the company, and what each connected system calls them")
class EmployeesApi {

    private final Employees employees;
    private final Connections connections;
    private final EmployeeEdits edits;
    private final TransactionOperations transactions;

    EmployeesApi(
            Employees employees, Connections connections, EmployeeEdits edits, TransactionOperations transactions) {
        this.employees = employees;
        this.connections = connections;
        this.edits = edits;
        this.transactions = transactions;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Employee")
    record EmployeeJson(
            @Schema(description = "Missing for a new employee", nullable = true, example = "4") @Nullable
            Long id,

            @Schema(example = "Anna Petrova") @Nullable String name,

            @Schema(nullable = true, example = "anna@example.org") @Nullable
            String email,

            @Schema(nullable = true, example = "201") @Nullable
            String extension,

            @Schema(description = "false: dismissed; old calls still name them", defaultValue = "true") @Nullable
            Boolean active,

            @Schema(
                    description =
                            "Ids in the connected systems by connection; null forgets one, what is not named stays",
                    example = "{\"1\": \"SIP00001XXX\", \"2\": \"17\"}")
            @Nullable
            Map<String, @Nullable String> ids) {}

    @Schema(name = "EmployeeList")
    record EmployeeList(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<@Nullable EmployeeJson> items) {}

    @GetMapping
    @Needs(Right.SEE_EMPLOYEES)
    @Operation(summary = "List the employees by name, the dismissed too")
    Page<EmployeeJson> list(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        var live = connectionIds(caller.company());
        var ids = employees.ids(caller.company());
        return Page.whole(employees.all(caller.company()).stream()
                .map(employee -> json(employee, ids.getOrDefault(employee.id(), Map.of()), live))
                .toList());
    }

    @PutMapping
    @Needs(Right.CHANGE_EMPLOYEES)
    @Operation(
            summary = "Save employees",
            description =
                    "Changes those that come with an id and adds those without. Nobody is removed: who is missing in"
                            + " the list stays as they are, and who left gets active false. All or nothing.")
    Page<EmployeeJson> save(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody EmployeeList asked) {
        var items = Objects.requireNonNullElse(asked.items(), List.<@Nullable EmployeeJson>of());
        check(caller.company(), asked.items() == null, items);
        transactions.executeWithoutResult(status -> items.forEach(item -> {
            if (item != null) {
                save(caller.company(), item);
            }
        }));
        return list(caller);
    }

    private void check(CompanyId company, boolean missing, List<@Nullable EmployeeJson> items) {
        var read = new Parameters();
        if (missing) {
            read.problem("items", "is missing.");
        }
        var live = connectionIds(company);
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var path = "items[" + i + "]";
            if (item == null) {
                read.problem(path, "must be an employee.");
                continue;
            }
            if (item.id() != null
                    && employees.find(company, new EmployeeId(item.id())).isEmpty()) {
                read.problem(path + ".id", "is no employee of this company.");
            }
            var name = Objects.requireNonNullElse(item.name(), "").strip();
            if (name.isEmpty() || name.length() > Employee.LONGEST_TEXT) {
                read.problem(path + ".name", "must have 1 to " + Employee.LONGEST_TEXT + " characters.");
            }
            if (item.extension() != null && !Extension.isOne(item.extension())) {
                read.problem(path + ".extension", "must have 1 to " + Extension.LONGEST + " digits.");
            }
            if (item.email() != null && item.email().length() > Employee.LONGEST_TEXT) {
                read.problem(path + ".email", "must have at most " + Employee.LONGEST_TEXT + " characters.");
            }
            if (item.ids() != null) {
                item.ids().forEach((connection, id) -> {
                    if (Parameters.number(connection).filter(live::contains).isEmpty()) {
                        read.problem(path + ".ids." + connection, "is no connection of this company.");
                    } else if (id != null && id.isBlank()) {
                        read.problem(path + ".ids." + connection, "must not be empty; null forgets it.");
                    }
                });
            }
        }
        read.check();
    }

    private void save(CompanyId company, EmployeeJson item) {
        var name = Objects.requireNonNullElse(item.name(), "").strip();
        var email = Optional.ofNullable(item.email()).map(String::strip).filter(text -> !text.isEmpty());
        var extension = Optional.ofNullable(item.extension()).map(Extension::new);
        var active = !Boolean.FALSE.equals(item.active());
        var ids = new HashMap<Long, String>();
        if (item.ids() != null) {
            item.ids()
                    .forEach((connection, id) -> ids.put(
                            Long.parseLong(connection),
                            Objects.requireNonNullElse(id, "").strip()));
        }
        if (item.id() == null) {
            edits.add(company, name, email, extension, active, ids);
        } else {
            edits.change(new Employee(new EmployeeId(item.id()), company, name, email, extension, active), ids);
        }
    }

    private Set<Long> connectionIds(CompanyId company) {
        return connections.of(company).stream()
                .map(Connection::id)
                .map(id -> id.value())
                .collect(Collectors.toSet());
    }

    private static EmployeeJson json(Employee employee, Map<Long, String> ids, Set<Long> live) {
        var known = new TreeMap<String, @Nullable String>();
        ids.forEach((connection, id) -> {
            if (live.contains(connection)) {
                known.put(connection.toString(), id);
            }
        });
        return new EmployeeJson(
                employee.id().value(),
                employee.name(),
                employee.email().orElse(null),
                employee.extension().map(Extension::digits).orElse(null),
                employee.active(),
                known);
    }
}
