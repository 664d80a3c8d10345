package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.CallResult;
import io.patchbay.call.Leg;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.ResponsibleRule;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.connector.Operation;
import io.patchbay.rules.Occasion;
import io.patchbay.rules.PopUp;
import io.patchbay.rules.Responsible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes one {@link Plan}. It states what must be true now, and lets the ledger say what of it is not yet; nothing is remembered between
 * two plans, so that retry, replay and late facts need no code of their own.
 */
final class Planner {

    private final Situation situation;
    private final Call call;
    private final CallResult result;
    private final Occasion occasion;
    private final Map<Key, Effect> ledger = new LinkedHashMap<>();
    private final Map<Key, List<Step.Part>> due = new LinkedHashMap<>();
    private final Set<Key> wanted = new HashSet<>();
    private final List<Instant> looks = new ArrayList<>();

    private record Key(EffectKind kind, String subject) {}

    Planner(Situation situation) {
        this.situation = situation;
        this.call = situation.call();
        this.result = call.result(situation.now());
        situation.ledger().forEach(e -> ledger.put(new Key(e.kind(), e.subject()), e));
        // whom this call itself made a client was unknown when it came
        this.occasion = new Occasion(
                call,
                result,
                situation.clientKnown() && stored(EffectKind.CREATE_CLIENT).isEmpty());
    }

    Plan plan() {
        if (situation.rules().log(occasion)
                || isDone(stored(EffectKind.OPEN_CALL))) { // an entry that is there must be closed
            if (opensAndCloses()) {
                openAndClose();
            } else if (can(Operation.LOG_CALL)) {
                logOnce();
            } else if (!isSettled()) {
                cards();
            }
        }
        if (!isSettled() && situation.rules().mayConcern(call)) {
            call.settledAt().ifPresent(looks::add);
        }
        callBack();
        return new Plan(
                due.entrySet().stream()
                        .map(step -> new Step(step.getKey().kind(), step.getValue()))
                        .toList(),
                obsolete(),
                looks.stream().min(Comparator.naturalOrder()));
    }

    /** A target may turn out to open no calls in the way this connection logs in; then it logs them. */
    private boolean opensAndCloses() {
        return can(Operation.OPEN_CALL)
                && can(Operation.CLOSE_CALL)
                && !(can(Operation.LOG_CALL)
                        && stored(EffectKind.OPEN_CALL)
                                .filter(e -> e.state() == EffectState.SKIPPED)
                                .isPresent());
    }

    private void openAndClose() {
        if (isSettled() || reachedSomebody()) {
            if (!clientIsReady() || !isDone(want(EffectKind.OPEN_CALL, "", opener()))) {
                return;
            }
        }
        if (!stored(EffectKind.OPEN_CALL).map(Effect::isDone).orElse(false)) {
            return;
        }
        var closed = isDone(stored(EffectKind.CLOSE_CALL));
        if (!isSettled()) {
            if (!closed) { // else the call went on after its verdict, and the entry takes no more cards
                cards();
            }
        } else {
            if (!closed) {
                hideCards();
            }
            if (isDone(want(EffectKind.CLOSE_CALL, "", responsible()))) {
                afterEntry();
            }
        }
    }

    private void logOnce() {
        if (!isSettled()) {
            cards();
            return;
        }
        hideCards();
        var complete = recordingDeadline();
        if (complete.isPresent() && stored(EffectKind.LOG_CALL).isEmpty()) {
            looks.add(complete.get());
            return;
        }
        if (clientIsReady() && isDone(want(EffectKind.LOG_CALL, "", responsible()))) {
            afterEntry();
        }
    }

    /** A card in a target that keeps one client for a number must exist before the entry that names it. */
    private boolean clientIsReady() {
        if (situation.clientKnown()
                || !can(Operation.CREATE_CLIENT)
                || !situation.rules().newClient(occasion).wanted()) {
            return true;
        }
        // a refused client must not keep the call itself out of the target
        return want(EffectKind.CREATE_CLIENT, "", responsible())
                .map(Effect::isOver)
                .orElse(false);
    }

    private void afterEntry() {
        if (can(Operation.ATTACH_RECORDING)) {
            recordings(call).forEach(r -> want(EffectKind.ATTACH_RECORDING, recordingKey(r), r.seat()));
        }
        task();
    }

    /** Who asked to be called and was not reached is not to be forgotten, even if the target takes no entry of such a call. */
    private void callBack() {
        if (call.order().filter(order -> order.callBack().isPresent()).isPresent() && isSettled() && !entryIsComing()) {
            task();
        }
    }

