package io.patchbay.care;

import io.patchbay.company.CompanyId;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Says what a written configuration would change, and does it when asked to: all of it or nothing. */
@Component
class ImportErrand implements Errand {

    static final String WORD = "import";

    private final ConfigurationPlan plan;
    private final TransactionOperations transactions;

    ImportErrand(ConfigurationPlan plan, TransactionOperations transactions) {
        this.plan = plan;
        this.transactions = transactions;
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public JsonNode run(JsonNode asked, Path folder) {
        var found = plan.of(
                new CompanyId(asked.path("company").asLong(1)),
                asked.path("text").asString(""));
        var applied = asked.path("apply").asBoolean(false) && found.problems().isEmpty();
        if (applied) {
            transactions.executeWithoutResult(
                    status -> found.steps().forEach(step -> step.work().run()));
        }
        var answer = JsonNodeFactory.instance.objectNode().put("applied", applied);
        var problems = answer.putArray("problems");
        found.problems().forEach(problems::add);
        var steps = answer.putArray("steps");
        found.steps().forEach(step -> steps.add(step.what()));
        var secrets = answer.putArray("secrets");
        found.secrets().forEach(secrets::add);
        return answer;
    }
}
