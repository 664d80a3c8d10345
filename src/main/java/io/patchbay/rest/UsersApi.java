package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.access.Caller;
import io.patchbay.access.Invitation;
import io.patchbay.access.Invitations;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.access.Role;
import io.patchbay.access.User;
import io.patchbay.access.Users;
import io.patchbay.company.Companies;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.intake.IntakeProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who may sign in, and as what. */
@RestController
@RequestMapping(path = "/api/v1", produces = "application/json")
@Tag(name = "Users", description = "Who may sign in to the console, and as what")
class UsersApi {

    private static final int LONGEST = 200;

    private final Users users;
    private final Invitations invitations;
    private final Employees employees;
    private final Companies companies;
    private final IntakeProperties hub;

    UsersApi(Users users, Invitations invitations, Employees employees, Companies companies, IntakeProperties hub) {
        this.users = users;
        this.invitations = invitations;
        this.employees = employees;
        this.companies = companies;
        this.hub = hub;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "User")
    record UserJson(
            long id,
            String login,
            String name,
            @Schema(example = "supervisor") String role,

            @Schema(description = "Who they are among the employees", nullable = true) @Nullable
            Long employee,

            @Schema(description = "false: may not sign in") boolean enabled,

            @Schema(nullable = true) @Nullable OffsetDateTime lastSignInAt) {

        static UserJson of(User user, ZoneId zone) {
            return new UserJson(
                    user.id(),
                    user.login(),
                    user.name(),
                    user.role().word(),
                    user.employee().orElse(null),
                    user.isOn(),
                    user.lastSignInAt()
                            .map(at -> at.atZone(zone).toOffsetDateTime())
                            .orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Invitation")
    record InvitationJson(
            long id,
            String login,
            String name,
            String role,
            @Schema(nullable = true) @Nullable Long employee,
            OffsetDateTime expiresAt,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "The link that works once: told in the answer that makes it and never again")
            @Nullable
            String link) {

        static InvitationJson of(Invitation invitation, @Nullable String link, ZoneId zone) {
            return new InvitationJson(
                    invitation.id(),
                    invitation.login(),
                    invitation.name(),
                    invitation.role().word(),
                    invitation.employee().orElse(null),
                    invitation.expiresAt().atZone(zone).toOffsetDateTime(),
                    link);
        }
    }

    @Schema(name = "NewInvitation")
    record NewInvitation(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "anna@example.org") @Nullable
            String login,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Anna Petrova") @Nullable
            String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "supervisor") @Nullable
            String role,

            @Schema(description = "Id of the employee whose calls they see", nullable = true) @Nullable
            Long employee) {}

    @Schema(name = "UserChange", description = "Only what is to be changed")
    record UserChange(
            @Schema(example = "supervisor") @Nullable String role,

            @Schema(description = "Id of an employee; 0: nobody") @Nullable
            Long employee,

            @Schema(description = "false: may not sign in from now on, and open sessions end") @Nullable
            Boolean enabled) {}

    @GetMapping("/users")
    @Needs(Right.MANAGE_USERS)
    @Operation(summary = "List the users, those switched off too")
    Page<UserJson> list(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        var zone = zone(caller);
        return Page.whole(users.all(caller.company()).stream()
                .map(user -> UserJson.of(user, zone))
                .toList());
    }

    @PatchMapping("/users/{id}")
    @Needs(Right.MANAGE_USERS)
    @Operation(summary = "Change what a user may do", description = "The last owner stays an owner who may sign in.")
    UserJson change(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "2") @PathVariable String id,
            @RequestBody UserChange asked) {
        var user = find(caller, id);
        var read = new Parameters();
        var role = read.read("role", asked.role(), Role::of, "a role").orElse(user.role());
        var employee = asked.employee() == null ? user.employee() : employee(caller, asked.employee(), read);
        read.check();
        var on = Objects.requireNonNullElse(asked.enabled(), user.isOn());
        if (users.change(user, role, employee, on) == Users.Outcome.LAST_OWNER) {
            read.problem(
                    asked.role() == null ? "enabled" : "role",
                    "would leave the company without an owner who can sign in.");
        }
        read.check();
        return UserJson.of(find(caller, id), zone(caller));
    }

    @GetMapping("/invitations")
    @Needs(Right.MANAGE_USERS)
    @Operation(summary = "List the invitations that still work")
    Page<InvitationJson> invitations(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        var zone = zone(caller);
        return Page.whole(invitations.open(caller.company()).stream()
                .map(invitation -> InvitationJson.of(invitation, null, zone))
                .toList());
    }

    @PostMapping("/invitations")
    @Needs(Right.MANAGE_USERS)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Invite somebody: the link in the answer works once and for three days")
    InvitationJson invite(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody NewInvitation asked) {
        var read = new Parameters();
        var login = text("login", asked.login(), read);
        var name = text("name", asked.name(), read);
        var role = read.read("role", asked.role(), Role::of, "a role");
        if (asked.role() == null || asked.role().isBlank()) {
            read.problem("role", "is missing.");
        }
        Optional<Long> employee =
                asked.employee() == null ? Optional.empty() : employee(caller, asked.employee(), read);
        read.check();
        var sent = invitations.invite(caller.company(), login, name, role.orElseThrow(), employee);
        return InvitationJson.of(sent.invitation(), hub.publicUrl() + "/invited/" + sent.secret(), zone(caller));
    }

    @DeleteMapping("/invitations/{id}")
    @Needs(Right.MANAGE_USERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Withdraw an invitation at once")
    @ApiResponse(responseCode = "204", description = "Its link does not work any more")
    void withdraw(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @Parameter(example = "2") @PathVariable String id) {
        if (Parameters.number(id)
                .filter(number -> invitations.withdraw(caller.company(), number))
                .isEmpty()) {
            throw new NotFoundException("invitation", id);
        }
    }

    private User find(Caller caller, String id) {
        return Parameters.number(id)
                .flatMap(number -> users.find(caller.company(), number))
                .orElseThrow(() -> new NotFoundException("user", id));
    }

    private Optional<Long> employee(Caller caller, long id, Parameters read) {
        if (id == 0) {
            return Optional.empty();
        }
        if (employees.find(caller.company(), new EmployeeId(id)).isEmpty()) {
            read.problem("employee", "is no employee of this company.");
        }
        return Optional.of(id);
    }

    private static String text(String field, @Nullable String given, Parameters read) {
        var text = Objects.requireNonNullElse(given, "").strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            read.problem(field, "must have 1 to " + LONGEST + " characters.");
        }
        return text;
    }

    private ZoneId zone(Caller caller) {
        return companies.get(caller.company()).zone();
    }
}
