package io.patchbay.access;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.audit.WhoActs;
import io.patchbay.company.CompanyId;
import org.springframework.stereotype.Component;

/**
 * Writes down who came in and who tried to. What was tried with the login of a user stands in that user's company; the rest in the first company, which whoever
 * runs the hub looks after, and without what was typed: people type passwords into the wrong field.
 */
@Component
class SignInNotes {

    private static final CompanyId FIRST = new CompanyId(1);

    private final Users users;
    private final WhoActs who;
    private final Audit audit;

    SignInNotes(Users users, WhoActs who, Audit audit) {
        this.users = users;
        this.who = who;
        this.audit = audit;
    }

    void succeeded(User user) {
        audit.note(
                user.company(),
                user.caller().actor().from(who.now().address()),
                Deed.of(Action.SIGNED_IN, user.id(), user.login()));
    }

    void failed(String login) {
        tried(Action.SIGN_IN_FAILED, login);
    }

    void throttled(String login) {
        tried(Action.SIGN_IN_THROTTLED, login);
    }

    private void tried(Action action, String login) {
        users.withLogin(login).ifPresentOrElse(user -> note(action, user), () -> audit.note(FIRST, Deed.of(action)));
    }

    private void note(Action action, User user) {
        audit.note(user.company(), Deed.of(action, user.id(), user.login()));
    }
}
