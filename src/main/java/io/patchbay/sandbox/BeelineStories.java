package io.patchbay.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What may happen to a call, from ringing to the last event, by the sequences of contracts/pbx/beeline.md section 3.2. Everything is
 * decided by the arguments, the beginning and the seed of the ids.
 */
public final class BeelineStories {

    private static final Duration RING = Duration.ofMillis(7_421);
    private static final Duration PATIENCE = Duration.ofSeconds(18); // a hunt group's time for one agent
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration HAND_OVER = Duration.ofMillis(30);
    private static final String HERE = "localRelease";
    private static final String THERE = "remoteRelease";

    private final BeelineIds ids;
    private final Instant start;
    private final Duration talk;

    BeelineStories(BeelineIds ids, Instant start) {
        this(ids, start, MINUTE);
    }

    private BeelineStories(BeelineIds ids, Instant start, Duration talk) {
        this.ids = ids;
        this.start = start;
        this.talk = talk;
    }

    /** Each talk takes so long; a minute without this. */
    public BeelineStories talking(Duration length) {
        return new BeelineStories(ids, start, length);
    }

    /** How a call ordered through the API goes. */
    public enum ClickOutcome {
        ANSWERED,
        CLIENT_SILENT,
        CLIENT_BUSY,
        EMPLOYEE_SILENT,
        EMPLOYEE_REFUSES
    }

    /** How a call from an employee's phone goes. */
    public enum OutboundOutcome {
        ANSWERED,
        SILENT,
        BUSY,
        NO_SUCH_NUMBER
    }

    /** The client dials the employee's own number. */
    public BeelineStory answered(BeelineParty caller, BeelineEmployee employee) {
        var t = telling("inbound answered", "");
        var leg = t.called(employee, caller);
        leg.received();
        t.after(RING);
        leg.answered();
        t.after(talk);
        leg.released(THERE);
        return t.told();
    }

    /** The line's call goes straight to one employee. */
    public BeelineStory answeredOnLine(BeelineParty caller, String line, BeelineEmployee employee) {
        var t = telling("inbound answered on a line", line);
        var leg = t.called(employee, caller).passedOn(List.of(byLine(line)));
        leg.received();
        t.after(RING);
        leg.answered();
        t.after(talk);
        leg.released(HERE);
        return t.told();
    }

    public BeelineStory answeredWithHold(BeelineParty caller, BeelineEmployee employee, Duration held) {
        var t = telling("inbound answered with hold", "");
        var leg = t.called(employee, caller);
        leg.received();
        t.after(RING);
        leg.answered();
        t.after(talk.dividedBy(2));
        leg.held();
        t.after(held);
        leg.retrieved();
        t.after(talk.dividedBy(2));
        leg.released(HERE);
        return t.told();
    }

    /** The client gives up while the employee's phone rings. */
    public BeelineStory missed(BeelineParty caller, BeelineEmployee employee) {
        var t = telling("missed", "");
        var leg = t.called(employee, caller);
        leg.received();
        t.after(PATIENCE);
        leg.released(THERE);
        return t.told();
    }

    /** The employee's phone is engaged, or he rejects the call. */
    public BeelineStory busy(BeelineParty caller, BeelineEmployee employee) {
        var t = telling("busy", "");
        var leg = t.called(employee, caller);
        leg.received();
        t.afterMillis(1_200);
        leg.failed(HERE, "Busy", "");
        return t.told();
    }

    /** The hunt group tries one after the other; the client hangs up at the last. */
    public BeelineStory missedByGroup(BeelineParty caller, String line, List<BeelineEmployee> agents) {
        var t = telling("missed by the group", line);
        var group = t.service(BeelineCompany.GROUP, caller);
        t.afterMillis(800);
        skip(t, caller, line, agents, 0);
        t.afterMillis(4);
        group.released(THERE);
        return t.told();
    }

    /** The first agents let it ring, the last answers. */
    public BeelineStory huntGroup(
            BeelineParty caller, String line, List<BeelineEmployee> skipped, BeelineEmployee answering) {
        var t = telling("hunt group with skip", line);
        t.afterMillis(900);
        var waited = skip(t, caller, line, skipped, 0);
        t.after(HAND_OVER);
        var leg = agent(t, caller, line, answering, waited);
        leg.received();
        t.afterMillis(4_150);
        leg.answered();
        t.after(talk);
        leg.released(HERE);
        return t.told();
    }

