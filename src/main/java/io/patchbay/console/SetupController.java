package io.patchbay.console;

import io.patchbay.access.ForAnybody;
import io.patchbay.access.SetupLinks;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The set-up page behind the one-time link: makes the company's first user. */
@Controller
class SetupController {

    private static final String PAGE = "console/setup";
    private static final String SPENT = "console/setup-spent";

    private final SetupLinks links;

    SetupController(SetupLinks links) {
        this.links = links;
    }

    @GetMapping("/setup/{secret}")
    @ForAnybody
    String page(@PathVariable String secret, Model model, HttpServletResponse response) {
        return links.isOpen(secret) ? form(model, SetupForm.empty(), Map.of()) : spent(response);
    }

    @PostMapping("/setup/{secret}")
    @ForAnybody
    String use(@PathVariable String secret, @ModelAttribute SetupForm form, Model model, HttpServletResponse response) {
        var problems = form.problems();
        if (!problems.isEmpty()) {
            return form(model, form, problems);
        }
        return switch (links.use(secret, form.firstUser())) {
            case OWNER_MADE -> "redirect:/sign-in?ready";
            case LINK_SPENT -> spent(response);
            case LOGIN_TAKEN -> form(model, form, Map.of("login", "setup.login.taken"));
        };
    }

    private static String form(Model model, SetupForm form, Map<String, String> problems) {
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute("zones", ZoneChoice.all());
        return PAGE;
    }

    private static String spent(HttpServletResponse response) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        return SPENT;
    }
}
