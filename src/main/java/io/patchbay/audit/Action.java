package io.patchbay.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done that is written down, and to what kind of thing. It is stored by its word, so a name is for ever. */
public enum Action {
    HUB_STARTED(Thing.HUB),
    KEY_ROTATED(Thing.HUB),

    OWNER_MADE(Thing.USER),
    SIGNED_IN(Thing.USER),
    SIGNED_OUT(Thing.USER),
    SIGN_IN_FAILED(Thing.USER),
    SIGN_IN_THROTTLED(Thing.USER),
    USER_MADE(Thing.USER),
    USER_CHANGED(Thing.USER),
    INVITED(Thing.INVITATION),
    INVITATION_WITHDRAWN(Thing.INVITATION),
    TOKEN_MADE(Thing.TOKEN),
    TOKEN_REVOKED(Thing.TOKEN),

    CONNECTION_ADDED(Thing.CONNECTION),
    CONNECTION_CHANGED(Thing.CONNECTION),
    CONNECTION_HANDED_OVER(Thing.CONNECTION),
    CONNECTION_SWITCHED_ON(Thing.CONNECTION),
    CONNECTION_SWITCHED_OFF(Thing.CONNECTION),
    CONNECTION_REMOVED(Thing.CONNECTION),
    CONNECTION_CHECKED(Thing.CONNECTION),
    HOOK_ADDRESS_CHANGED(Thing.CONNECTION),
    HOOK_ADDRESSES_ENDED(Thing.CONNECTION),
    HOOK_SENDERS_SET(Thing.CONNECTION),
    RULES_SET(Thing.CONNECTION),
    FIELDS_SET(Thing.CONNECTION),
    EMPLOYEES_READ(Thing.CONNECTION),
    EMPLOYEES_ACCEPTED(Thing.CONNECTION),

    EMPLOYEE_ADDED(Thing.EMPLOYEE),
    EMPLOYEE_CHANGED(Thing.EMPLOYEE),
    CLIENT_ADDED(Thing.CLIENT),
    CLIENT_CHANGED(Thing.CLIENT),
    CLIENTS_IMPORTED(Thing.COMPANY),
    CLIENT_POLICY_SET(Thing.COMPANY),
    HOURS_SET(Thing.COMPANY),
    RETENTION_SET(Thing.COMPANY),
    CALL_REPLAYED(Thing.CALL),
    RECORDING_HEARD(Thing.CALL),

    RUN_BEGUN(Thing.RUN),
    PERSON_SEEN(Thing.PERSON),
    PERSON_EXPORTED(Thing.PERSON),
    PERSON_ERASED(Thing.PERSON),

    RUN_STARTED(Thing.RUN),
    RUN_CANCELLED(Thing.RUN);

    /** Kinds of things that something is done to. */
    public enum Thing {
        HUB,
        COMPANY,
        USER,
        INVITATION,
        TOKEN,
        CONNECTION,
        EMPLOYEE,
        CLIENT,
        CALL,
        PERSON,
        RUN
    }

    private final Thing thing;

    Action(Thing thing) {
        this.thing = thing;
    }

    public Thing thing() {
        return thing;
    }

    /** How it is stored, written in the API and in the keys of texts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Action> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
