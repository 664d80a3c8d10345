package io.patchbay.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A session lasts for hours, what its user may do can change in between: at each request the user is read again. Who was switched
 * off is a stranger from that moment.
 */
class StillThereFilter extends OncePerRequestFilter {

    private final Users users;

    StillThereFilter(Users users) {
        this.users = users;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller.current().ifPresent(caller -> {
            var context = SecurityContextHolder.createEmptyContext();
            users.current(caller).ifPresent(now -> context.setAuthentication(now.authenticated()));
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }
}
