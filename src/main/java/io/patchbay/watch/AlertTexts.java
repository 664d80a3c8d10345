package io.patchbay.watch;

import io.patchbay.company.Company;
import io.patchbay.company.Wording;
import java.time.Instant;

/** Alerts in the company's language. */
final class AlertTexts {

    static final String BUNDLE = "io.patchbay.watch.texts";

    private final Wording wording;

    AlertTexts(Company company) {
        this.wording = new Wording(company, BUNDLE);
    }

    String subject(String title, Concern concern, Turn turn, int level) {
        return wording.say(
                "turn." + turn,
                title,
                wording.say((turn == Turn.OVER ? "over." : "what.") + concern, Integer.toString(level)));
    }

    /** @param detail in the system's own words; may be empty */
    String body(Concern concern, Turn turn, Instant since, String detail, String address) {
        var cure = turn == Turn.OVER ? "" : wording.say("cure." + concern) + "\n";
        var said = detail.isEmpty() || turn == Turn.OVER ? "" : wording.say("said", detail) + "\n";
        return wording.say("since", wording.time(since)) + "\n" + said + cure + address;
    }
}
