package io.patchbay.caller;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import java.time.Duration;

/** Tells who calls. */
public interface WhoCalls {

    /** Longer than any question is shared. */
    Duration A_MOMENT = Duration.ofHours(1);

    /** Knows nobody and asks nobody. */
    WhoCalls NOBODY = new WhoCalls() {
        @Override
        public Acquaintance ask(CompanyId company, PhoneNumber number, long since) {
            return Acquaintance.NONE;
        }

        @Override
        public Acquaintance known(CompanyId company, PhoneNumber number) {
            return Acquaintance.NONE;
        }
    };

    /**
     * Asks every connected system at once and waits no longer than the budget; who answers later is remembered all the same. Whoever asks for the same number at the
     * same time shares the questions. Not inside a transaction.
     *
     * @param since by {@link System#nanoTime}: who answered a question that was asked before counts as one who did not answer
     */
    Acquaintance ask(CompanyId company, PhoneNumber number, long since);

    /** The same, where a question of a moment ago is as good as one of now. */
    default Acquaintance ask(CompanyId company, PhoneNumber number) {
        return ask(company, number, System.nanoTime() - A_MOMENT.toNanos());
    }

    /** What is remembered; no system is asked. */
    Acquaintance known(CompanyId company, PhoneNumber number);
}
