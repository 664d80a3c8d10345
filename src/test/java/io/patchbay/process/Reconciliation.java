package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineStory;
import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.sandbox.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Lays what was told beside what the hub remembers and what stands in the CRM, call by call and event by event: matched by ids, never by totals.
 *
 * <p>Due for a call: one entry, opened before it is closed, with the right person and result; its recording when somebody spoke, a to-do when nobody did. Due for a
 * client: one card. Thread-safe.
 */
final class Reconciliation {

    private static final Pattern EVENT_ID = Pattern.compile("<xsi:eventID>([^<]+)<");
    private static final String NOBODYS = "(nobody's)";

    /** What may happen to an entry, in this order. Showing a card again is allowed while the call is open. */
    private static final Map<String, Integer> STEPS = Map.of(
            "telephony.externalcall.register", 0,
            "telephony.externalcall.show", 1,
            "telephony.externalcall.hide", 1,
            "telephony.externalcall.finish", 2,
            "telephony.externalcall.attachrecord", 3);

    private final BeelinePbx pbx;
    private final Bitrix24Portal portal;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Map<Told, Duration> delays = new ConcurrentHashMap<>();
    private final Set<String> tasksCut = ConcurrentHashMap.newKeySet();
    private final Set<String> destroying = ConcurrentHashMap.newKeySet();

    Reconciliation(BeelinePbx pbx, Bitrix24Portal portal) {
        this.pbx = pbx;
        this.portal = portal;
    }

    /** @param person who spoke, or whose phone rang, by his id in the portal */
    record Told(String fault, BeelineStory story, String number, boolean answered, long person, Instant at) {

        private Set<Long> calls(HubMemory memory) {
            return memory.calls(
                    story.tracking(), number, story.moments().getFirst().at());
        }

        @Override
        public String toString() {
            return (answered ? "talk of " : "missed call of ") + number + " with " + person;
        }
    }

    /** Before the story is told. */
    void told(String fault, BeelineStory story, String number, boolean answered, long person) {
        told.add(new Told(fault, story, number, answered, person, Instant.now()));
    }

    /** Under this fault an answer to the making of a to-do may get lost: the portal offers no way to find it again. */
    void cutsTasks(String fault) {
        tasksCut.add(fault);
    }

    /** Under this fault bytes that were safely stored are destroyed: an event may go with them, its call may not. */
    void destroys(String fault) {
        destroying.add(fault);
    }

    int size() {
        return told.size();
    }

    /** Everything that is due stands in the portal; what was finished since the last look is noted with its delay. */
    boolean isDone() {
        return unfinished().isEmpty();
    }

