package io.patchbay.process;

import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelineStory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Clients who call, each from a number of his own; whom they reach and how it ends comes from a seed. Thread-safe. */
final class Callers {

    /** A story is told at once; its history is complete and old enough to be compared. */
    private static final Duration AGO = Duration.ofSeconds(120);

    private final Office office;
    private final Random chance;
    private final List<Reconciliation> reconciliations;
    private int numbers = 1_000_000;

    /** @param reconciliations one for each CRM that is connected */
    Callers(Office office, Random chance, Reconciliation... reconciliations) {
        this.office = office;
        this.chance = chance;
        this.reconciliations = List.of(reconciliations);
    }

    /** A call that is yet to be told. @param fault under which it is told, for the table */
    BeelineStory next(String fault) {
        return next(fault, AGO);
    }

    /** @param ago when it began */
    synchronized BeelineStory next(String fault, Duration ago) {
        return of(number(numbers++), fault, ago);
    }

    /** The number of who called last. */
    synchronized String last() {
        return number(numbers - 1);
    }

    private static String number(int which) {
        return "+7900" + which;
    }

    /** One more call of a number. */
    synchronized BeelineStory of(String number, String fault, Duration ago) {
        var extension = chance.nextBoolean() ? "201" : "202";
        var employee = office.pbx.company().at(extension);
        var client = BeelineParty.outside(number);
        var answered = chance.nextInt(3) > 0;
        var stories = office.pbx.stories(Instant.now().minus(ago));
        var story = answered ? stories.answered(client, employee) : stories.missed(client, employee);
        reconciliations.forEach(one -> one.told(fault, story, number, answered, Office.PEOPLE.get(extension)));
        return story;
    }
}
