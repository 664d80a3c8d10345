package io.patchbay.access;

import io.patchbay.audit.Actor;
import io.patchbay.audit.WhoActs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Whoever is signed in for the request that this thread answers; a stranger when nobody is; the hub when it answers none. */
@Component
class RequestActor implements WhoActs {

    @Override
    public Actor now() {
        return request().map(RequestActor::behind).orElse(Actor.HUB);
    }

    private static Actor behind(HttpServletRequest request) {
        return Caller.current()
                .map(Caller::actor)
                .orElse(new Actor(Actor.Kind.STRANGER, 0, "", ""))
                .from(request.getRemoteAddr());
    }

    private static Optional<HttpServletRequest> request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes known
                ? Optional.of(known.getRequest())
                : Optional.empty();
    }
}
