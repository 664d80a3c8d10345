package io.patchbay.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The webhooks of a simulated amoCRM account: who wants to hear of what, and how it is told to them.
 *
 * <p>A body is form-encoded and unsigned and must be answered within 2 s; a bad answer is followed by tries after 5 and 15
 * minutes, and after 5xx by two more after 15 minutes and 1 hour. More than 100 bad answers in 2 hours with the last one bad
 * disable the hook. [doc] contracts/crm/amocrm.md §7
 */
final class AmoHooks implements AutoCloseable {

    static final int MOST = 100;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofHours(2);
    private static final int BAD_UNTIL_DISABLED = 100;
    private static final List<Duration> AFTER_4XX = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15));
    private static final List<Duration> AFTER_5XX =
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(15), Duration.ofHours(1));

    private final Clock clock;
    private final HttpClient http;
    private final ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Hook> hooks = new LinkedHashMap<>();
    private final List<AmoAccount.Push> pushes = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long last = 839_655;

    AmoHooks(Clock clock) {
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWER_WITHIN)
                .build();
    }

    private static final class Hook {
        private final long id;
        private final String destination;
        private final long createdBy;
        private final Instant created;
        private final TreeSet<String> settings = new TreeSet<>();
        private final List<Instant> bad = new ArrayList<>();
        private boolean disabled;

        private Hook(long id, String destination, long createdBy, Instant created) {
            this.id = id;
            this.destination = destination;
            this.createdBy = createdBy;
            this.created = created;
        }
    }

    private record Waiting(Hook hook, String body, int attempt, Instant due) {}

    synchronized int count() {
        return hooks.size();
    }

    /** The same destination twice is one hook with the newer settings. [inferred] */
    synchronized ObjectNode register(String destination, List<String> settings, long user, long account) {
        var hook = hooks.computeIfAbsent(destination, d -> new Hook(++last, d, user, clock.instant()));
        hook.settings.clear();
        hook.settings.addAll(settings);
        hook.disabled = false;
        hook.bad.clear();
        return json(hook, account);
    }

    synchronized boolean remove(String destination) {
        return hooks.remove(destination) != null;
    }

    synchronized ArrayNode list(long account) {
        var rows = AmoAnswers.JSON.arrayNode();
        hooks.values().forEach(hook -> rows.add(json(hook, account)));
        return rows;
    }

    synchronized void disable(String destination) {
        Optional.ofNullable(hooks.get(destination)).ifPresent(hook -> hook.disabled = true);
    }

    synchronized List<AmoAccount.Push> pushes() {
        return List.copyOf(pushes);
    }

    /** Tells everybody who wants to hear of it, in the background. */
    synchronized void tell(String setting, Map<String, String> form) {
        var body = encoded(form);
        for (var hook : hooks.values()) {
            if (!hook.disabled && hook.settings.contains(setting)) {
                send(hook, body, 1);
            }
        }
    }

    /** Sends again what is due by the clock. */
    synchronized void retry() {
        var due = new ArrayList<Waiting>();
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            var one = all.next();
            if (!clock.instant().isBefore(one.due())) {
                all.remove();
                due.add(one);
            }
        }
        due.stream().filter(one -> !one.hook().disabled).forEach(one -> send(one.hook(), one.body(), one.attempt()));
    }

    private void send(Hook hook, String body, int attempt) {
        sender.execute(() -> answered(hook, body, attempt, post(hook.destination, body)));
    }

    private int post(String destination, String body) {
        var request = HttpRequest.newBuilder(URI.create(destination))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0; // no answer in time
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private synchronized void answered(Hook hook, String body, int attempt, int status) {
        pushes.add(new AmoAccount.Push(hook.destination, body, attempt, status));
        if (status >= 100 && status < 300) {
            return;
        }
        var now = clock.instant();
        hook.bad.removeIf(then -> then.isBefore(now.minus(REMEMBERED)));
        hook.bad.add(now);
        hook.disabled |= hook.bad.size() > BAD_UNTIL_DISABLED;
        var pauses = status >= 499 ? AFTER_5XX : AFTER_4XX;
        if (attempt <= pauses.size()) {
            waiting.add(new Waiting(hook, body, attempt + 1, now.plus(pauses.get(attempt - 1))));
        }
    }

    private static String encoded(Map<String, String> form) {
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return body.toString();
    }

    private static ObjectNode json(Hook hook, long account) {
        var json = AmoAnswers.JSON
                .objectNode()
                .put("id", hook.id)
                .put("destination", hook.destination)
                .put("created_at", hook.created.getEpochSecond())
                .put("updated_at", hook.created.getEpochSecond())
                .put("account_id", account)
                .put("created_by", hook.createdBy)
                .put("sort", 1)
                .put("disabled", hook.disabled);
        var settings = json.putArray("settings");
        hook.settings.forEach(settings::add);
        return json;
    }

    @Override
    public void close() {
        sender.shutdownNow();
        http.shutdownNow();
    }
}
