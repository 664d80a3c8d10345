package io.patchbay.workshop;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchbay.connector.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One told case of a connector: what is asked of it, what it has to ask the target, and what has to come of it.
 *
 * @param operation its word, e.g. {@code find-client}
 * @param settings  in addition to those of the file
 * @param exchanges every request the target gets, in this order, and its answers
 * @param output    exactly what comes out; absent when a fault is expected
 */
public record ContractCase(
        String name,
        String operation,
        Map<String, JsonNode> settings,
        JsonNode input,
        List<Exchange> exchanges,
        Optional<JsonNode> output,
        Optional<Failure> fault) {

    public ContractCase {
        settings = settings == null ? Map.of() : settings;
        input = input == null ? JsonNodeFactory.instance.objectNode() : input;
        exchanges = exchanges == null ? List.of() : exchanges;
        output = output == null ? Optional.empty() : output.filter(told -> !told.isNull() && !told.isMissingNode());
        fault = fault == null ? Optional.empty() : fault;
    }

    /**
     * One request and its answer.
     *
     * @param login  written as {@code signed}; false: a request that does not carry the login of the file, e.g. because it goes elsewhere
     * @param unimportant written as {@code mayFail}: the flow goes on without it, whatever the target says
     */
    public record Exchange(
            ToldRequest request,
            ToldAnswer answer,
            @JsonProperty("signed") @Nullable Boolean login,
            @JsonProperty("mayFail") @Nullable Boolean unimportant) {

        public Exchange {
            answer = answer == null ? ToldAnswer.EMPTY : answer;
        }

        @JsonIgnore
        public boolean mayFail() {
            return Boolean.TRUE.equals(unimportant);
        }

        @JsonIgnore
        boolean carriesLogin() {
            return login == null || login;
        }
    }

    /**
     * A fault that is expected.
     *
     * @param is   the fault's word, e.g. {@code BUSY}
     * @param code the target's own, empty for any
     * @param text stands somewhere in the message
     * @param seconds until the next attempt, exactly; written as {@code wait}
     */
    public record Failure(
            String is,
            String code,
            String text,
            @JsonProperty("wait") @Nullable Long seconds) {

        public Failure {
            code = code == null ? "" : code;
            text = text == null ? "" : text;
        }
    }

    /** @throws ContractProblem when the hub has no such operation */
    @JsonIgnore
    public Operation asked() {
        return Operation.ofWord(operation)
                .orElseThrow(() -> new ContractProblem(
                        "The case '" + name + "' tries '" + operation + "', which is no operation of the hub."));
    }

    /** Whether it shows the operation going well. */
    @JsonIgnore
    public boolean isGood() {
        return output.isPresent();
    }

    ContractCase with(Map<String, JsonNode> fileSettings) {
        var all = new LinkedHashMap<>(fileSettings);
        all.putAll(settings);
        return new ContractCase(name, operation, all, input, exchanges, output, fault);
    }

    public ContractCase withInput(JsonNode other) {
        return new ContractCase(name, operation, settings, other, exchanges, output, fault);
    }

    @Override
    public String toString() {
        return operation + ": " + name;
    }
}
