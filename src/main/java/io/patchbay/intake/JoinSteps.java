package io.patchbay.intake;

import io.patchbay.intake.DecodeSteps.Heard;
import io.patchbay.journal.Joined;
import io.patchbay.journal.Journal;
import java.util.List;
import org.springframework.stereotype.Component;

/** What routes/call/join.camel.yaml calls inside its transaction. */
@Component
public class JoinSteps {

    private final Journal journal;

    public JoinSteps(Journal journal) {
        this.journal = journal;
    }

    public List<Joined> join(Heard heard) {
        return journal.join(heard.company(), heard.facts());
    }
}
