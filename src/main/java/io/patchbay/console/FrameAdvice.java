package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.company.Companies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page its frame. */
@ControllerAdvice("io.patchbay.console")
class FrameAdvice {

    private final Companies companies;

    FrameAdvice(Companies companies) {
        this.companies = companies;
    }

    @ModelAttribute("frame")
    Frame frame(@AuthenticationPrincipal @Nullable Caller caller, HttpServletRequest request, Locale locale) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        var language = Language.of(locale);
        return caller == null
                ? Frame.ofStranger(language, path)
                : Frame.of(caller, companies.get(caller.company()).title(), language, path);
    }
}
