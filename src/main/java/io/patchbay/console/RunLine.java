package io.patchbay.console;

import io.patchbay.run.Run;
import io.patchbay.run.RunState;
import io.patchbay.run.Tally;
import java.util.ArrayList;
import java.util.List;

/**
 * One run, as the list and its own page show it.
 *
 * @param about     which call, connection and range; may be empty
 * @param tone      of the state
 * @param total     0 while it is not known
 * @param progress  how much is done of how much, in words
 * @param why       why it failed, with what to do; may be empty
 * @param said      what else is to be told; may be empty
 * @param version   another one when anything shown here is another
 */
record RunLine(
        long id,
        String title,
        String about,
        String state,
        Tone tone,
        boolean going,
        String begun,
        String ended,
        long done,
        long total,
        String progress,
        List<Count> counts,
        List<Count> would,
        String why,
        String said,
        boolean startable,
        boolean goesOn,
        boolean cancellable,
        String version) {

    /** How many had one outcome. */
    record Count(String outcome, String where, String of, long count) {}

    static RunLine of(Run run, Reader reader, Systems systems) {
        var texts = reader.texts();
        var clock = reader.clock();
        var stopping = run.cancelled() && !run.state().isOver();
        return new RunLine(
                run.id(),
                texts.of("run.kind." + run.kind()),
                about(run, reader, systems),
                texts.of("run.state." + (stopping ? "STOPPING" : run.state().name())),
                tone(run.state()),
                !run.state().isOver() && run.state() != RunState.PREVIEWED,
                texts.of("run.begun", run.begunBy(), clock.moment(run.createdAt())),
                run.endedAt().map(at -> texts.of("run.ended", clock.moment(at))).orElse(""),
                run.progress().done(),
                run.progress().total().orElse(0L),
                progress(run, texts),
                counts(run.progress().tally(), texts, systems),
                counts(run.would(), texts, systems),
                run.why().isEmpty() ? "" : texts.of("fault." + run.why()),
                run.report(),
                run.mayStart(),
                run.mayStart() && run.state() != RunState.PREVIEWED,
                run.mayBeCancelled(),
                run.state() + "-" + stopping + "-" + run.progress().done() + "-"
                        + run.progress().total().orElse(0L));
    }

    private static String about(Run run, Reader reader, Systems systems) {
        var scope = run.scope();
        var parts = new ArrayList<String>();
        if (scope.about().hasNonNull("call")) {
            parts.add(scope.about().get("call").asString());
        }
        if (scope.about().hasNonNull("parked")) {
            parts.add(reader.texts().of("run.parked"));
        }
        scope.connection().map(systems::title).ifPresent(parts::add);
        scope.from()
                .flatMap(from -> scope.to()
                        .map(to -> reader.texts()
                                .of(
                                        "run.range",
                                        reader.clock().moment(from),
                                        reader.clock().moment(to))))
                .ifPresent(parts::add);
        return String.join(" · ", parts);
    }

    private static String progress(Run run, Texts texts) {
        var done = run.progress().done();
        return run.progress()
                .total()
                .map(total -> texts.either("run.progress." + run.kind(), "run.progress", done, total))
                .orElseGet(() -> done == 0 ? "" : texts.of("run.done", done));
    }

    private static List<Count> counts(Tally tally, Texts texts, Systems systems) {
        return tally.lines().stream()
                .map(line -> new Count(
                        texts.of("run.outcome." + line.outcome().word()),
                        line.outcome().connection().map(systems::title).orElse(""),
                        line.outcome().of().isEmpty()
                                ? ""
                                : texts.of("run.of." + line.outcome().of()),
                        line.count()))
                .toList();
    }

    private static Tone tone(RunState state) {
        return switch (state) {
            case DONE -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case CANCELLED -> Tone.QUIET;
            case PREVIEWING, PREVIEWED, WAITING, RUNNING -> Tone.WAIT;
        };
    }
}
