package io.patchbay.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;

/** The page shown instead of a page: says what happened and where to go, never a stack trace. */
@Component
class ErrorPages implements ErrorViewResolver {

    private final LocaleResolver languages;

    ErrorPages(LocaleResolver languages) {
        this.languages = languages;
    }

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        var key = switch (status) {
            case NOT_FOUND -> "error.not-found";
            case FORBIDDEN -> "error.forbidden";
            default -> status.is4xxClientError() ? "error.request" : "error.ours";
        };
        var language = Language.of(languages.resolveLocale(request));
        return new ModelAndView(
                "console/error",
                Map.of("frame", new Frame("", "", language, List.of(), "/"), "key", key, "status", status.value()),
                status);
    }
}
