package io.patchbay.wholeway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One story of the corpus, as docs/how-to/add-a-scenario.md describes its file. It names nobody's number and no session: a {@link Telling} brings those.
 *
 * @param lasts how long after its beginning something may still be expected of the hub
 */
record Scenario(String name, JsonNode file, Duration lasts) {

    static final YAMLMapper YAML = YAMLMapper.builder().build();

    private static final Path CORPUS = Path.of("src/test/resources/scenarios");

    /** What an order of events that never was may leave behind: cards for phones of which the hub heard too late. */
    private static final Set<String> CARDS = Set.of("bitrix24.cards", "bitrix24.seenBy", "amocrm.cards");

    /** How the events of a story reach the hub. */
    enum Mode {
        IN_ORDER,
        /** All at the end, in any order. */
        SHUFFLED,
        /** Each one twice. */
        DOUBLED
    }

    /** @param at when the hub gets it, counted from the beginning of the story */
    record Event(Duration at, String what, String body) {}

    /** @param leads how many open deals the client has in amoCRM */
    record Client(String name, String phone, String owner, int leads) {}

    /** @param appears how long after the end of the talk */
    record Sound(String of, String session, String leg, Duration from, Duration to, Duration appears) {}

    static List<Scenario> all() {
        try (var files = Files.list(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(Scenario::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario read(Path path) {
        var file = YAML.readTree(path.toFile());
        return new Scenario(
                path.getFileName().toString().replace(".yaml", ""),
                file,
                file.has("lasts") ? duration(file.path("lasts")) : Duration.ZERO);
    }

    List<Event> events() {
        return file.path("events")
                .valueStream()
                .map(one -> new Event(
                        duration(one.path("at")),
                        one.path("what").asString(),
                        one.path("body").asString()))
                .toList();
    }

    List<Client> clients() {
        return file.path("clients")
                .valueStream()
                .map(one -> new Client(
                        one.path("name").asString(),
                        one.path("phone").asString(),
                        one.path("owner").asString(),
                        one.path("lead").asBoolean(false) ? 1 : 0))
                .toList();
    }

    List<Sound> recordings() {
        return file.path("recordings")
                .valueStream()
                .map(one -> new Sound(
                        one.path("of").asString(),
                        one.path("session").asString(),
                        one.path("leg").asString(),
                        duration(one.path("from")),
                        duration(one.path("to")),
                        duration(one.path("appears"))))
                .toList();
    }

    /** Who presses the number on a card in Bitrix24 when the story begins. */
    Optional<String> orderedBy() {
        return Optional.ofNullable(file.path("order").path("by").asString(null));
    }

    /** The first digits of the client's number. */
    String prefix() {
        return file.path("number").asString("+79001");
    }

    /** How many clients call at the same time, each with a number and ids of its own. */
    int callers() {
        return file.path("callers").asInt(1);
    }

    JsonNode expected() {
        return file.path("expect");
    }

    /** Parts of the expectation that do not hold when the story is told so. */
    Set<String> differs(Mode mode) {
        var all = new TreeSet<String>();
        file.path("differs").forEach(path -> all.add(path.asString()));
        if (mode == Mode.SHUFFLED) {
            all.addAll(CARDS);
            file.path("shuffled").path("differs").forEach(path -> all.add(path.asString()));
        }
        return all;
    }

    /** {@code 8.04s}, {@code 40m}. */
    private static Duration duration(JsonNode text) {
        var written = text.asString();
        var number = Double.parseDouble(written.substring(0, written.length() - 1));
        return Duration.ofMillis(Math.round(number * (written.endsWith("m") ? 60_000 : 1_000)));
    }

    @Override
    public String toString() {
        return name;
    }
}
