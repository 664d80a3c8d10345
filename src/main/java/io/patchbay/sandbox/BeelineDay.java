package io.patchbay.sandbox;

import io.patchbay.sandbox.BeelineStories.OutboundOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** An office's ordinary calls, one after the other, as a demonstration needs them: the same with the same seed. Not thread-safe. */
public final class BeelineDay {

    private final BeelinePbx pbx;
    private final List<BeelineParty> clients;
    private final Random random;

    /** @param clients who calls and is called, e.g. {@code +79000001234}; at least one */
    public BeelineDay(BeelinePbx pbx, List<String> clients, long seed) {
        if (clients.isEmpty()
                || pbx.company().employees().size() < 2
                || pbx.company().numbers().isEmpty()) {
            throw new IllegalArgumentException("A day needs a client, two employees and an inbound number.");
        }
        this.pbx = pbx;
        this.clients = clients.stream().map(BeelineParty::outside).toList();
        this.random = new Random(seed);
    }

    /** What happens next, beginning now. Talks take from 5 seconds to 3 minutes. */
    public BeelineStory next() {
        var stories = pbx.stories().talking(Duration.ofSeconds(5 + random.nextInt(175)));
        var client = clients.get(random.nextInt(clients.size()));
        var line = pbx.company()
                .numbers()
                .get(random.nextInt(pbx.company().numbers().size()));
        var staff = new ArrayList<>(pbx.company().employees());
        Collections.shuffle(staff, random);
        var one = staff.get(0);
        var other = staff.get(1);
        // out of 20 calls
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> stories.answeredOnLine(client, line, one);
            case 4, 5, 6 -> stories.huntGroup(client, line, List.of(other), one);
            case 7 -> stories.ringsAll(client, line, one, List.of(other));
            case 8, 9 -> stories.missedByGroup(client, line, List.of(one, other));
            case 10 -> stories.menuHangUp(client, line);
            case 11 -> stories.missed(BeelineParty.hidden(), one);
            case 12 -> stories.blindTransfer(client, line, one, other, true);
            case 13 -> stories.attendedTransfer(client, line, one, other);
            case 14, 15, 16 -> stories.outbound(one, client, OutboundOutcome.ANSWERED);
            case 17 -> stories.outbound(one, client, OutboundOutcome.SILENT);
            case 18 -> stories.outbound(one, client, OutboundOutcome.BUSY);
            default -> stories.internal(one, other, true);
        };
    }
}
