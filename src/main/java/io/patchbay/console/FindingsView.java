package io.patchbay.console;

import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorException;
import io.patchbay.upkeep.ConnectionCheck.Findings;
import io.patchbay.upkeep.ConnectionCheck.Right;
import java.util.List;

/**
 * What a check found, in words.
 *
 * @param sentence the whole in one sentence
 * @param said     the system's own words when the check did not succeed; may be empty
 * @param lines    one for each right
 */
record FindingsView(Tone tone, String sentence, String said, List<Line> lines) {

    /** One right: there, or missing with what to do; {@code said}: in the system's own words, may be empty. */
    record Line(boolean ok, String title, String cure, String said) {}

    static FindingsView of(Findings found, Connector connector, Texts texts) {
        return found.refusal()
                .map(refusal -> refused(refusal, connector, texts))
                .orElseGet(() -> answered(found, connector, texts));
    }

    private static FindingsView refused(ConnectorException refusal, Connector connector, Texts texts) {
        var sentence = connector
                .strings()
                .error(refusal.code(), texts.locale())
                .orElseGet(() -> texts.of("fault." + refusal.fault()));
        return new FindingsView(Tone.BAD, sentence, String.valueOf(refusal.getMessage()), List.of());
    }

    private static FindingsView answered(Findings found, Connector connector, Texts texts) {
        var missing = found.rights().stream().filter(right -> !right.ok()).count();
        var account = found.account().orElse(connector.title());
        return new FindingsView(
                missing == 0 ? Tone.GOOD : Tone.WAIT,
                missing == 0 ? texts.of("check.well", account) : texts.of("check.missing", account, missing),
                "",
                found.rights().stream()
                        .map(right -> line(right, connector, texts))
                        .toList());
    }

    private static Line line(Right right, Connector connector, Texts texts) {
        var key = "right." + right.right();
        var strings = connector.strings();
        return new Line(
                right.ok(),
                strings.find(key, texts.locale()).orElse(right.right()),
                right.ok() ? "" : strings.find(key + ".missing", texts.locale()).orElse(""),
                right.ok() ? "" : right.why().orElse(""));
    }
}