    private boolean entryIsComing() {
        return List.of(EffectKind.CREATE_CLIENT, EffectKind.OPEN_CALL, EffectKind.CLOSE_CALL, EffectKind.LOG_CALL)
                .stream()
                .anyMatch(kind -> wanted.contains(new Key(kind, ""))
                        && stored(kind).filter(Effect::isOver).isEmpty());
    }

    private void task() {
        if (can(Operation.CREATE_TASK)) {
            situation
                    .rules()
                    .task(occasion)
                    .filter(task -> stored(EffectKind.CREATE_TASK).isPresent()
                            || call.endedAt()
                                    .orElseThrow()
                                    .plus(task.forgetIn())
                                    .isAfter(situation.now()))
                    .ifPresent(task -> want(EffectKind.CREATE_TASK, "", responsible()));
        }
    }

    private void cards() {
        if (popUp() == PopUp.NEVER) {
            return;
        }
        hideCards();
        if (can(Operation.SHOW_CARD)) {
            call.employees().stream()
                    .filter(seat -> seesCard(seat) && situation.mapped().test(seat))
                    .filter(seat -> shown(seat, false) <= hidden(seat))
                    .forEach(seat -> want(EffectKind.SHOW_CARD, round(seat), Optional.of(seat)));
        }
    }

    /** Who saw a card, does not ring any more and did not answer, sees it no longer. Who spoke keeps it to write into. */
    private void hideCards() {
        if (can(Operation.HIDE_CARD)) {
            call.employees().stream()
                    .filter(seat -> !rings(seat) && !spoke(seat))
                    .filter(seat -> shown(seat, true) > hidden(seat))
                    .filter(seat -> !isSettled() || !waits(EffectKind.HIDE_CARD, round(seat)))
                    .forEach(seat -> want(EffectKind.HIDE_CARD, round(seat), Optional.of(seat)));
        }
    }

    /** Tried in vain before: after the call a card that will not go must not hold up the entry. */
    private boolean waits(EffectKind kind, String subject) {
        return Optional.ofNullable(ledger.get(new Key(kind, subject)))
                .filter(e -> e.state() == EffectState.WAITING)
                .isPresent();
    }

    /** A hunt group comes back to the same employee: each time is a card of its own. */
    private String round(Seat seat) {
        var before = hidden(seat);
        return before == 0 ? seat.id() : seat.id() + "#" + (before + 1);
    }

    private long shown(Seat seat, boolean perhaps) {
        return situation.ledger().stream()
                .filter(e -> e.kind() == EffectKind.SHOW_CARD || (e.kind() == EffectKind.OPEN_CALL && !isLate(e)))
                .filter(e -> e.seat().equals(Optional.of(seat)))
                .filter(e -> e.isDone() || (perhaps && e.state() != EffectState.SKIPPED && e.mayBeDone()))
                .count();
    }

    /** An entry made after the call shows no card. */
    private boolean isLate(Effect open) {
        return call.settledAt()
                .filter(settled -> !open.changedAt().isBefore(settled))
                .isPresent();
    }

    private long hidden(Seat seat) {
        return situation.ledger().stream()
                .filter(e -> e.kind() == EffectKind.HIDE_CARD && e.isDone())
                .filter(e -> e.seat().equals(Optional.of(seat)))
                .count();
    }

    /** The phone rings, and nobody took the call while it rang. Who is rung after an answer is rung because of a transfer. */
    private boolean rings(Seat seat) {
        return !isSettled()
                && call.legs().stream()
                        .filter(leg -> leg.seat().equals(seat) && leg.isRinging())
                        .anyMatch(leg -> call.legs().stream().noneMatch(other -> tookFrom(other, leg)));
    }

    private static boolean tookFrom(Leg other, Leg ringing) {
        return other.spoke()
                && !other.key().equals(ringing.key())
                && !other.answered().orElseThrow().isBefore(ringing.started());
    }

    private boolean spoke(Seat seat) {
        return call.legs().stream().anyMatch(leg -> leg.seat().equals(seat) && leg.spoke());
    }

    private PopUp popUp() {
        return situation.rules().popUp(occasion);
    }

    private boolean seesCard(Seat seat) {
        return popUp() == PopUp.ANSWERED
                ? call.legs().stream().anyMatch(leg -> leg.seat().equals(seat) && leg.isOpen() && leg.spoke())
                : rings(seat);
    }

