package io.patchbay.console;

import io.patchbay.connector.Connectors;
import io.patchbay.connector.Fault;
import io.patchbay.effect.Effect;
import io.patchbay.effect.Ledger;
import java.util.Optional;

/** Why an effect did not succeed, in words for people. For one page. */
final class Reasons {

    private final Systems systems;
    private final Connectors connectors;
    private final Ledger ledger;
    private final Texts texts;

    Reasons(Systems systems, Connectors connectors, Ledger ledger, Texts texts) {
        this.systems = systems;
        this.connectors = connectors;
        this.ledger = ledger;
        this.texts = texts;
    }

    /** One sentence: what the connector knows about the target's code of the error, else the target's own words. */
    String why(Effect effect) {
        return explained(effect)
                .or(() -> Optional.of(effect.lastError()).filter(said -> !said.isBlank()))
                .orElseGet(() -> general(effect));
    }

    /** What to do: the connector's advice on the target's code of the error, else what the kind of fault means. */
    String advice(Effect effect) {
        return explained(effect).orElseGet(() -> general(effect));
    }

    private String general(Effect effect) {
        return texts.of("fault." + effect.fault().orElse(Fault.OURS));
    }

    private Optional<String> explained(Effect effect) {
        var attempts = ledger.attempts(effect.id());
        return systems.all().stream()
                .filter(connection -> connection.id().value() == effect.connection())
                .findFirst()
                .filter(connection -> !attempts.isEmpty())
                .flatMap(connection -> connectors.find(connection.connector()))
                .flatMap(connector ->
                        connector.strings().error(attempts.getLast().code(), texts.locale()));
    }
}
