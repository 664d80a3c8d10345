package io.patchbay.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every method this portal has: which right it needs, who may call it, what it does. */
final class Bitrix24Methods {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int PAGE = 50;

    private final Map<String, Method> byName = new LinkedHashMap<>();

    /** @param scope one of these is enough; empty: none is needed */
    record Method(String name, Set<String> scope, boolean onlyApplication, boolean onlyAdmin, Body body) {}

    interface Body {
        /** @return the whole answer but for {@code time}: result, and of a list also total and next */
        ObjectNode run(Bitrix24Caller caller, Bitrix24Parameters given);
    }

    Bitrix24Methods(
            Bitrix24Users users,
            Bitrix24Crm crm,
            Bitrix24Telephony telephony,
            Bitrix24Desk desk,
            Bitrix24Events events) {
        application("telephony.externalCall.register", "telephony", telephony::register);
        any("telephony.externalCall.show", "telephony", given -> JSON.booleanNode(telephony.show(given)));
        any("telephony.externalCall.hide", "telephony", given -> JSON.booleanNode(telephony.hide(given)));
        application("telephony.externalCall.finish", "telephony", telephony::finish);
        any("telephony.externalCall.attachRecord", "telephony", telephony::attachRecord);
        any("telephony.externalCall.searchCrmEntities", "telephony", crm::searchCrmEntities);
        line("telephony.externalLine.add", telephony::addLine);
        line("telephony.externalLine.get", given -> telephony.getLines());
        line("telephony.externalLine.update", telephony::updateLine);
        line("telephony.externalLine.delete", telephony::deleteLine);
        add(new Method(
                "voximplant.statistic.get",
                Set.of("telephony"),
                false,
                true,
                (caller, given) -> paged(given, telephony.statistics(given), rows -> rows)));
        add(new Method(
                "user.get",
                Set.of("user", "user_basic", "user_brief"),
                false,
                false,
                (caller, given) -> paged(given, users.list(given, !onlyBrief(caller)), rows -> rows)));
        any("crm.duplicate.findbycomm", "crm", crm::duplicates);
        any("crm.item.add", "crm", crm::add);
        any("crm.item.update", "crm", crm::update);
        any("crm.item.get", "crm", crm::get);
        add(new Method(
                "crm.item.list",
                Set.of("crm"),
                false,
                false,
                (caller, given) -> paged(given, crm.list(given), rows -> {
                    var result = JSON.objectNode();
                    result.set("items", rows);
                    return result;
                })));
        add(new Method(
                "crm.contact.list",
                Set.of("crm"),
                false,
                false,
                (caller, given) -> paged(given, crm.contacts(given), rows -> rows)));
        any("crm.settings.mode.get", "crm", given -> JSON.numberNode(crm.mode()));
        any("crm.timeline.comment.add", "crm", desk::comment);
        any("crm.activity.todo.add", "crm", desk::todo);
        any("tasks.task.add", "task", desk::task);
        application("event.bind", "", given -> JSON.booleanNode(events.bind(given)));
        application("event.unbind", "", events::unbind);
        application("event.get", "", given -> events.get());
        application("app.info", "", (caller, given) -> {
            var info = JSON.objectNode()
                    .put("ID", 3)
                    .put("CODE", Bitrix24OAuth.CLIENT_ID)
                    .put("INSTALLED", events.installed());
            var scopes = info.putArray("SCOPE");
            caller.scopes().stream().sorted().forEach(scopes::add);
            return info;
        });
    }

    private static boolean onlyBrief(Bitrix24Caller caller) {
        return !caller.scopes().contains("user_basic") && !caller.scopes().contains("user");
    }

    private void any(String name, String scope, Function<Bitrix24Parameters, JsonNode> body) {
        add(new Method(name, scopes(scope), false, false, (caller, given) -> result(body.apply(given))));
    }

    private void application(String name, String scope, Function<Bitrix24Parameters, JsonNode> body) {
        application(name, scope, (caller, given) -> body.apply(given));
    }

    private void application(String name, String scope, BiFunction<Bitrix24Caller, Bitrix24Parameters, JsonNode> body) {
        add(new Method(name, scopes(scope), true, false, (caller, given) -> result(body.apply(caller, given))));
    }

    private void line(String name, Function<Bitrix24Parameters, JsonNode> body) {
        add(new Method(name, Set.of("telephony"), true, true, (caller, given) -> result(body.apply(given))));
    }

    private static Set<String> scopes(String scope) {
        return scope.isEmpty() ? Set.of() : Set.of(scope);
    }

    private void add(Method method) {
        byName.put(method.name().toLowerCase(Locale.ROOT), method);
    }

    /** Names are told apart without regard to case [code] contracts/crm/bitrix24.md §1. */
    Method find(String name) {
        var method = byName.get(name.toLowerCase(Locale.ROOT));
        if (method == null) {
            throw new Bitrix24Refusal(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");
        }
        return method;
    }

    private static ObjectNode result(JsonNode result) {
        var answer = JSON.objectNode();
        answer.set("result", result);
        return answer;
    }

    /** Fifty rows a page; {@code next} is absent at the end. */
    private static ObjectNode paged(
            Bitrix24Parameters given, List<ObjectNode> rows, Function<ArrayNode, JsonNode> shape) {
        var start = given.number("start").orElse(0L).intValue();
        var from = Math.min(Math.max(start, 0), rows.size());
        var to = Math.min(from + PAGE, rows.size());
        var page = JSON.arrayNode();
        rows.subList(from, to).forEach(page::add);
        var answer = result(shape.apply(page));
        if (start >= 0) {
            answer.put("total", rows.size());
            if (to < rows.size()) {
                answer.put("next", to);
            }
        }
        return answer;
    }
}
