package io.patchbay.care;

import io.patchbay.company.CompanyId;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes a company's configuration down. */
@Component
class ExportErrand implements Errand {

    static final String WORD = "export";

    private final Configuration configuration;

    ExportErrand(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public JsonNode run(JsonNode asked, Path folder) {
        var company = new CompanyId(asked.path("company").asLong(1));
        return JsonNodeFactory.instance.objectNode().put("text", configuration.write(company));
    }
}
