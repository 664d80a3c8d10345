package io.patchbay.console;

import io.patchbay.call.Call;
import io.patchbay.call.Leg;
import io.patchbay.call.SeatRole;
import io.patchbay.console.CallUnfolded.EffectView;
import io.patchbay.console.CallUnfolded.FactView;
import io.patchbay.console.CallUnfolded.LegView;
import io.patchbay.console.CallUnfolded.RecordingView;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectKind;
import io.patchbay.effect.EffectState;
import io.patchbay.journal.StoredCall;
import io.patchbay.recording.Recording;
import io.patchbay.recording.SignedLinks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Shows one call with its legs, effects and recordings. For one page. */
final class Unfolding {

    private static final int SCALE = 1000;

    private final Systems systems;
    private final People people;
    private final Reasons reasons;
    private final SignedLinks links;
    private final boolean listens;
    private final Texts texts;
    private final WallClock clock;
    private final Instant now;

    /** @param listens whether the reader may hear recordings */
    Unfolding(
            Systems systems,
            People people,
            Reasons reasons,
            SignedLinks links,
            boolean listens,
            Texts texts,
            WallClock clock,
            Instant now) {
        this.systems = systems;
        this.people = people;
        this.reasons = reasons;
        this.links = links;
        this.listens = listens;
        this.texts = texts;
        this.clock = clock;
        this.now = now;
    }

    CallUnfolded of(StoredCall stored, List<Recording> recordings, List<Effect> effects) {
        var call = stored.call();
        return new CallUnfolded(
                stored.id().toString(),
                facts(call),
                call.legs().stream()
                        .map(leg -> leg(stored.connection(), call, leg))
                        .toList(),
                effects.stream().map(effect -> effect(stored, effect)).toList(),
                recordings.stream().map(this::recording).toList());
    }

    private List<FactView> facts(Call call) {
        var facts = new ArrayList<FactView>();
        facts.add(new FactView(
                "call.started", clock.day(call.startedAt()) + ", " + clock.timeWithSeconds(call.startedAt())));
        call.line().ifPresent(line -> facts.add(new FactView("call.line", ShownNumber.spaced(line.number()))));
        facts.add(new FactView("call.waited", WallClock.length(call.waitTime())));
        if (!call.talkTime().isZero()) {
            facts.add(new FactView("call.talked", WallClock.length(call.talkTime())));
        }
        if (call.order().isPresent()) {
            facts.add(new FactView("call.began", texts.of("call.ordered")));
        }
        if (call.directionIsGuessed()) {
            facts.add(new FactView("call.direction", texts.of("call.direction-guessed")));
        }
        if (call.endIsUnknown()) {
            facts.add(new FactView("call.end", texts.of("call.end-unknown")));
        }
        return facts;
    }

    private LegView leg(long connection, Call call, Leg leg) {
        var until = leg.ended().orElse(now);
        var talk = leg.answered();
        var ringAt = at(call, leg.started());
        var talkAt = at(call, talk.orElse(until));
        return new LegView(
                people.at(connection, leg.seat()),
                leg.role() == SeatRole.EMPLOYEE
                        ? people.employee(connection, leg.seat())
                                .flatMap(employee -> employee.extension())
                                .map(extension -> extension.digits())
                                .orElse("")
                        : texts.of("role." + leg.role()),
                clock.timeWithSeconds(leg.started()),
                note(leg),
                ringAt,
                Math.max(talkAt - ringAt, 4),
                talkAt,
                talk.isPresent() ? Math.max(at(call, until) - talkAt, 4) : 0);
    }

    private String note(Leg leg) {
        var parts = new ArrayList<String>();
        leg.answered()
                .ifPresentOrElse(
                        answered -> parts.add(texts.of(
                                "leg.talked",
                                WallClock.length(between(answered, leg.ended().orElse(now))))),
                        () -> parts.add(texts.of(
                                "leg.rang",
                                WallClock.length(
                                        between(leg.started(), leg.ended().orElse(now))))));
        leg.transfer().ifPresent(transfer -> parts.add(texts.of("leg.transferred", transfer.to())));
        leg.cause().ifPresent(cause -> parts.add(texts.of("cause." + cause)));
        if (leg.isOpen()) {
            parts.add(texts.of("leg.open"));
        }
        return String.join(" · ", parts);
    }

    /** Where an instant lies on the bar. */
    private int at(Call call, Instant instant) {
        var whole = between(call.startedAt(), call.endedAt().orElse(now)).toMillis();
        var part = between(call.startedAt(), instant).toMillis();
        return whole == 0 ? 0 : (int) Math.min(SCALE, SCALE * part / whole);
    }

    private EffectView effect(StoredCall stored, Effect effect) {
        return new EffectView(
                tone(effect),
                icon(effect),
                texts.of("effect." + effect.kind().operation().word()),
                systems.title(effect.connection()),
                about(stored, effect),
                state(effect),
                failed(effect) ? effect.lastError() : "",
                failed(effect) ? reasons.advice(effect) : "",
                effect.url().filter(url -> url.startsWith("http")).orElse(""));
    }

    private String about(StoredCall stored, Effect effect) {
        var concerns = effect.kind().isCard() || effect.kind() == EffectKind.OPEN_CALL;
        return effect.seat()
                .filter(seat -> concerns)
                .map(seat -> people.at(stored.connection(), seat))
                .orElse("");
    }

    private String state(Effect effect) {
        var changed = clock.moment(effect.changedAt());
        return switch (effect.state()) {
            case DUE -> texts.of("state.DUE");
            case STARTED -> texts.of("state.STARTED");
            case DONE ->
                effect.attempts() > 1
                        ? texts.of("state.DONE-at-last", changed, effect.attempts())
                        : texts.of("state.DONE", changed);
            case WAITING ->
                texts.of(
                        "state.WAITING",
                        clock.moment(effect.nextAttemptAt().orElse(effect.changedAt())),
                        effect.attempts());
            case PARKED -> texts.of("state.PARKED", changed, effect.attempts());
            case SKIPPED -> texts.of("state.SKIPPED");
        };
    }

    private static boolean failed(Effect effect) {
        return effect.fault().isPresent() && !effect.isDone() && effect.state() != EffectState.SKIPPED;
    }

    private static Tone tone(Effect effect) {
        return switch (effect.state()) {
            case DONE -> Tone.GOOD;
            case PARKED -> Tone.BAD;
            case WAITING, STARTED, DUE -> Tone.WAIT;
            case SKIPPED -> Tone.QUIET;
        };
    }

    private static String icon(Effect effect) {
        return switch (effect.state()) {
            case DONE -> "check";
            case PARKED -> "alert";
            case WAITING, STARTED, DUE -> "clock";
            case SKIPPED -> "cross";
        };
    }

    private RecordingView recording(Recording recording) {
        return new RecordingView(
                people.at(recording.call().connection(), recording.seat()),
                texts.of("recording." + recording.state())
                        + recording
                                .lastError()
                                .filter(why -> recording.state() != Recording.State.ABSENT)
                                .map(why -> " (" + why + ")")
                                .orElse(""),
                recording.state() == Recording.State.STORED && listens
                        ? links.to(recording).getPath()
                        : "");
    }

    private static Duration between(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