    /** How long the calls of this fault took that were finished so far, as they were seen; the shortest first. */
    List<Duration> delays(String fault) {
        return delays.entrySet().stream()
                .filter(entry -> entry.getKey().fault.equals(fault))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    /** Numbers of the clients of whose calls something is still missing in the portal. */
    List<String> unfinished() {
        var calls = portal.calls().stream().collect(Collectors.groupingBy(Bitrix24Portal.Call::phone));
        var todos = portal.todos();
        return told.stream()
                .filter(one -> !delays.containsKey(one))
                .filter(one -> {
                    var same = told.stream()
                            .filter(other -> other.number.equals(one.number))
                            .toList();
                    var own = calls.getOrDefault(one.number, List.of());
                    var finished = own.stream()
                            .filter(call -> call.finish().isPresent())
                            .count();
                    var recorded = own.stream()
                            .filter(call -> call.recording().isPresent())
                            .count();
                    var toDo =
                            todos.stream().filter(todo -> isOnCard(todo, own)).count();
                    var whole = finished >= same.size()
                            && recorded >= same.stream().filter(Told::answered).count()
                            && toDo
                                    >= same.stream()
                                            .filter(other -> !other.answered)
                                            .count();
                    if (whole) {
                        delays.put(one, Duration.between(one.at, Instant.now()));
                    }
                    return !whole;
                })
                .map(Told::number)
                .distinct()
                .toList();
    }

    /** What is still missing after this time is told by the table. */
    void awaitDone(Duration patience) {
        try {
            await().atMost(patience).pollInterval(Duration.ofMillis(200)).until(this::isDone);
        } catch (ConditionTimeoutException late) {
            System.out.println("chaos: not done in time: " + unfinished());
        }
    }

    /** Prints the table and fails unless everything stands once, in order, with the right person. */
    void check(String title, Path folder) {
        isDone();
        try (var memory = new HubMemory(folder)) {
            var findings = new ArrayList<Finding>();
            var entries = new HashSet<String>();
            events(memory, findings);
            told.forEach(one -> journal(one, memory, findings));
            told.forEach(one -> entry(one, memory, entries, findings));
            clients(findings);
            portal.calls().stream()
                    .filter(call -> !entries.contains(call.callId()))
                    .forEach(call -> findings.add(
                            new Finding(NOBODYS, Column.DOUBLED, "entry " + call.externalCallId() + " of no call")));
            order(findings);
            portal.problems()
                    .forEach(said -> findings.add(new Finding(NOBODYS, Column.WRONG, "the CRM complains: " + said)));
            print(title, findings);
            assertThat(findings.stream()
                            .filter(finding -> finding.column.isBad())
                            .map(Finding::toString))
                    .as("%s; not done in the hub's ledger: %s", title, memory.undone())
                    .isEmpty();
        }
    }

    /** Every event that was answered 200 is kept once, understood. One whose answer was lost may be kept. */
    private void events(HubMemory memory, List<Finding> findings) {
        var kept = memory.events("beeline").stream()
                .flatMap(event -> id(event.text()).map(id -> Map.entry(id, event)))
                .collect(Collectors.groupingBy(Map.Entry::getKey));
        for (var event : pbx.delivered()) {
            var fault = told.stream()
                    .filter(one -> event.xml().contains(one.story.tracking()))
                    .findFirst();
            if (event.status() != 200 || fault.isEmpty()) {
                continue;
            }
            var name = fault.get().fault();
            var id = id(event.xml()).findFirst().orElseThrow();
            var found = kept.getOrDefault(id, List.of());
            findings.add(new Finding(name, Column.ACCEPTED, id));
            if (found.isEmpty() && destroying.contains(name)) {
                findings.add(new Finding(name, Column.BY_NATURE, "event " + id + " destroyed"));
            } else {
                count(name, "event " + event.kind() + " " + id, found.size(), Column.STORED, findings);
            }
            found.stream()
                    .flatMap(one -> one.getValue().aside().stream())
                    .forEach(why -> findings.add(new Finding(name, Column.LOST, "event " + id + " put aside: " + why)));
        }
    }

    private static Stream<String> id(String xml) {
        return EVENT_ID.matcher(xml).results().map(match -> match.group(1)).limit(1);
    }

    private void journal(Told one, HubMemory memory, List<Finding> findings) {
        var calls = one.calls(memory);
        var expected =
                told.stream().filter(other -> other.number.equals(one.number)).count();
        var all = memory.callsWith(one.number).size();
        if (calls.isEmpty()) {
            findings.add(new Finding(one.fault, Column.LOST, "no call " + one + " in the journal"));
        } else if (calls.size() > 1 || all > expected) {
            findings.add(new Finding(one.fault, Column.DOUBLED, all + " calls in the journal for " + one));
        } else if (all < expected) {
            findings.add(new Finding(one.fault, Column.LOST, all + " calls of one number in place of " + expected));
        }
    }

    private void entry(Told one, HubMemory memory, Set<String> entries, List<Finding> findings) {
        var names = one.calls(memory).stream()
                .flatMap(call -> memory.names(call).stream())
                .collect(Collectors.toSet());
        var own = portal.calls().stream()
                .filter(call -> call.phone().equals(one.number) && names.contains(call.externalCallId()))
                .toList();
        own.forEach(call -> entries.add(call.callId()));
        count(one.fault, "entry of " + one.number, own.size(), Column.DONE, findings);
        due(one.fault, findings);
        var finished = own.stream().filter(call -> call.finish().isPresent()).toList();
        count(one.fault, "end of " + one.number, finished.size(), Column.DONE, findings);
        due(one.fault, findings);
        finished.forEach(call -> {
            var finish = call.finish().orElseThrow();
            if (finish.userId() != one.person || !finish.status().equals(one.answered ? "200" : "304")) {
                findings.add(new Finding(one.fault, Column.WRONG, finish + " in place of " + one));
            }
        });
        if (one.answered) {
            var recorded =
                    own.stream().filter(call -> call.recording().isPresent()).count();
            count(one.fault, "recording of " + one.number, recorded, Column.DONE, findings);
            due(one.fault, findings);
        }
    }

    /** Cards and to-dos are matched by client: a to-do carries no mark of its call. */
    private void clients(List<Finding> findings) {
        var calls = portal.calls().stream().collect(Collectors.groupingBy(Bitrix24Portal.Call::phone));
        var todos = portal.todos();
        told.stream().collect(Collectors.groupingBy(Told::number)).forEach((number, all) -> {
            var fault = all.getFirst().fault();
            count(fault, "card of " + number, cards(number), Column.DONE, findings);
            due(fault, findings);
            var missed = all.stream().filter(one -> !one.answered).toList();
            var own = todos.stream()
                    .filter(todo -> isOnCard(todo, calls.getOrDefault(number, List.of())))
                    .toList();
            var surplus = own.size() - missed.size();
            missed.forEach(one -> due(fault, findings));
            own.stream()
                    .limit(missed.size())
                    .forEach(todo -> findings.add(new Finding(fault, Column.DONE, todo.title())));
            Stream.generate(() -> new Finding(
                            fault,
                            surplus < 0 ? Column.LOST : tasksCut.contains(fault) ? Column.BY_NATURE : Column.DOUBLED,
                            "to-do of " + number))
                    .limit(Math.abs(surplus))
                    .forEach(findings::add);
            own.stream()
                    .filter(todo -> missed.stream().noneMatch(one -> one.person == todo.responsibleId()))
                    .forEach(todo -> findings.add(new Finding(fault, Column.WRONG, todo.toString())));
        });
    }

    private static boolean isOnCard(Bitrix24Portal.Todo todo, List<Bitrix24Portal.Call> calls) {
        return calls.stream()
                .flatMap(call -> call.card().stream())
                .anyMatch(card -> card.kind().equals(todo.kind()) && card.id() == todo.cardId());
    }

    private long cards(String number) {
        return Stream.of(portal.contacts(), portal.leads(), portal.companies())
                .flatMap(List::stream)
                .filter(client -> client.phones().contains(number))
                .count();
    }

    /** An entry is opened, shown, closed and given its recording, in this order, as the requests came in. */
    private void order(List<Finding> findings) {
        var faults = told.stream().collect(Collectors.toMap(Told::number, Told::fault, (one, other) -> one));
        var calls = portal.calls();
        var names = new HashMap<String, Bitrix24Portal.Call>();
        calls.forEach(call -> {
            names.put(call.callId(), call);
            names.put(call.externalCallId(), call);
        });
        var reached = new HashMap<String, Integer>();
        for (var request : portal.requests()) {
            var step = STEPS.get(method(request));
            if (step != null && request.isJson()) {
                var body = request.json();
                var call = names.get(body.path("CALL_ID")
                        .asString(body.path("EXTERNAL_CALL_ID").asString("")));
                if (call != null && reached.merge(call.callId(), step, Math::max) > step) {
                    findings.add(new Finding(
                            faults.getOrDefault(call.phone(), NOBODYS),
                            Column.OUT_OF_ORDER,
                            method(request) + " of " + call.phone()));
                }
            }
        }
    }

    private static String method(Request request) {
        return request.path()
                .replaceFirst("^.*/", "")
                .replaceFirst("[.]json$", "")
                .toLowerCase(Locale.ROOT);
    }

    private static void count(String fault, String what, long times, Column good, List<Finding> findings) {
        if (times == 0) {
            findings.add(new Finding(fault, Column.LOST, what));
        } else {
            findings.add(new Finding(fault, good, what));
        }
        for (long more = 1; more < times; more++) {
            findings.add(new Finding(fault, Column.DOUBLED, what));
        }
    }

    private static void due(String fault, List<Finding> findings) {
        findings.add(new Finding(fault, Column.DUE, ""));
    }

    private void print(String title, List<Finding> findings) {
        var faults = Stream.concat(
                        told.stream().map(Told::fault), findings.stream().map(Finding::fault))
                .distinct()
                .toList();
        var text = new StringBuilder("chaos: %s%n%-44s".formatted(title, "fault")).append("  calls");
        for (var column : Column.values()) {
            text.append(" | ").append(column.title);
        }
        text.append(" | worst delay\n");
        for (var fault : faults) {
            row(
                    text,
                    fault,
                    findings.stream().filter(f -> f.fault.equals(fault)).toList());
        }
        if (faults.size() > 1) {
            row(text, "all", findings);
        }
        System.out.println(text);
    }

    private void row(StringBuilder text, String fault, List<Finding> findings) {
        var own = told.stream()
                .filter(one -> fault.equals("all") || one.fault.equals(fault))
                .toList();
        text.append("%-44s".formatted(fault)).append("%7d".formatted(own.size()));
        for (var column : Column.values()) {
            text.append(" | ")
                    .append(("%" + column.title.length() + "d")
                            .formatted(findings.stream()
                                    .filter(f -> f.column == column)
                                    .count()));
        }
        var worst =
                own.stream().flatMap(one -> Stream.ofNullable(delays.get(one))).max(Duration::compareTo);
        text.append(" | ")
                .append(worst.map(delay -> "%.1f s".formatted(delay.toMillis() / 1000.0))
                        .orElse("never"))
                .append('\n');
    }

    /** The table's columns, docs/chaos.md. */
    private enum Column {
        ACCEPTED("accepted"),
        STORED("stored"),
        DUE("effects due"),
        DONE("done"),
        LOST("lost"),
        DOUBLED("doubled"),
        BY_NATURE("unavoidable"),
        OUT_OF_ORDER("out of order"),
        WRONG("wrong person or result");

        private final String title;

        Column(String title) {
            this.title = title;
        }

        boolean isBad() {
            return this == LOST || this == DOUBLED || this == OUT_OF_ORDER || this == WRONG;
        }
    }

    private record Finding(String fault, Column column, String what) {
        @Override
        public String toString() {
            return fault + ": " + column.title + ": " + what;
        }
    }
}
