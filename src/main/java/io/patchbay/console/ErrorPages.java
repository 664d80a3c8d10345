package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.company.Companies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
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
        var company = caller().map(Caller::company).map(companies::get);
        var frame = new Frame(
                company.map(known -> known.title()).orElse(""),
                caller().map(Caller::name).orElse(""),
                Language.of(locale),
                caller().isPresent() ? Frame.tabs("") : List.of(),
                "/");
        var at = company.map(known -> new WallClock(known.zone(), new Texts(messages, locale), clock.instant())
                        .timeWithSeconds(clock.instant()))
                .orElse("");
        return new ModelAndView(
                "console/error", Map.of("frame", frame, "key", key, "status", status.value(), "at", at), status);
    }

    private static Optional<Caller> caller() {
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        return signedIn != null && signedIn.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
