package io.patchbay.replay;

import io.patchbay.call.CallId;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectKind;
import io.patchbay.effect.EffectSteps;
import io.patchbay.effect.Ledger;
import io.patchbay.effect.Preview;
import io.patchbay.journal.Journal;
import io.patchbay.replay.Bookmark.Flight;
import io.patchbay.run.Piece;
import io.patchbay.run.Run;
import io.patchbay.run.Tally;
import io.patchbay.run.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Looks again at each call of a {@link Selection} and does what is missing. The work itself is done where all work on effects is done: a call is woken, and its
 * connection's queue looks at it, in the background while the call is not of the last minutes. Only a few are under way at once, so that stopping stops. A call of
 * which nothing is due is not woken at all: a replay that is run twice does nothing the second time.
 */
@Component
class Replay implements Work {

    static final String KIND = "replay";

    /** In {@code about}: the only call. */
    static final String CALL = "call";

    /** In {@code about}: what was given up. */
    static final String PARKED = "parked";

    private static final int PAGE = 50;

    /** Between two questions whether the calls under way were looked at. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Journal journal;
    private final Ledger ledger;
    private final Preview preview;
    private final EffectSteps effects;
    private final ReplayProperties properties;
    private final Clock clock;

    Replay(
            Journal journal,
            Ledger ledger,
            Preview preview,
            EffectSteps effects,
            ReplayProperties properties,
            Clock clock) {
        this.journal = journal;
        this.ledger = ledger;
        this.preview = preview;
        this.effects = effects;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Piece preview(Run run) {
        var selection = new Selection(run, journal, ledger);
        var mark = Bookmark.read(run.bookmark()).mark();
        var page = selection.after(mark, PAGE);
        var tally = Tally.NONE;
        for (var item : page) {
            for (var plan : plans(run, item.call())) {
                tally = tally.and(stands(plan));
                for (var step : plan.enabled() ? plan.steps() : List.<Preview.Planned>of()) {
                    tally = tally.and("would", plan.connection(), word(step.kind()), 1);
                }
                if (plan.enabled() && plan.asksFirst()) {
                    tally = tally.and("would", plan.connection(), "find-client", 1);
                }
            }
            mark = item.mark();
        }
        var piece = Piece.at(new Bookmark(mark, false, List.of()).write()).did(page.size(), tally);
        return page.size() < PAGE
                ? piece.outOf(run.progress().done() + page.size()).andThatIsAll()
                : piece.outOf(run.progress().total().orElseGet(selection::count));
    }

    @Override
    public Piece next(Run run) {
        var begin = Bookmark.read(run.bookmark());
        var round = new Round(run, begin);
        round.land();
        round.goOn();
        var piece = Piece.at(round.bookmark().write()).did(round.done, round.tally);
        if (round.bookmark().ended() && round.flying.isEmpty()) {
            return piece.outOf(run.progress().done() + round.done).andThatIsAll();
        }
        var total = run.progress().total().orElseGet(() -> new Selection(run, journal, ledger).count());
        return piece.outOf(total).thenPause(round.moved ? Duration.ZERO : PAUSE);
    }

    /** One piece of a replay. */
    private final class Round {

        private final Run run;
        private final List<Flight> flying = new ArrayList<>();
        private final List<Flight> before;
        private long mark;
        private boolean ended;
        private long done;
        private boolean moved;
        private Tally tally = Tally.NONE;

        Round(Run run, Bookmark begin) {
            this.run = run;
            this.before = begin.flying();
            this.mark = begin.mark();
            this.ended = begin.ended();
        }

        Bookmark bookmark() {
            return new Bookmark(mark, ended, List.copyOf(flying));
        }

        /** What came of the calls under way. */
        void land() {
            for (var flight : before) {
                var call = new CallId(flight.call());
                var left = new ArrayList<Long>();
                for (var connection : flight.connections()) {
                    if (effects.isLooked(call, connection, Instant.ofEpochMilli(flight.woken()))) {
                        tally = tally.and(cameOf(call, connection, Instant.ofEpochMilli(flight.began())));
                        moved = true;
                    } else {
                        left.add(connection);
                    }
                }
                if (left.isEmpty()) {
                    done++;
                } else {
                    flying.add(new Flight(flight.call(), flight.began(), flight.woken(), left));
                }
            }
        }

        void goOn() {
            if (ended || flying.size() >= properties.atOnce()) {
                return;
            }
            var page = new Selection(run, journal, ledger).after(mark, PAGE);
            for (var item : page) {
                if (flying.size() >= properties.atOnce()) {
                    return;
                }
                take(item.call());
                mark = item.mark();
                moved = true;
            }
            ended = page.size() < PAGE;
        }

        private void take(CallId call) {
            var due = new ArrayList<Long>();
            for (var plan : plans(run, call)) {
                tally = tally.and(stands(plan));
                if (plan.enabled() && (!plan.steps().isEmpty() || plan.asksFirst())) {
                    due.add(plan.connection());
                }
            }
            if (due.isEmpty()) {
                done++;
                return;
            }
            var began = clock.millis();
            due.forEach(connection -> effects.replay(run.company(), call, connection));
            flying.add(new Flight(call.value(), began, clock.millis(), due));
        }
    }

    private List<Preview.OfConnection> plans(Run run, CallId call) {
        return journal.find(run.company(), call).stream()
                .flatMap(stored -> preview.again(stored).stream())
                .filter(plan -> run.scope().connection().stream().allMatch(only -> only == plan.connection()))
                .toList();
    }

    /** What is done already, and why what is not is not to be done. */
    private static Tally stands(Preview.OfConnection plan) {
        var tally = Tally.NONE;
        for (var kind : plan.stands()) {
            tally = tally.and("already", plan.connection(), word(kind), 1);
        }
        if (!plan.enabled() && !plan.steps().isEmpty()) {
            return tally.and("skipped", plan.connection(), "switched-off", 1);
        }
        if (plan.stands().isEmpty() && plan.steps().isEmpty() && !plan.asksFirst()) {
            return tally.and("skipped", plan.connection(), plan.lookAgain().isPresent() ? "goes-on" : "rules", 1);
        }
        return tally;
    }

    private Tally cameOf(CallId call, long connection, Instant began) {
        var tally = Tally.NONE;
        for (var effect : ledger.of(call, connection)) {
            tally = switch (effect.state()) {
                case DONE -> isNews(effect, began) ? tally.and("done", connection, word(effect.kind()), 1) : tally;
                case PARKED -> tally.and("parked", connection, word(effect.kind()), 1);
                case DUE, STARTED, WAITING -> tally.and("waiting", connection, word(effect.kind()), 1);
                case SKIPPED -> tally;
            };
        }
        return tally;
    }

    private static boolean isNews(Effect effect, Instant began) {
        return !effect.changedAt().isBefore(began);
    }

    private static String word(EffectKind kind) {
        return kind.operation().word();
    }
}