    /** All phones of the group ring at once. */
    public BeelineStory ringsAll(
            BeelineParty caller, String line, BeelineEmployee answering, List<BeelineEmployee> others) {
        var t = telling("simultaneous ringing", line);
        var all = new ArrayList<BeelineActor>();
        for (var other : others) {
            var leg = agent(t, caller, line, other, 0);
            leg.received();
            all.add(leg);
        }
        var leg = agent(t, caller, line, answering, 0);
        leg.received();
        t.after(RING);
        leg.answered();
        t.afterMillis(40);
        all.forEach(silent -> silent.released(THERE));
        t.after(talk);
        leg.released(THERE);
        return t.told();
    }

    /** The menu picks up, the client hangs up in it. */
    public BeelineStory menuHangUp(BeelineParty caller, String line) {
        var t = telling("menu hang-up", line);
        var menu = t.service(BeelineCompany.MENU, caller).passedOn(List.of(byLine(line)));
        menu.received();
        t.afterMillis(150);
        menu.answered();
        t.afterMillis(12_000);
        menu.released(THERE);
        return t.told();
    }

    public BeelineStory blindTransfer(
            BeelineParty caller, String line, BeelineEmployee from, BeelineEmployee to, boolean answered) {
        var t = telling(answered ? "blind transfer" : "blind transfer that nobody takes", line);
        var first = t.called(from, caller).passedOn(List.of(byLine(line)));
        first.received();
        t.after(RING);
        first.answered();
        t.after(talk.dividedBy(2));
        first.redirected(to.extension(), "transfer");
        t.afterMillis(10);
        var second = t.called(to, caller)
                .passedOn(List.of(Map.entry(BeelineParty.colleague(from), "transfer"), byLine(line)));
        second.received();
        if (answered) {
            t.after(RING);
            second.answered();
            t.after(talk);
        } else {
            t.after(PATIENCE);
        }
        second.released(THERE);
        return t.told();
    }

    /** The transfer is not taken and comes back to the one who made it: a second ringing of the same employee. */
    public BeelineStory recalledTransfer(BeelineParty caller, String line, BeelineEmployee from, BeelineEmployee to) {
        var t = telling("blind transfer that comes back", line);
        var first = t.called(from, caller).passedOn(List.of(byLine(line)));
        first.received();
        t.after(RING);
        first.answered();
        t.after(talk.dividedBy(2));
        first.redirected(to.extension(), "transfer");
        t.afterMillis(10);
        var second = t.called(to, caller)
                .passedOn(List.of(Map.entry(BeelineParty.colleague(from), "transfer"), byLine(line)));
        second.received();
        t.after(PATIENCE);
        second.released(THERE);
        t.after(HAND_OVER);
        var again = t.called(from, caller).passedOn(List.of(byLine(line)));
        again.recalled("Call Transfer Recall");
        t.after(RING);
        again.answered();
        t.after(talk.dividedBy(2));
        again.released(THERE);
        return t.told();
    }

    /**
     * The first asks the second in a call of its own and joins the two: the second's leg moves into the client's session.
     * Seen in reality: both of the first's legs are detached at once and have different tracking ids [code] contracts/pbx, Xsi, section 8.4.
     */
    public BeelineStory attendedTransfer(BeelineParty caller, String line, BeelineEmployee from, BeelineEmployee to) {
        var t = telling("attended transfer", line);
        var first = t.called(from, caller).passedOn(List.of(byLine(line)));
        first.received();
        t.after(RING);
        first.answered();
        t.after(talk.dividedBy(2));
        first.held();
        t.afterMillis(2_000);
        var session = ids.uuid();
        var question = t.calls(from, BeelineParty.colleague(to), session);
        question.dials();
        t.afterMillis(120);
        var second = t.called(to, BeelineParty.colleague(from), session);
        second.received();
        t.afterMillis(5_000);
        question.answered();
        second.answered();
        t.afterMillis(10_000);
        first.redirected(to.extension(), "transfer", question);
        second.transferredTo(caller, t.tracking());
        t.after(talk);
        second.released(THERE);
        return t.told();
    }

    /** Nobody takes it at the first employee; his forwarding sends it to the second. */
    public BeelineStory forwarded(BeelineParty caller, BeelineEmployee from, BeelineEmployee to) {
        var t = telling("forwarded after no answer", "");
        var first = t.called(from, caller);
        first.received();
        t.after(PATIENCE);
        first.redirected(to.extension(), "no-answer");
        t.afterMillis(10);
        var second = t.called(to, caller).passedOn(List.of(Map.entry(BeelineParty.colleague(from), "no-answer")));
        second.received();
        t.after(RING);
        second.answered();
        t.after(talk);
        second.released(HERE);
        return t.told();
    }

