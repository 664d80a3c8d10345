package io.patchbay.console;

import io.patchbay.access.ForAnybody;
import io.patchbay.access.Invitation;
import io.patchbay.access.Invitations;
import io.patchbay.access.Password;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whoever was invited chooses a password. The secret in the address lets in; opening the page spends nothing. */
@Controller
class InvitedController {

    private static final String PAGE = "console/invited";
    private static final String SPENT = "console/invited-spent";

    private final Invitations invitations;

    InvitedController(Invitations invitations) {
        this.invitations = invitations;
    }

    @GetMapping("/invited/{secret}")
    @ForAnybody
    String page(@PathVariable String secret, Model model, HttpServletResponse response) {
        return invitations
                .find(secret)
                .map(found -> form(model, found, Map.of()))
                .orElseGet(() -> spent(response));
    }

    @PostMapping("/invited/{secret}")
    @ForAnybody
    String use(
            @PathVariable String secret,
            @RequestParam(required = false) @Nullable String password,
            Model model,
            HttpServletResponse response) {
        var found = invitations.find(secret);
        if (found.isEmpty()) {
            return spent(response);
        }
        var chosen = Objects.requireNonNullElse(password, "");
        var flaw = Password.flaw(chosen);
        if (flaw.isPresent()) {
            return form(model, found.get(), Map.of("password", SetupForm.text(flaw.get())));
        }
        return switch (invitations.use(secret, Password.of(chosen))) {
            case USER_MADE -> "redirect:/sign-in?ready";
            case LINK_SPENT -> spent(response);
            case LOGIN_TAKEN -> form(model, found.get(), Map.of("password", "invited.login.taken"));
        };
    }

    private static String form(Model model, Invitation found, Map<String, String> problems) {
        model.addAttribute("invitation", found);
        model.addAttribute("problems", problems);
        return PAGE;
    }

    private static String spent(HttpServletResponse response) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        return SPENT;
    }
}
