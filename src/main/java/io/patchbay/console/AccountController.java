package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What the hub knows about whoever is signed in. */
@Controller
class AccountController {

    @GetMapping("/account")
    @Needs(Right.OWN_ACCOUNT)
    String page(@AuthenticationPrincipal Caller caller, Model model) {
        model.addAttribute("role", caller.role());
        return "console/account";
    }
}