    /** A colleague takes a call that rings at another's desk. */
    public BeelineStory pickedUp(BeelineParty caller, BeelineEmployee ringing, BeelineEmployee picking) {
        var t = telling("picked up by a colleague", "");
        var desk = t.called(ringing, caller);
        desk.received();
        t.after(RING);
        var taker = t.called(picking, caller);
        taker.received();
        taker.answered();
        t.afterMillis(20);
        desk.released(THERE);
        t.after(talk);
        taker.released(HERE);
        return t.told();
    }

    public BeelineStory outbound(BeelineEmployee employee, BeelineParty client, OutboundOutcome outcome) {
        var t = telling("outbound " + outcome, "");
        var leg = t.calls(employee, client);
        leg.dials();
        t.afterMillis(11_250);
        switch (outcome) {
            case ANSWERED -> {
                leg.answered();
                t.after(talk);
                leg.released(HERE);
            }
            case SILENT -> leg.released(HERE);
            case BUSY -> refused(t, leg, "Busy");
            case NO_SUCH_NUMBER -> refused(t, leg, "User Not Found");
        }
        return t.told();
    }

    /** Two events a phase, one for each side. */
    public BeelineStory internal(BeelineEmployee from, BeelineEmployee to, boolean answered) {
        var t = telling("internal", "");
        var caller = t.calls(from, BeelineParty.colleague(to));
        caller.dials();
        t.afterMillis(120);
        var callee = t.called(to, BeelineParty.colleague(from));
        callee.received();
        t.after(RING);
        if (answered) {
            caller.answered();
            callee.answered();
            t.after(talk);
        }
        caller.released(HERE);
        callee.released(THERE);
        return t.told();
    }

    public BeelineStory clickToCall(BeelineEmployee employee, BeelineParty client, ClickOutcome outcome) {
        return clickToCall(employee, client, outcome, ids.uuid(), ids.callHalf());
    }

    BeelineStory clickToCall(
            BeelineEmployee employee, BeelineParty client, ClickOutcome outcome, String tracking, String callId) {
        var t = new BeelineTelling("click-to-call " + outcome, ids, tracking, "", start);
        var leg = t.orders(employee, client, callId);
        leg.ordered();
        t.afterMillis(6_000);
        switch (outcome) {
            case EMPLOYEE_SILENT -> {
                t.afterMillis(24_000);
                leg.failed(HERE, "Request Timeout", "111");
            }
            case EMPLOYEE_REFUSES -> leg.failed(HERE, "Forbidden", "111");
            case CLIENT_SILENT -> {
                leg.dials();
                t.afterMillis(35_000);
                leg.released(HERE);
            }
            case CLIENT_BUSY -> {
                leg.dials();
                t.afterMillis(3_000);
                refused(t, leg, "Busy");
            }
            case ANSWERED -> {
                leg.dials();
                t.afterMillis(15_000);
                leg.answered();
                t.after(talk);
                leg.released(THERE);
            }
        }
        return t.told();
    }

    private static void refused(BeelineTelling t, BeelineActor leg, String cause) {
        leg.releasing(cause);
        t.afterMillis(4_000);
        leg.released(HERE);
    }

    private static long skip(
            BeelineTelling t, BeelineParty caller, String line, List<BeelineEmployee> agents, long waited) {
        var seconds = waited;
        for (var each : agents) {
            var leg = agent(t, caller, line, each, seconds);
            leg.received();
            t.after(PATIENCE).after(HAND_OVER);
            leg.released(THERE);
            t.after(HAND_OVER);
            seconds += PATIENCE.toSeconds();
        }
        return seconds;
    }

    private static BeelineActor agent(
            BeelineTelling t, BeelineParty caller, String line, BeelineEmployee employee, long waited) {
        return t.called(employee, caller)
                .passedOn(List.of(Map.entry(BeelineParty.group(), "hunt-group"), byLine(line)))
                .fromQueue(caller, waited);
    }

    private static Map.Entry<BeelineParty, String> byLine(String line) {
        return Map.entry(BeelineParty.line(line), "deflection");
    }

    private BeelineTelling telling(String name, String line) {
        return new BeelineTelling(name, ids, ids.uuid(), line, start);
    }
}
