package io.patchbay.access;

import io.patchbay.audit.Actor;
import io.patchbay.company.CompanyId;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who stands behind a request: a person with a session or a program with a token. The only source of the company whose data the
 * request may see, and of what it may do.
 *
 * @param id         of the user or of the token
 * @param name       shown to people: the user's name, or the token's title
 * @param rights     those of the role, or fewer: the scopes of a token
 * @param employeeId who they are among the employees; 0: nobody
 */
public record Caller(CompanyId company, Kind kind, long id, String name, Role role, Set<Right> rights, long employeeId)
        implements AuthenticatedPrincipal, Serializable {

    /** Person or program. */
    public enum Kind {
        USER,
        TOKEN
    }

    public Caller {
        rights = Set.copyOf(rights);
        if (!role.rights().containsAll(rights)) {
            throw new IllegalArgumentException("Nobody may do more than their role " + role + ".");
        }
    }

    /** Whoever is signed in for the request of this thread. */
    public static Optional<Caller> current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    static Optional<Caller> of(@Nullable Authentication signedIn) {
        return signedIn != null && signedIn.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }

    public Optional<Long> employee() {
        return employeeId == 0 ? Optional.empty() : Optional.of(employeeId);
    }

    @Override
    public String getName() {
        return name;
    }

    Actor actor() {
        return new Actor(kind == Kind.USER ? Actor.Kind.USER : Actor.Kind.TOKEN, id, name, "");
    }

    Authentication authenticated() {
        return UsernamePasswordAuthenticationToken.authenticated(this, null, List.of());
    }
}
