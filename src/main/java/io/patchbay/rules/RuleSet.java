package io.patchbay.rules;

import io.patchbay.call.Call;
import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.Extension;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.ResponsibleRule;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done for a company's calls in one connected system. The {@link #DEFAULT} ships, so that the first call works untouched.
 *
 * @param logged         directions of calls that get an entry; a colleague's call never does
 * @param cards          directions of calls that show a card while they last
 * @param newClients     directions in which an unknown number becomes a client
 * @param responsible    whose call it was
 * @param missedCallTask empty for no task
 * @param recordingWait  how long an answered call waits for its recording before it is logged, in a system that cannot take the
 *                       recording later
 */
public record RuleSet(
        Set<Direction> logged,
        Set<Direction> cards,
        Set<Direction> newClients,
        ResponsibleRule responsible,
        Optional<MissedCallTask> missedCallTask,
        Duration recordingWait) {

    public static final RuleSet DEFAULT = new RuleSet(
            Set.of(Direction.INBOUND, Direction.OUTBOUND),
            Set.of(Direction.INBOUND, Direction.OUTBOUND),
            Set.of(Direction.INBOUND),
            ResponsibleRule.LAST_SPOKE,
            Optional.of(new MissedCallTask(Duration.ofHours(1), Duration.ofHours(24))),
            Duration.ofSeconds(20));

    public RuleSet {
        logged = Set.copyOf(logged);
        cards = Set.copyOf(cards);
        newClients = Set.copyOf(newClients);
    }

    /** Whether the call gets an entry. One without a usable number gets it without a client, but only when somebody called us. */
    public boolean log(Call call) {
        return switch (call.direction()) {
            case INTERNAL -> false;
            case INBOUND -> logged.contains(Direction.INBOUND) && !(call.client() instanceof Extension);
            case OUTBOUND -> logged.contains(Direction.OUTBOUND) && call.client() instanceof PhoneNumber;
        };
    }

    /** Whether employees see a card while the call rings. */
    public boolean showCards(Call call) {
        return log(call) && cards.contains(call.direction());
    }

    /** Whether an unknown caller becomes a client. Only a public number ever does. */
    public boolean makeClient(Call call) {
        return log(call) && newClients.contains(call.direction()) && call.client() instanceof PhoneNumber;
    }

    /** The task this verdict asks for. A call that nobody can be called back for gets none. */
    public Optional<MissedCallTask> task(Call call, CallResult result) {
        return missedCallTask.filter(
                task -> result == CallResult.MISSED && log(call) && call.client() instanceof PhoneNumber);
    }
}
