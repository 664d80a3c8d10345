package io.patchbay.rules;

import io.patchbay.call.Line;
import java.util.Optional;
import java.util.Set;

/**
 * For which calls something is to be done, and what. Of what is left open the next fitting rule decides.
 *
 * @param kinds empty for all
 * @param known only for clients whom the connected system knows, or only for those it does not; empty for both
 * @param lines the company's numbers, compared by their last ten digits; empty for all
 */
public record Rule(
        Set<CallKind> kinds,
        Optional<Boolean> known,
        Set<String> lines,
        Optional<PopUp> popUp,
        Optional<Boolean> log,
        Optional<NewClient> newClient,
        Optional<Responsible> responsible,
        Optional<TaskChoice> task) {

    /** Lists, people and targets write the same line with and without its country. */
    private static final int SAME_DIGITS = 10;

    public Rule {
        kinds = Set.copyOf(kinds);
        lines = Set.copyOf(lines);
    }

    /** One that says nothing yet, for these kinds of calls. */
    public static Rule of(CallKind... kinds) {
        return new Rule(
                Set.of(kinds),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Rule whenKnown(boolean known) {
        return new Rule(kinds, Optional.of(known), lines, popUp, log, newClient, responsible, task);
    }

    public Rule onLines(String... lines) {
        return new Rule(kinds, known, Set.of(lines), popUp, log, newClient, responsible, task);
    }

    public Rule popUp(PopUp popUp) {
        return new Rule(kinds, known, lines, Optional.of(popUp), log, newClient, responsible, task);
    }

    public Rule log(boolean log) {
        return new Rule(kinds, known, lines, popUp, Optional.of(log), newClient, responsible, task);
    }

    public Rule newClient(NewClient newClient) {
        return new Rule(kinds, known, lines, popUp, log, Optional.of(newClient), responsible, task);
    }

    public Rule responsible(Responsible responsible) {
        return new Rule(kinds, known, lines, popUp, log, newClient, Optional.of(responsible), task);
    }

    public Rule task(TaskChoice task) {
        return new Rule(kinds, known, lines, popUp, log, newClient, responsible, Optional.of(task));
    }

    boolean fits(CallKind kind, Occasion occasion) {
        return (kinds.isEmpty() || kinds.contains(kind))
                && known.map(wanted -> wanted == occasion.knownClient()).orElse(true)
                && (lines.isEmpty()
                        || occasion.call().line().map(this::isOneOfLines).orElse(false));
    }

    private boolean isOneOfLines(Line line) {
        var called = lastDigits(line.number());
        return lines.stream().map(Rule::lastDigits).anyMatch(called::equals);
    }

    private static String lastDigits(String number) {
        var digits = number.replaceAll("\\D", "");
        return digits.substring(Math.max(0, digits.length() - SAME_DIGITS));
    }
}
