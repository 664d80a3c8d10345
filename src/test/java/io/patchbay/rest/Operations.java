package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every operation of the API, read from its OpenAPI document, so that none can be forgotten. */
final class Operations {

    private static final String ROOT = "/api/v1";

    private Operations() {}

    /** @param path below the root of the API */
    record Operation(String method, String path) {

        boolean hasId() {
            return path.contains("{");
        }

        Api.Answer send(Api api, String id) {
            return api.send(api.request(ROOT + path.replaceAll("\\{[^}]+}", id))
                    .header("Content-Type", "application/json")
                    .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}")));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operation> of(int port) {
        var found = new ArrayList<Operation>();
        new Api(port, "")
                .get(ROOT + "/openapi.json")
                .json()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> found.add(new Operation(
                                method.toUpperCase(Locale.ROOT), path.getKey().substring(ROOT.length())))));
        assertThat(found).hasSizeGreaterThanOrEqualTo(20);
        return found;
    }
}
