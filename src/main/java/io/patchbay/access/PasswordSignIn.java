package io.patchbay.access;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Signs a person in by login and password, no faster than the throttle allows. */
@Component
class PasswordSignIn implements AuthenticationProvider {

    private final Users users;
    private final SignInThrottle throttle;
    private final SignInNotes notes;

    PasswordSignIn(Users users, SignInThrottle throttle, SignInNotes notes) {
        this.users = users;
        this.throttle = throttle;
        this.notes = notes;
    }

    /** Too many failures: even the right password does not help now. */
    static final class MustWaitException extends AuthenticationException {
        MustWaitException() {
            super("Too many failed sign-ins. Wait 15 minutes.");
        }
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        var login = asked.getName();
        var password = asked.getCredentials() instanceof String typed ? typed : "";
        var address = asked.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        if (throttle.mustWait(login, address)) {
            if (throttle.isNews(login, address)) {
                notes.throttled(login);
            }
            throw new MustWaitException();
        }
        var user = users.signIn(login, password).orElseThrow(() -> {
            throttle.failed(login, address);
            notes.failed(login);
            return new BadCredentialsException("No user has this login and password.");
        });
        throttle.succeeded(login, address);
        notes.succeeded(user);
        return user.caller().authenticated();
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
