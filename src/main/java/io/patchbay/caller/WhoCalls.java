package io.patchbay.caller;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import java.time.Instant;

/** Tells who calls. */
public interface WhoCalls {

    /** Knows nobody and asks nobody. */
    WhoCalls NOBODY = new WhoCalls() {
        @Override
        public Acquaintance ask(CompanyId company, PhoneNumber number, Instant since) {
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
     * @param since who answered a question that was asked before counts as one who did not answer
     */
    Acquaintance ask(CompanyId company, PhoneNumber number, Instant since);

    default Acquaintance ask(CompanyId company, PhoneNumber number) {
        return ask(company, number, Instant.EPOCH);
    }

    /** What is remembered; no system is asked. */
    Acquaintance known(CompanyId company, PhoneNumber number);
}
