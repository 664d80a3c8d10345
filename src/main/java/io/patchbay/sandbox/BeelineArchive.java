package io.patchbay.sandbox;

import io.patchbay.sandbox.BeelineHistory.Recorded;
import io.patchbay.sandbox.SimulatedServer.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /statistics} and {@code /records}. Not thread-safe: the server's lock guards it. */
final class BeelineArchive {

    private final BeelineHistory history;

    BeelineArchive(BeelineHistory history) {
        this.history = history;
    }

    Reply statistics(Request request, List<String> path, boolean second) {
        if (path.size() > 1) {
            throw BeelineRefusal.notFound("Нет такого ресурса");
        }
        method(request, "GET");
        var query = BeelineQuery.of(request, "userId", "dateFrom", "dateTo", "page", "pageSize");
        var from = query.requiredInstant("dateFrom");
        var to = query.requiredInstant("dateTo");
        if (to.isBefore(from)) {
            throw BeelineRefusal.badRequest("dateTo раньше dateFrom");
        }
        var page = query.number("page", 0, Integer.MAX_VALUE, 0);
        var size = query.number("pageSize", 10, 100, 100);
        var user = query.text("userId");
        var rows = history.rows(
                row -> !row.started().isBefore(from)
                        && row.started().isBefore(to)
                        && (user.isEmpty() || row.employee().isNamed(user)),
                page,
                size);
        return Reply.json(
                200,
                JsonMapper.shared()
                        .writeValueAsString(
                                rows.stream().map(row -> row(row, second)).toList()));
    }

    /** @param path decoded segments after the API's base, e.g. {@code [records, 551594285, download]} */
    Reply records(Request request, List<String> path, boolean second) {
        if (path.size() == 1 && !second) {
            return list(request);
        }
        var verb = List.of("download", "reference").contains(path.getLast()) ? path.getLast() : "";
        var names = path.subList(1, verb.isEmpty() ? path.size() : path.size() - 1);
        // the link is known in the old form only, all else in the second [code] contracts/pbx/beeline.md section 3.8
        if (names.isEmpty() || names.size() > 2 || second == verb.equals("reference")) {
            throw BeelineRefusal.notFound("Нет такого ресурса");
        }
        BeelineQuery.of(request);
        var recorded = history.record(named(names)).orElseThrow(() -> BeelineRefusal.notFound("Запись не найдена"));
        if (verb.isEmpty() && request.method().equals("DELETE")) {
            history.delete(recorded);
            return Reply.empty(200);
        }
        method(request, "GET");
        return switch (verb) {
            case "download" -> Reply.bytes(200, "audio/mpeg", recorded.file());
            case "reference" ->
                Reply.json(
                        200,
                        JsonMapper.shared()
                                .writeValueAsString(Map.of(
                                        "url", "https://cloudpbx.beeline.ru/records/" + recorded.id() + ".mp3")));
            default -> Reply.json(200, row(recorded).toString());
        };
    }

    private Reply list(Request request) {
        method(request, "GET");
        var query = BeelineQuery.of(request, "userId", "dateFrom", "dateTo", "id");
        var after = query.text("id");
        if (!after.matches("\\d{0,18}")) {
            throw BeelineRefusal.badRequest("Неверный id");
        }
        var from = query.instant("dateFrom", Instant.MIN);
        var to = query.instant("dateTo", Instant.MAX);
        var user = query.text("userId");
        var all = history.records(
                r -> !began(r).isBefore(from)
                        && began(r).isBefore(to)
                        && (user.isEmpty() || r.row().employee().isNamed(user)),
                after);
        return Reply.json(
                200,
                JsonMapper.shared()
                        .writeValueAsString(
                                all.stream().map(BeelineArchive::row).toList()));
    }

    private static Predicate<Recorded> named(List<String> names) {
        return names.size() == 1
                ? r -> r.id().equals(names.getFirst())
                : r -> r.row().tracking().equals(names.getFirst())
                        && r.row().employee().userId().equals(names.getLast());
    }

    private static Instant began(Recorded recorded) {
        return recorded.row().answered().orElseThrow();
    }

    private static ObjectNode row(BeelineRow row, boolean second) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("startDate", row.started().toEpochMilli());
        json.set("abonent", row.employee().json(second ? "+7" : ""));
        json.put("direction", row.inbound() ? "INBOUND" : "OUTBOUND");
        json.put("status", row.status());
        if (!second) {
            json.put("phone", row.employee().phone());
        } else if (!row.number().isEmpty()) {
            json.put(row.inbound() ? "phone_from" : "phone_to", row.number());
        }
        return json.put("duration", row.talk().toMillis());
    }

    private static ObjectNode row(Recorded recorded) {
        var row = recorded.row();
        var json = JsonMapper.shared().createObjectNode();
        json.put("id", recorded.id()).put("externalId", row.tracking()).put("callId", row.callId());
        json.put("phone", row.number().substring(Math.max(0, row.number().length() - 10)));
        json.put("direction", row.inbound() ? "INBOUND" : "OUTBOUND");
        json.put("date", began(recorded).toEpochMilli())
                .put("duration", row.talk().toMillis());
        json.put("fileSize", recorded.file().length).putNull("comment");
        json.set("abonent", row.employee().json(""));
        return json;
    }

    private static void method(Request request, String only) {
        if (!request.method().equals(only)) {
            throw new BeelineRefusal(405, "MethodNotAllowed", "");
        }
    }
}