    /** Somebody is there who is to see a card. */
    private boolean reachedSomebody() {
        return switch (popUp()) {
            case NEVER -> false;
            case RINGING -> cardLegs().anyMatch(leg -> true);
            case ANSWERED -> cardLegs().anyMatch(Leg::spoke);
        };
    }

    private Stream<Leg> cardLegs() {
        return call.legs().stream().filter(leg -> leg.role() == SeatRole.EMPLOYEE && leg.isOpen());
    }

    /** Whose card the entry opens with: while the call lives, somebody whose phone rings or who speaks. */
    private Optional<Seat> opener() {
        return isSettled()
                ? responsible()
                : cardLegs()
                        .filter(leg -> popUp() != PopUp.ANSWERED || leg.spoke())
                        .map(Leg::seat)
                        .filter(situation.mapped())
                        .findFirst();
    }

    private Optional<Seat> responsible() {
        return responsible(situation.rules().responsible(occasion), call);
    }

    /** Who of the call itself stands for this rule; the target's own people come in where the input is written. */
    static Optional<Seat> responsible(Responsible rule, Call call) {
        return call.responsible(rule instanceof Responsible.OfCall ofCall ? ofCall.rule() : ResponsibleRule.LAST_SPOKE);
    }

    /** Set while an answered call may still get its recording, and the target takes it with the entry only. */
    private Optional<Instant> recordingDeadline() {
        if (can(Operation.ATTACH_RECORDING)
                || result != CallResult.ANSWERED
                || !recordings(call).isEmpty()) {
            return Optional.empty();
        }
        return call.settledAt()
                .map(settled -> settled.plus(situation.rules().recordingWait()))
                .filter(situation.now()::isBefore);
    }

    /** Those the hub has; what the PBX said is but a hint where to ask for one. */
    static List<RecordingFact> recordings(Call call) {
        return call.recordings().stream().filter(RecordingFact::isStored).toList();
    }

    /** What tells a call's recordings apart. */
    static String recordingKey(RecordingFact recording) {
        return recording
                .recording()
                .orElseGet(() -> recording.call().value()
                        + recording.seat().map(seat -> "/" + seat.id()).orElse(""));
    }

    private Optional<Effect> want(EffectKind kind, String subject, Optional<Seat> seat) {
        var key = new Key(kind, subject);
        var effect = Optional.ofNullable(ledger.get(key));
        if (wanted.add(key) && effect.map(this::isDue).orElse(true)) {
            var step = kind.isCard() ? new Key(kind, "") : key; // a target takes several cards at once
            due.computeIfAbsent(step, ignored -> new ArrayList<>())
                    .add(new Step.Part(subject, effect.flatMap(Effect::seat).or(() -> seat)));
        }
        return effect;
    }

    private boolean isDue(Effect effect) {
        return switch (effect.state()) {
            case DUE, STARTED -> true;
            case WAITING -> {
                var next = effect.nextAttemptAt().orElse(situation.now());
                if (next.isAfter(situation.now())) {
                    looks.add(next);
                }
                yield !next.isAfter(situation.now());
            }
            case SKIPPED -> effect.kind().isCard(); // the phone rings again
            case DONE, PARKED -> false;
        };
    }

    private List<Effect> obsolete() {
        return situation.ledger().stream()
                .filter(e -> !wanted.contains(new Key(e.kind(), e.subject())))
                .filter(e -> e.state() == EffectState.DUE
                        || e.state() == EffectState.WAITING
                        || e.state() == EffectState.STARTED)
                .filter(this::isPassed)
                .toList();
    }

    private boolean isPassed(Effect effect) {
        return switch (effect.kind()) {
            case CREATE_CLIENT -> situation.clientKnown();
            case HIDE_CARD -> true;
            case SHOW_CARD -> !effect.mayBeDone() || wanted.stream().noneMatch(k -> k.kind() == EffectKind.HIDE_CARD);
            case OPEN_CALL, CLOSE_CALL, LOG_CALL, ATTACH_RECORDING, CREATE_TASK -> false;
        };
    }

    private Optional<Effect> stored(EffectKind kind) {
        return Optional.ofNullable(ledger.get(new Key(kind, "")));
    }

    private static boolean isDone(Optional<Effect> effect) {
        return effect.map(Effect::isDone).orElse(false);
    }

    private boolean isSettled() {
        return result != CallResult.IN_PROGRESS;
    }

    private boolean can(Operation operation) {
        return situation.abilities().contains(operation);
    }
}
