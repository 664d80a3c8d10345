package io.patchbay.effect;

import io.patchbay.call.Seat;
import java.util.List;
import java.util.Optional;

/**
 * One operation to run: one effect, or several cards that the target takes at once.
 *
 * @param parts at least one
 */
public record Step(EffectKind kind, List<Part> parts) {

    /**
     * One effect of a step.
     *
     * @param seat the employee it concerns; empty when it concerns none, or the default employee
     */
    public record Part(String subject, Optional<Seat> seat) {}

    public Step {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A step without an effect has nothing to do.");
        }
    }

    public Part first() {
        return parts.getFirst();
    }
}
