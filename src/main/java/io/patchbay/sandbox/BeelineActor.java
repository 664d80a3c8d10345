package io.patchbay.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One party's leg while a story is told: each method is one event of this leg at the story's present instant. */
final class BeelineActor {

    private final BeelineTelling telling;
    private final String target;
    private final Optional<BeelineEmployee> employee;
    private final boolean inbound;
    private BeelineParty remote;
    private BeelineLeg leg;

    BeelineActor(
            BeelineTelling telling,
            String target,
            Optional<BeelineEmployee> employee,
            boolean inbound,
            BeelineParty remote,
            BeelineLeg leg) {
        this.telling = telling;
        this.target = target;
        this.employee = employee;
        this.inbound = inbound;
        this.remote = remote;
        this.leg = leg;
    }

    /** The call came by a line, and then through these, the newest first. */
    BeelineActor passedOn(List<Map.Entry<BeelineParty, String>> oldestLast) {
        leg = leg.redirected(oldestLast);
        return this;
    }

    BeelineActor fromQueue(BeelineParty caller, long waitSeconds) {
        leg = leg.fromQueue(caller, waitSeconds);
        return this;
    }

    void received() {
        tell("CallReceivedEvent");
        // the phone that rings is told from the answer on
        leg = leg.without("recallType").onPhoneOf(target);
    }

    void recalled(String type) {
        leg = leg.with("recallType", type);
        received();
    }

    void ordered() {
        tell("CallOriginatingEvent");
    }

    void dials() {
        leg = leg.with("personality", "Originator").remote(remote).onPhoneOf(target);
        tell("CallOriginatedEvent");
    }

    void answered() {
        leg = leg.answered(now());
        if (employee.filter(BeelineEmployee::recorded).isPresent() && remote.isOutside()) {
            leg = leg.recording();
        }
        tell("CallAnsweredEvent");
        leg = leg.without("allowedRecordingControls").without("recordingState");
    }

    void held() {
        leg = leg.held(now());
        tell("CallHeldEvent");
    }

    void retrieved() {
        var since = leg.time("heldTime").orElseThrow();
        leg = leg.retrieved(Duration.between(since, now()).toMillis());
        tell("CallRetrievedEvent");
    }

    /** The far end refused, this side still hears why. */
    void releasing(String cause) {
        var before = leg;
        leg = leg.with("state", "Active").failed(cause, "");
        tell("CallReleasingEvent");
        leg = before.failed(cause, "");
    }

    void released(String by) {
        leg = leg.released(by, now());
        tell("CallReleasedEvent");
    }

    void failed(String by, String cause, String code) {
        leg = leg.failed(cause, code);
        released(by);
    }

    /** Another far end, perhaps in another session: what stays after a transfer. */
    void transferredTo(BeelineParty party, String tracking) {
        remote = party;
        leg = leg.remote(party).with("extTrackingId", tracking);
        tell("CallTransferredEvent");
    }

    void pickedUp(BeelineParty by) {
        remote = by;
        leg = leg.remote(by);
        tell("CallPickedUpEvent");
    }

    /** Both legs of an attended transfer stand in one event. */
    void redirected(String to, String reason, BeelineActor... consulted) {
        leg = leg.detached(to, reason, now());
        var both = new ArrayList<>(List.of(leg));
        for (var other : consulted) {
            other.leg = other.leg.detached(remote.number(), reason, now());
            both.add(other.leg);
        }
        telling.moment(target, "CallRedirectedEvent", both, true);
    }

    Optional<BeelineRow> row() {
        return employee.map(e -> new BeelineRow(
                e,
                inbound,
                remote.number(),
                leg.time("startTime").orElseThrow(),
                leg.time("answerTime"),
                leg.time("detachedTime").or(() -> leg.time("releaseTime")).orElse(now()),
                leg.part("extTrackingId").orElseThrow(),
                leg.part("callId").orElseThrow()));
    }

    private void tell(String kind) {
        telling.moment(target, kind, List.of(leg), false);
    }

    private Instant now() {
        return telling.now();
    }
}
