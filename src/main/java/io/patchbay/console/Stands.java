package io.patchbay.console;

import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.connection.Connection;
import io.patchbay.connector.Fault;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectKind;
import io.patchbay.effect.EffectState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says in which connected systems a call stands, or why not. */
final class Stands {

    private static final Set<EffectKind> ENTRY = Set.of(EffectKind.CLOSE_CALL, EffectKind.LOG_CALL);

    private final Systems systems;
    private final Reasons reasons;
    private final Texts texts;
    private final WallClock clock;

    Stands(Systems systems, Reasons reasons, Texts texts, WallClock clock) {
        this.systems = systems;
        this.reasons = reasons;
        this.texts = texts;
        this.clock = clock;
    }

    List<Stand> of(Direction direction, CallResult result, List<Effect> effects) {
        if (direction == Direction.INTERNAL && effects.isEmpty()) {
            return List.of(Stand.quiet(texts.of("stand.internal")));
        }
        var stands = new ArrayList<Stand>();
        systems.receivers()
                .forEach(system ->
                        stands.add(in(system, result, effectsIn(system.id().value(), effects))));
        effects.stream()
                .map(Effect::connection)
                .distinct()
                .filter(connection -> !systems.receiverIds().contains(connection))
                .forEach(removed -> entry(effectsIn(removed, effects))
                        .filter(Effect::isDone)
                        .ifPresent(entry -> stands.add(done(systems.title(removed), entry))));
        return stands.isEmpty() ? List.of(Stand.quiet(texts.of("stand.none"))) : stands;
    }

    private Stand in(Connection system, CallResult result, List<Effect> effects) {
        var title = system.title();
        var entry = entry(effects);
        if (entry.filter(Effect::isDone).isPresent()) {
            return parked(effects).map(other -> bad(title, other)).orElseGet(() -> done(title, entry.get()));
        }
        var stopped = parked(effects);
        if (stopped.isPresent()) {
            return bad(title, stopped.get());
        }
        var waiting = effects.stream()
                .filter(effect -> effect.state() == EffectState.WAITING)
                .min(Comparator.comparing(effect -> effect.nextAttemptAt().orElse(effect.changedAt())));
        if (waiting.isPresent() && waiting.get().fault().isPresent()) {
            return waits(title, waiting.get());
        }
        if (!system.enabled()) {
            return Stand.quiet(texts.of("stand.off", title));
        }
        if (result == CallResult.IN_PROGRESS) {
            return Stand.quiet(texts.of("stand.later", title));
        }
        return effects.isEmpty()
                ? Stand.quiet(texts.of("stand.not", title))
                : Stand.waits(texts.of("stand.writing", title));
    }

    private Stand done(String title, Effect entry) {
        return Stand.good(
                title, entry.url().filter(url -> url.startsWith("http")).orElse(""));
    }

    private Stand bad(String title, Effect effect) {
        return Stand.bad(texts.of("stand.parked", title, reasons.why(effect)));
    }

    private Stand waits(String title, Effect effect) {
        return effect.fault().filter(Fault.SETUP::equals).isPresent()
                ? Stand.bad(texts.of("stand.setup", title, reasons.why(effect)))
                : Stand.waits(texts.of(
                        "stand.waits",
                        title,
                        clock.moment(effect.nextAttemptAt().orElse(effect.changedAt())),
                        reasons.why(effect)));
    }

    private static Optional<Effect> entry(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> ENTRY.contains(effect.kind()) && effect.state() != EffectState.SKIPPED)
                .findFirst();
    }

    private static Optional<Effect> parked(List<Effect> effects) {
        return effects.stream()
                .filter(effect ->
                        effect.state() == EffectState.PARKED && !effect.kind().isCard())
                .findFirst();
    }

    private static List<Effect> effectsIn(long connection, List<Effect> effects) {
        return effects.stream()
                .filter(effect -> effect.connection() == connection)
                .toList();
    }
}
