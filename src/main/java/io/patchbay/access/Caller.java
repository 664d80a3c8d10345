package io.patchbay.access;

import io.patchbay.company.CompanyId;
import java.io.Serializable;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Who stands behind a request: a person with a session or a program with a token. The only source of the company whose data the
 * request may see.
 *
 * @param name shown to people: the user's name, or the token's title
 */
public record Caller(CompanyId company, String name, Role role) implements AuthenticatedPrincipal, Serializable {

    @Override
    public String getName() {
        return name;
    }

    Authentication authenticated() {
        return UsernamePasswordAuthenticationToken.authenticated(
                this, null, List.of(new SimpleGrantedAuthority(role.authority())));
    }
}
