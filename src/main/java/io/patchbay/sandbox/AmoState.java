package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All that a simulated amoCRM account knows, and the rules every section shares. Used only under the account's lock. */
final class AmoState {

    static final int MOST_ROWS = 250; // in a page and in a batch [doc] contracts/crm/amocrm.md §5
    static final int PIPELINE = 2_194_350;
    static final int FIRST_STAGE = 30_303_030;

    final AmoAccount.Integration integration;
    final Clock clock;
    final long account = 28_805_383;
    final AmoCards cards;
    final AmoNotes notes;
    final AmoHooks hooks;
    final Map<Long, AmoAccount.User> users = new LinkedHashMap<>();
    final List<AmoAccount.UnsortedLead> unsorted = new ArrayList<>();
    final List<AmoAccount.Task> tasks = new ArrayList<>();
    final List<AmoAccount.PopUp> popups = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    boolean unsortedOn = true;

    AmoState(AmoAccount.Integration integration, Clock clock) {
        this.integration = integration;
        this.clock = clock;
        this.cards = new AmoCards(clock);
        this.notes = new AmoNotes(clock);
        this.hooks = new AmoHooks(clock);
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    boolean isActive(long user) {
        return Optional.ofNullable(users.get(user)).map(AmoAccount.User::active).orElse(false);
    }

    boolean isAdmin(long user) {
        return Optional.ofNullable(users.get(user)).map(AmoAccount.User::admin).orElse(false);
    }

    String link(String path) {
        return "https://" + integration.subdomain() + "." + integration.zone() + path;
    }

    /** Something a real account might take, but that no good client does; tests expect none. */
    void problem(Request request, String what) {
        problems.add(request.method() + " " + request.path() + ": " + what);
    }

    Reply refuse(Request request, List<AmoShape.Wrong> wrongs) {
        wrongs.forEach(wrong -> problem(request, wrong.path() + " " + wrong.code()));
        return AmoAnswers.invalid(wrongs);
    }

    /** Query parameters that are not documented are noted as problems. */
    void expect(Request request, String names) {
        request.query().keySet().stream()
                .filter(name -> !name.matches(names))
                .forEach(name -> problem(request, "unknown parameter " + name));
    }

    /**
     * Rows of a page, or 204 past the last one. The link to the next page is given whenever a page is full, so that it may lead
     * to a 204. [issue amocrm-api-php #193]
     */
    Reply page(Request request, String name, List<? extends JsonNode> rows) {
        var limit = Math.min(number(request, "limit", 50), MOST_ROWS);
        var page = number(request, "page", 1);
        var from = (page - 1) * limit;
        if (from >= rows.size()) {
            return AmoAnswers.nothing();
        }
        var slice = rows.subList(from, Math.min(rows.size(), from + limit));
        var list = AmoAnswers.JSON.arrayNode();
        slice.forEach(list::add);
        var body = AmoAnswers.JSON.objectNode().put("_page", page);
        var links = body.putObject("_links");
        var self = link(request.path()) + "?limit=" + limit + "&page=";
        links.putObject("self").put("href", self + page);
        if (slice.size() == limit) {
            links.putObject("next").put("href", self + (page + 1));
        }
        body.putObject("_embedded").set(name, list);
        return AmoAnswers.hal(body);
    }

    int number(Request request, String name, int otherwise) {
        return request.queryValue(name)
                .filter(v -> v.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(v -> v > 0)
                .orElse(otherwise);
    }

    /** All values of {@code filter[name]}, {@code filter[name][]} and {@code filter[name][0]}. */
    static List<String> filter(Request request, String name) {
        return request.query().entrySet().stream()
                .filter(e -> e.getKey().matches("filter\\[" + name + "](\\[[0-9]*])?"))
                .flatMap(e -> e.getValue().stream())
                .toList();
    }

    static long range(Request request, String name) {
        return request.queryValue("filter[" + name + "][from]")
                .or(() -> request.queryValue("filter[" + name + "]"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    /** The whole batch, or nothing of it: every row is checked before the first is done. */
    Reply batch(
            Request request,
            Function<JsonNode, AmoShape> shape,
            BiFunction<String, JsonNode, Optional<AmoShape.Wrong>> sense,
            Function<List<ObjectNode>, Reply> work) {
        JsonNode asked;
        try {
            asked = request.isJson() ? request.json() : AmoAnswers.JSON.missingNode();
        } catch (JacksonException e) {
            asked = AmoAnswers.JSON.missingNode();
        }
        if (!(asked instanceof ArrayNode rows) || rows.isEmpty()) {
            problem(request, "the body is no JSON array with rows");
            return AmoAnswers.problem(400, "Bad Request", "Request body must be a not empty JSON array");
        }
        if (rows.size() > MOST_ROWS) {
            return AmoAnswers.problem(400, "Bad Request", "Too many rows");
        }
        var wrongs = new ArrayList<AmoShape.Wrong>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var id = row.path("request_id").asString(String.valueOf(i));
            var wrong = shape.apply(row).wrongs(id, row, this::isActive);
            wrongs.addAll(wrong);
            if (wrong.isEmpty()) {
                sense.apply(id, row).ifPresent(wrongs::add);
            }
        }
        if (!wrongs.isEmpty()) {
            return refuse(request, wrongs);
        }
        return work.apply(rows.valueStream().map(ObjectNode.class::cast).toList());
    }

    static Optional<AmoShape.Wrong> wrong(String requestId, String path, String detail) {
        return Optional.of(new AmoShape.Wrong(requestId, "NotSupportedChoice", path, detail));
    }

    static Optional<AmoShape.Wrong> fine() {
        return Optional.empty();
    }
}
