package io.patchbay.console;

import io.patchbay.access.ForAnybody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** The language switch. */
@Controller
class LanguageController {

    private final LocaleResolver languages;

    LanguageController(LocaleResolver languages) {
        this.languages = languages;
    }

    @PostMapping("/language")
    @ForAnybody
    String choose(
            @RequestParam String language,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        Language.ofCode(language).ifPresent(chosen -> languages.setLocale(request, response, chosen.locale()));
        return "redirect:" + (isOurPage(back) ? back : "/");
    }

    /** A path of this hub. Two leading slashes or a backslash would lead a browser to another site. */
    private static boolean isOurPage(String back) {
        return back.startsWith("/") && !back.startsWith("//") && back.indexOf('\\') < 0 && back.indexOf('\n') < 0;
    }
}
