package io.patchbay.console;

import io.patchbay.access.ForAnybody;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page. The form itself is taken by the security filters. */
@Controller
class SignInController {

    /** What the page may have to say, by the parameter it was opened with: how it looks and its text. */
    record Notice(String tone, String text) {}

    @GetMapping("/sign-in")
    @ForAnybody
    String page(@RequestParam java.util.Map<String, String> parameters, Model model) {
        notice(parameters.keySet()).ifPresent(notice -> model.addAttribute("notice", notice));
        return "console/sign-in";
    }

    private static Optional<Notice> notice(Set<String> why) {
        if (why.contains("wrong")) {
            return Optional.of(new Notice("danger", "sign-in.wrong"));
        }
        if (why.contains("wait")) {
            return Optional.of(new Notice("warning", "sign-in.wait"));
        }
        if (why.contains("ready")) {
            return Optional.of(new Notice("success", "sign-in.ready"));
        }
        return why.contains("out") ? Optional.of(new Notice("info", "sign-in.out")) : Optional.empty();
    }
}
