package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Invitations;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.access.Role;
import io.patchbay.access.User;
import io.patchbay.access.Users;
import io.patchbay.directory.Employee;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.intake.IntakeProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Who may sign in, and as what: inviting colleagues, changing roles, switching off. */
@Controller
class UsersController {

    private static final String PAGE = "console/users";
    private static final int LONGEST = 200;

    private final Readers readers;
    private final Users users;
    private final Invitations invitations;
    private final Employees employees;
    private final IntakeProperties hub;

    UsersController(Readers readers, Users users, Invitations invitations, Employees employees, IntakeProperties hub) {
        this.readers = readers;
        this.users = users;
        this.invitations = invitations;
        this.employees = employees;
        this.hub = hub;
    }

    /** A user as a line of the page; {@code lastSignIn} is empty for somebody who never came. */
    record Line(long id, String name, String login, Role role, long employee, boolean on, String lastSignIn) {}

    /** Somebody who may still come in by a link. */
    record Awaited(long id, String name, String login, Role role, String until) {}

    /** What was typed to invite somebody. */
    record Form(String login, String name, String role, long employee) {

        static Form empty() {
            return new Form("", "", "", 0);
        }
    }

    @GetMapping("/users")
    @Needs(Right.MANAGE_USERS)
    String page(@AuthenticationPrincipal Caller caller, Locale locale, Model model) {
        return page(caller, locale, model, Form.empty(), Map.of());
    }

    /** The link stands in the answer to the form and nowhere else: it is not kept, so it cannot be shown again. */
    @PostMapping("/users")
    @Needs(Right.MANAGE_USERS)
    String invite(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String login,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String role,
            @RequestParam(required = false) @Nullable String employee,
            Locale locale,
            Model model) {
        var form = new Form(text(login), text(name), text(role), number(employee));
        var problems = problems(caller, form);
        if (!problems.isEmpty()) {
            return page(caller, locale, model, form, problems);
        }
        var sent = invitations.invite(
                caller.company(),
                form.login(),
                form.name(),
                Role.of(form.role()).orElseThrow(),
                employee(form.employee()));
        model.addAttribute("link", hub.publicUrl() + "/invited/" + sent.secret());
        model.addAttribute("invited", sent.invitation().name());
        return page(caller, locale, model, Form.empty(), Map.of());
    }

    @PostMapping("/users/{id:\\d{1,18}}")
    @Needs(Right.MANAGE_USERS)
    String change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String role,
            @RequestParam(required = false) @Nullable String employee,
            Locale locale,
            Model model) {
        var user = find(caller, id);
        var chosen = Role.of(text(role)).orElse(user.role());
        return saved(caller, users.change(user, chosen, own(caller, number(employee)), user.isOn()), locale, model);
    }

    @PostMapping("/users/{id:\\d{1,18}}/off")
    @Needs(Right.MANAGE_USERS)
    String switchOff(@AuthenticationPrincipal Caller caller, @PathVariable long id, Locale locale, Model model) {
        var user = find(caller, id);
        return saved(caller, users.change(user, user.role(), user.employee(), false), locale, model);
    }

    @PostMapping("/users/{id:\\d{1,18}}/on")
    @Needs(Right.MANAGE_USERS)
    String switchOn(@AuthenticationPrincipal Caller caller, @PathVariable long id, Locale locale, Model model) {
        var user = find(caller, id);
        return saved(caller, users.change(user, user.role(), user.employee(), true), locale, model);
    }

    @PostMapping("/users/invitations/{id:\\d{1,18}}/withdraw")
    @Needs(Right.MANAGE_USERS)
    String withdraw(@AuthenticationPrincipal Caller caller, @PathVariable long id) {
        if (!invitations.withdraw(caller.company(), id)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:/users";
    }

    private String saved(Caller caller, Users.Outcome outcome, Locale locale, Model model) {
        return switch (outcome) {
            case SAVED -> "redirect:/users";
            case LAST_OWNER -> {
                model.addAttribute("refused", "users.last-owner");
                yield page(caller, locale, model, Form.empty(), Map.of());
            }
        };
    }

    private String page(Caller caller, Locale locale, Model model, Form form, Map<String, String> problems) {
        var clock = readers.of(caller, locale).clock();
        model.addAttribute(
                "users",
                users.all(caller.company()).stream()
                        .map(user -> new Line(
                                user.id(),
                                user.name(),
                                user.login(),
                                user.role(),
                                user.employee().orElse(0L),
                                user.isOn(),
                                user.lastSignInAt().map(clock::moment).orElse("")))
                        .toList());
        model.addAttribute(
                "awaited",
                invitations.open(caller.company()).stream()
                        .map(one -> new Awaited(
                                one.id(), one.name(), one.login(), one.role(), clock.moment(one.expiresAt())))
                        .toList());
        model.addAttribute("roles", List.of(Role.values()));
        model.addAttribute(
                "employees",
                employees.all(caller.company()).stream()
                        .filter(Employee::active)
                        .toList());
        model.addAttribute("self", caller.id());
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        return PAGE;
    }

    private Map<String, String> problems(Caller caller, Form form) {
        var problems = new LinkedHashMap<String, String>();
        required(problems, "login", form.login());
        required(problems, "name", form.name());
        if (Role.of(form.role()).isEmpty()) {
            problems.put("role", "field.required");
        }
        if (form.employee() != 0 && own(caller, form.employee()).isEmpty()) {
            problems.put("employee", "field.required");
        }
        return problems;
    }

    private static void required(Map<String, String> problems, String field, String value) {
        if (value.isEmpty()) {
            problems.put(field, "field.required");
        } else if (value.length() > LONGEST) {
            problems.put(field, "field.long");
        }
    }

    private User find(Caller caller, long id) {
        return users.find(caller.company(), id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Optional<Long> own(Caller caller, long employee) {
        return employee(employee)
                .filter(id ->
                        employees.find(caller.company(), new EmployeeId(id)).isPresent());
    }

    private static Optional<Long> employee(long id) {
        return id == 0 ? Optional.empty() : Optional.of(id);
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "").strip();
    }

    private static long number(@Nullable String given) {
        return text(given).matches("\\d{1,18}") ? Long.parseLong(text(given)) : 0;
    }
}
