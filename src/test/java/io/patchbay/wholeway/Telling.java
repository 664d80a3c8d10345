package io.patchbay.wholeway;

import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.wholeway.Scenario.Mode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One telling of a scenario: with a client's number, session and leg ids of its own, in one {@link Mode}. */
final class Telling {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z]+)(?: ([^}]+))?}");

    private final Scenario scenario;
    private final Mode mode;
    private final long seed;
    private final int number;
    private final Instant start;
    private final String client;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, List<String>> cards = new LinkedHashMap<>();
    private int sequence;

    /** @param number tells this telling from all others */
    Telling(Scenario scenario, Mode mode, long seed, int number, Instant start) {
        this.scenario = scenario;
        this.mode = mode;
        this.seed = seed;
        this.number = number;
        this.start = start;
        this.client = scenario.prefix() + (100_000 + number);
    }

    /** One event on its way. */
    record Push(Duration at, String body) {}

    Scenario scenario() {
        return scenario;
    }

    Mode mode() {
        return mode;
    }

    /** In E.164. */
    String client() {
        return client;
    }

    /** What is pushed when. */
    List<Push> pushes() {
        var events = new ArrayList<>(scenario.events());
        if (mode == Mode.SHUFFLED) {
            var end = events.stream()
                    .map(Scenario.Event::at)
                    .max(Duration::compareTo)
                    .orElseThrow();
            events.replaceAll(event -> new Scenario.Event(end, event.what(), event.body()));
            Collections.shuffle(events, new Random(seed + number));
        }
        var pushes = new ArrayList<Push>();
        for (var event : events) {
            for (var times = 0; times < (mode == Mode.DOUBLED ? 2 : 1); times++) {
                pushes.add(new Push(event.at(), filled(event.body())));
            }
        }
        return pushes;
    }

    /** A call was ordered at the PBX: its events carry the ids of the order. */
    void ordered(BeelinePbx.Click click) {
        names.put("session ordered", click.tracking());
        names.put("leg ordered", click.callId());
    }

    /** Every session id in the story. */
    Set<String> sessions() {
        var all = new TreeSet<String>();
        names.forEach((name, id) -> {
            if (name.startsWith("session")) {
                all.add(id);
            }
        });
        return all;
    }

    /** Who sees a card from now on. */
    void see(Duration at, List<String> people) {
        var last =
                cards.isEmpty() ? List.of() : cards.values().stream().toList().getLast();
        if (!people.equals(last)) {
            cards.put(at.toSeconds() + "s", people);
        }
    }

    /** Who saw a card from which second on. */
    Map<String, List<String>> cards() {
        return cards;
    }

    /** A text of the scenario with this telling's numbers, ids and instants. */
    String filled(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
    }

    private String value(String word, String detail) {
        return switch (word) {
            case "client" -> detail == null ? client : typed();
            case "ms" ->
                Long.toString(start.plusMillis(Math.round(Double.parseDouble(detail) * 1000))
                        .toEpochMilli());
            case "session" -> names.computeIfAbsent(detail == null ? word : word + " " + detail, this::uuid);
            case "leg" -> names.computeIfAbsent(word + " " + detail, this::leg);
            case "subscription" -> uuid(detail == null ? word : word + " " + detail);
            case "sequence" -> Integer.toString(++sequence);
            case "event" -> uuid("event " + ++sequence);
            default -> throw new IllegalArgumentException("A scenario knows no ${" + word + "}.");
        };
    }

    /** As people write a number: {@code 8 (900) 110-00-01}. */
    private String typed() {
        var n = client.substring(2);
        return "8 (%s) %s-%s-%s".formatted(n.substring(0, 3), n.substring(3, 6), n.substring(6, 8), n.substring(8));
    }

    private String uuid(String name) {
        return UUID.nameUUIDFromBytes((number + " " + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** By the leg's own number in the file, so that the order of the telling does not change it. */
    private String leg(String name) {
        var own = Character.getNumericValue(name.charAt(name.length() - 1));
        return "callhalf-" + (500_000 + number * 100 + own) + ":0";
    }

    @Override
    public String toString() {
        return mode.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                + (mode == Mode.SHUFFLED ? ", seed " + seed : "");
    }
}
