package io.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every call, however it is told. Random facts are seeded: a failure comes again. */
class CallPropertyTest {

    private static final int RANDOM_CALLS = 2000;
    private static final int LONGEST_TOLD_IN_EVERY_ORDER = 6; // 720 orders
    private static final int ORDERS_OF_LONGER_ONES = 500;

    @ParameterizedTest
    @EnumSource
    void isTheSameInEveryOrder(Stories story) {
        var expected = Picture.of(story.story.call());

        inManyOrders(
                story.story.facts(),
                facts -> assertThat(Picture.of(told(facts)))
                        .as("told as %s", facts)
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameWhenFactsComeTwice(Stories story) {
        var expected = Picture.of(story.story.call());
        var doubled = new ArrayList<>(story.story.facts());
        doubled.addAll(story.story.facts());
        var random = new Random(1);

        for (int order = 0; order < 200; order++) {
            Collections.shuffle(doubled, random);
            assertThat(Picture.of(told(doubled))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameWhenTwoHalvesMeet(Stories story) {
        var expected = Picture.of(story.story.call());
        var random = new Random(2);

        for (int order = 0; order < 200; order++) {
            var facts = shuffled(story.story.facts(), random);
            var cut = 1 + random.nextInt(facts.size() - 1);
            var one = Call.of(facts.subList(0, cut));
            var other = Call.of(facts.subList(cut, facts.size()));

            assertThat(Picture.of(one.with(other))).isEqualTo(expected);
            assertThat(Picture.of(other.with(one))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverFallsFromAnsweredWhateverIsToldFirst(Stories story) {
        inManyOrders(story.story.facts(), CallPropertyTest::assertAnsweredStays);
    }

    @ParameterizedTest
    @EnumSource
    void isNeverMissedBeforeItsLastLegHasSettled(Stories story) {
        var end = story.story.call().endedAt().orElseThrow();

        for (var instant = Story.START; instant.isBefore(end.plus(Call.SETTLING)); instant = instant.plusMillis(777)) {
            assertThat(story.story.call().result(instant)).isEqualTo(CallResult.IN_PROGRESS);
        }
        assertThat(story.story.call().result(end.plus(Call.SETTLING))).isEqualTo(story.result);
    }

    @Test
    void isTheSameInEveryOrderEvenIfTheFactsMakeNoSense() {
        for (int seed = 0; seed < RANDOM_CALLS; seed++) {
            var random = new Random(seed);
            var facts = randomFacts(random);
            var expected = Picture.of(Call.of(facts));

            for (int order = 0; order < 5; order++) {
                assertThat(Picture.of(told(shuffled(facts, random))))
                        .as("seed %d: %s", seed, facts)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void neverFallsFromAnsweredEvenIfTheFactsMakeNoSense() {
        for (int seed = 0; seed < RANDOM_CALLS; seed++) {
            assertAnsweredStays(randomFacts(new Random(seed)));
        }
    }

    @Test
    void givesNoVerdictWhileALegIsOpen() {
        for (int seed = 0; seed < RANDOM_CALLS; seed++) {
            var call = Call.of(randomFacts(new Random(seed)));
            if (call.legs().stream().anyMatch(Leg::isOpen)) {
                assertThat(call.result(Instant.MAX)).isEqualTo(CallResult.IN_PROGRESS);
            }
        }
    }

    @Test
    void hasNoNegativeTimes() {
        for (int seed = 0; seed < RANDOM_CALLS; seed++) {
            var call = Call.of(randomFacts(new Random(seed)));
            assertThat(call.talkTime()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(call.waitTime()).isGreaterThanOrEqualTo(Duration.ZERO);
        }
    }

    private static void assertAnsweredStays(List<CallFact> facts) {
        var call = Call.of(facts.getFirst());
        var answered = false;
        for (var fact : facts) {
            call = call.with(fact);
            answered |= call.answeredAt().isPresent();
            assertThat(call.answeredAt().isPresent()).as("told as %s", facts).isEqualTo(answered);
            if (answered) {
                assertThat(call.result(Instant.MAX)).isIn(CallResult.ANSWERED, CallResult.IN_PROGRESS);
            }
        }
    }

    private static Call told(List<CallFact> facts) {
        var call = Call.of(facts.getFirst());
        for (var fact : facts) {
            call = call.with(fact);
        }
        return call;
    }

    private static void inManyOrders(List<CallFact> facts, Consumer<List<CallFact>> check) {
        if (facts.size() <= LONGEST_TOLD_IN_EVERY_ORDER) {
            permute(new ArrayList<>(facts), 0, check);
        } else {
            var random = new Random(facts.size());
            IntStream.range(0, ORDERS_OF_LONGER_ONES).forEach(ignored -> check.accept(shuffled(facts, random)));
        }
    }

    private static void permute(List<CallFact> facts, int from, Consumer<List<CallFact>> check) {
        if (from == facts.size()) {
            check.accept(List.copyOf(facts));
        }
        for (int i = from; i < facts.size(); i++) {
            Collections.swap(facts, from, i);
            permute(facts, from + 1, check);
            Collections.swap(facts, from, i);
        }
    }

    private static List<CallFact> shuffled(List<CallFact> facts, Random random) {
        var shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** Few keys, seats and instants, so that facts contradict one another as often as possible. */
    private static List<CallFact> randomFacts(Random random) {
        var facts = new ArrayList<CallFact>();
        var many = 1 + random.nextInt(9);
        while (facts.size() < many) {
            var key = new CallKey(7, one(random, "s1", "s2", "history:r1"));
            var at = Story.at(random.nextInt(6));
            facts.add(
                    switch (random.nextInt(12)) {
                        case 0 -> new LinkFact(key, new CallKey(7, "s3"), at);
                        case 1 -> new ExpiryFact(key, at);
                        case 2 -> new RecordingFact(key, at, Optional.of("r"), Optional.empty(), Duration.ZERO);
                        case 3 -> new OrderFact(key, at, Story.ANNA, Story.CLIENT, one(random, "o1", "o2"));
                        default -> randomLeg(random, key, at);
                    });
        }
        return facts;
    }

    private static LegFact randomLeg(Random random, CallKey key, Instant at) {
        return new LegFact(
                key,
                new LegKey(one(random, "a", "b", "history:r1")),
                at,
                one(random, LegPhase.values()),
                one(random, Story.ANNA, Story.BORIS),
                one(random, SeatRole.values()),
                maybe(random, claim(random, one(random, Direction.values()))),
                maybe(random, claim(random, randomParty(random))),
                maybe(random, claim(random, one(random, Story.LINE, new Line("main")))),
                new LegTimes(
                        randomInstant(random),
                        randomInstant(random),
                        randomInstant(random),
                        randomInstant(random),
                        Duration.ofSeconds(random.nextInt(2))),
                maybe(random, one(random, EndCause.values())),
                maybe(random, one(random, EndedBy.values())),
                maybe(random, new Transfer(one(random, "201", "202"), Transfer.Kind.BLIND)));
    }

    /** The two phone numbers look alike when masked, as do the two malformed ones. */
    private static Party randomParty(Random random) {
        return one(
                random,
                new PhoneNumber("+79000001235", "9000001235", "1"),
                new PhoneNumber("+79009991235", "9009991235", "2"),
                new Extension("201"),
                new HiddenNumber(),
                new MalformedNumber("ab"),
                new MalformedNumber("cd"));
    }

    private static Optional<Instant> randomInstant(Random random) {
        return maybe(random, Story.at(random.nextInt(6)));
    }

    private static <T> Claim<T> claim(Random random, T value) {
        return new Claim<>(value, one(random, Certainty.values()));
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
    }

    @SafeVarargs
    private static <T> T one(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }
}
