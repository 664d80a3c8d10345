package io.patchbay.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A story in the making: its clock, its legs and what was pushed so far. Not thread-safe. */
final class BeelineTelling {

    private final String name;
    private final BeelineIds ids;
    private final String tracking;
    private final String line;
    private final List<BeelineStory.Moment> moments = new ArrayList<>();
    private final List<BeelineActor> actors = new ArrayList<>();
    private Instant now;

    /** @param line ten digits, empty for none */
    BeelineTelling(String name, BeelineIds ids, String tracking, String line, Instant start) {
        this.name = name;
        this.ids = ids;
        this.tracking = tracking;
        this.line = line;
        this.now = start;
    }

    Instant now() {
        return now;
    }

    String tracking() {
        return tracking;
    }

    BeelineTelling after(Duration passed) {
        now = now.plus(passed);
        return this;
    }

    BeelineTelling afterMillis(long passed) {
        return after(Duration.ofMillis(passed));
    }

    /** An employee is called. */
    BeelineActor called(BeelineEmployee employee, BeelineParty caller) {
        return called(employee, caller, tracking);
    }

    BeelineActor called(BeelineEmployee employee, BeelineParty caller, String session) {
        return actor(employee.userId(), Optional.of(employee), "Terminator", caller, session, ids.callHalf());
    }

    /** A group or a menu is called. */
    BeelineActor service(String userId, BeelineParty caller) {
        return actor(userId, Optional.empty(), "Terminator", caller, tracking, ids.callHalf());
    }

    /** An employee calls from his phone. */
    BeelineActor calls(BeelineEmployee employee, BeelineParty callee) {
        return calls(employee, callee, tracking);
    }

    BeelineActor calls(BeelineEmployee employee, BeelineParty callee, String session) {
        return actor(employee.userId(), Optional.of(employee), "Originator", callee, session, ids.callHalf());
    }

    /** An employee's phone rings because the API was asked for a call. */
    BeelineActor orders(BeelineEmployee employee, BeelineParty callee, String callId) {
        return actor(employee.userId(), Optional.of(employee), "Click-to-Dial", callee, tracking, callId);
    }

    private BeelineActor actor(
            String target,
            Optional<BeelineEmployee> employee,
            String personality,
            BeelineParty remote,
            String session,
            String callId) {
        var shown = personality.equals("Click-to-Dial") ? remote.called("Unknown") : remote;
        var leg = BeelineLeg.of(callId, session, personality, shown, now);
        var actor = new BeelineActor(this, target, employee, personality.equals("Terminator"), remote, leg);
        actors.add(actor);
        return actor;
    }

    void moment(String target, String kind, List<BeelineLeg> legs, boolean listed) {
        moments.add(new BeelineStory.Moment(now, target, kind, List.copyOf(legs), listed));
    }

    BeelineStory told() {
        var rows = actors.stream().flatMap(actor -> actor.row().stream()).toList();
        return new BeelineStory(name, tracking, line, List.copyOf(moments), rows);
    }
}
