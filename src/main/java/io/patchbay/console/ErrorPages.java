package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.company.Companies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;

/** The page shown instead of a page: says what happened and what to do, never a stack trace. Whoever is signed in keeps the navigation. */
@Component
class ErrorPages implements ErrorViewResolver {

    private final LocaleResolver languages;
    private final Companies companies;
    private final MessageSource messages;
    private final Clock clock;

    ErrorPages(LocaleResolver languages, Companies companies, MessageSource messages, Clock clock) {
        this.languages = languages;
        this.companies = companies;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        var key = switch (status) {
            case NOT_FOUND -> "error.not-found";
            case FORBIDDEN -> "error.forbidden";
            default -> status.is4xxClientError() ? "error.request" : "error.ours";
        };
        var locale = languages.resolveLocale(request);
        var caller = Caller.current();
        var company = caller.map(Caller::company).map(companies::get);
        var language = Language.of(locale);
        var frame = caller.map(known -> Frame.of(known, company.orElseThrow().title(), language, "/"))
                .orElseGet(() -> Frame.ofStranger(language, "/"));
        var at = company.map(known -> new WallClock(known.zone(), new Texts(messages, locale), clock.instant())
                        .timeWithSeconds(clock.instant()))
                .orElse("");
        return new ModelAndView(
                "console/error", Map.of("frame", frame, "key", key, "status", status.value(), "at", at), status);
    }
}
