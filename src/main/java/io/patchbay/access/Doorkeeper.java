package io.patchbay.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import tools.jackson.databind.json.JsonMapper;

/** Stands before every page and endpoint of the hub and lets in whoever has the right that it names. Before anything of the request is read. */
@Component
class Doorkeeper implements HandlerInterceptor {

    private final ProblemResponse problem;

    Doorkeeper(JsonMapper json) {
        this.problem = new ProblemResponse(json);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // files, the API's description and the error page are not ours; the rules of WebSecurity hold for them
        if (!(handler instanceof HandlerMethod asked) || !isOurs(asked) || isAllowed(asked)) {
            return true;
        }
        if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
            problem.forbid(response);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
        return false;
    }

    private static boolean isOurs(HandlerMethod asked) {
        return asked.getBeanType().getPackageName().startsWith("io.patchbay");
    }

    private static boolean isAllowed(HandlerMethod asked) {
        if (asked.hasMethodAnnotation(ForAnybody.class)) {
            return true;
        }
        var needs = asked.getMethodAnnotation(Needs.class);
        return needs != null
                && Caller.current().filter(caller -> caller.may(needs.value())).isPresent();
    }
}
