package io.patchbay.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/** The language of a request: the one chosen with the switch, else the first of the browser's that the console speaks, else English. */
class ChosenLanguage implements LocaleResolver {

    private static final String COOKIE = "language";

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return Language.ofCode(cookie == null ? "" : cookie.getValue())
                .or(() -> Collections.list(request.getLocales()).stream()
                        .flatMap(wished -> Language.ofCode(wished.getLanguage()).stream())
                        .findFirst())
                .orElse(Language.EN)
                .locale();
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response != null && locale != null) {
            var cookie = ResponseCookie.from(COOKIE, Language.of(locale).code())
                    .path("/")
                    .maxAge(Duration.ofDays(365))
                    .httpOnly(true)
                    .secure(request.isSecure())
                    .sameSite("Strict")
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        }
    }
}
