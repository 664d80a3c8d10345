package io.patchbay.console;

import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.PhoneNumber;
import io.patchbay.effect.Effect;
import io.patchbay.journal.CallRow;
import java.util.List;
import java.util.Optional;

/** Turns rows of the journal into lines of the page. For one page. */
final class CallLines {

    private final Systems systems;
    private final People people;
    private final Texts texts;
    private final WallClock clock;
    private final Stands stands;

    CallLines(Systems systems, People people, Reasons reasons, Texts texts, WallClock clock) {
        this.systems = systems;
        this.people = people;
        this.texts = texts;
        this.clock = clock;
        this.stands = new Stands(systems, reasons, texts, clock);
    }

    CallLine line(CallRow row, List<Effect> effects) {
        var number = ShownNumber.of(row.client(), texts);
        var name = row.client() instanceof PhoneNumber phone
                ? people.client(phone, systems.receiverIds())
                : Optional.<String>empty();
        return new CallLine(
                        row.id().toString(),
                        "",
                        arrow(row.direction(), row.result()),
                        texts.of("direction." + row.direction()),
                        name.orElse(number),
                        name.isPresent() ? number : "",
                        clock.iso(row.startedAt()),
                        clock.time(row.startedAt()),
                        clock.day(row.startedAt()),
                        row.talkTime().isZero() ? "" : WallClock.length(row.talkTime()),
                        texts.of("result." + row.result()),
                        tone(row.result()),
                        row.responsible()
                                .map(seat -> people.at(row.connection(), seat))
                                .orElse(""),
                        stands.of(row.direction(), row.result(), effects))
                .versioned();
    }

    static String arrow(Direction direction, CallResult result) {
        return switch (direction) {
            case INBOUND -> result == CallResult.MISSED ? "missed" : "inbound";
            case OUTBOUND -> "outbound";
            case INTERNAL -> "internal";
        };
    }

    static Tone tone(CallResult result) {
        return switch (result) {
            case IN_PROGRESS -> Tone.LIVE;
            case ANSWERED -> Tone.GOOD;
            case MISSED, FAILED -> Tone.BAD;
            case BUSY, NO_ANSWER -> Tone.WAIT;
            case CANCELLED -> Tone.QUIET;
        };
    }
}
