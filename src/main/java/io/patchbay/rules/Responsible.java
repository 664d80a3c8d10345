package io.patchbay.rules;

import io.patchbay.call.ResponsibleRule;

/** Whose call it was. */
public sealed interface Responsible {

    /** Somebody of the call itself. */
    record OfCall(ResponsibleRule rule) implements Responsible {}

    /** Who looks after the client in the connected system; where nobody does, the last who spoke. */
    record ClientsManager() implements Responsible {}

    /** @param employee his id in the connected system */
    record Fixed(String employee) implements Responsible {

        public Fixed {
            if (employee.isBlank()) {
                throw new IllegalArgumentException("A fixed employee needs an id.");
            }
        }
    }
}
