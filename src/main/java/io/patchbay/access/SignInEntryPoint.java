package io.patchbay.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Leads whoever is not signed in to the sign-in page; also a part of a page that htmx loads, for which a redirect would end inside it. */
class SignInEntryPoint implements AuthenticationEntryPoint {

    static final String HTMX_REQUEST = "HX-Request";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        var page = request.getContextPath() + WebSecurity.SIGN_IN;
        if (request.getHeader(HTMX_REQUEST) == null) {
            response.sendRedirect(page);
        } else {
            response.setHeader("HX-Redirect", page);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }
}
