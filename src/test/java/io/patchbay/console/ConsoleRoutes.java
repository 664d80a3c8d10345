package io.patchbay.console;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every address of the console as the hub itself maps it, so that a new one cannot be forgotten. */
record ConsoleRoutes(RequestMappingHandlerMapping mappings) {

    Set<String> of(RequestMethod method) {
        var found = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getPackageName().equals("io.patchbay.console")
                    && mapping.getMethodsCondition().getMethods().contains(method)) {
                found.addAll(mapping.getPatternValues());
            }
        });
        return found;
    }
}
