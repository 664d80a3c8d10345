package io.patchbay.journal;

import io.patchbay.call.CallFact;
import io.patchbay.company.CompanyId;
import java.time.Instant;

/** Who was erased, so that what is told of them later does not bring them back. */
public interface ErasedPersons {

    /** Nobody ever was. */
    ErasedPersons NONE = new ErasedPersons() {
        @Override
        public CallFact without(CompanyId company, CallFact fact) {
            return fact;
        }

        @Override
        public boolean isNamed(CompanyId company, String text, Instant at) {
            return false;
        }
    };

    /**
     * The fact as it may be kept: of a time before somebody's erasure, or of a call that was erased, it tells nobody. A call that begins later is told as it is:
     * the person has turned to the company anew.
     */
    CallFact without(CompanyId company, CallFact fact);

    /** Whether a text of that time names somebody who was erased since. */
    boolean isNamed(CompanyId company, String text, Instant at);
}
