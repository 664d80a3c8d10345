package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The account itself, its users, pipelines, tasks and webhooks in a simulated amoCRM account. */
final class AmoOffice {

    // [doc] contracts/crm/amocrm.md §3.8
    private static final Set<String> HOOK_SETTINGS = Stream.of("add", "update", "delete", "restore", "responsible")
            .flatMap(what ->
                    Stream.of("lead", "contact", "company", "customer", "task").map(kind -> what + "_" + kind))
            .collect(Collectors.collectingAndThen(Collectors.toSet(), all -> {
                all.addAll(List.of(
                        "status_lead", "note_lead", "note_contact", "note_company", "note_customer", "add_talk"));
                return Set.copyOf(all);
            }));

    private final AmoState state;
    private long lastTask = 4_745_250;

    AmoOffice(AmoState state) {
        this.state = state;
    }

    Reply account(Request request, long user) {
        state.expect(request, "with");
        return AmoAnswers.hal(AmoAnswers.JSON
                .objectNode()
                .put("id", state.account)
                .put("name", "Ромашка")
                .put("subdomain", state.integration.subdomain())
                .put("current_user_id", user)
                .put("country", "RU")
                .put("currency", "RUB")
                .put("is_unsorted_on", state.unsortedOn));
    }

    /** No member of a user tells an extension. [doc] contracts/crm/amocrm.md §3.7 */
    Reply users(Request request, long user) {
        if (!state.isAdmin(user)) {
            return forbidden();
        }
        state.expect(request, "page|limit|with");
        return state.page(
                request,
                "users",
                state.users.values().stream().map(AmoOffice::json).toList());
    }

    Reply user(long id, long user) {
        if (!state.isAdmin(user)) {
            return forbidden();
        }
        return Optional.ofNullable(state.users.get(id))
                .map(one -> AmoAnswers.hal(json(one)))
                .orElseGet(() -> AmoAnswers.problem(404, "Not Found", "User not found"));
    }

    Reply pipelines(Request request) {
        var pipeline = AmoAnswers.JSON
                .objectNode()
                .put("id", AmoState.PIPELINE)
                .put("name", "Воронка")
                .put("sort", 1)
                .put("is_main", true)
                .put("is_unsorted_on", state.unsortedOn)
                .put("is_archive", false);
        var statuses = pipeline.putObject("_embedded").putArray("statuses");
        statuses.addObject().put("id", AmoState.FIRST_STAGE).put("name", "Первичный контакт");
        statuses.addObject().put("id", AmoCard.WON).put("name", "Успешно реализовано");
        statuses.addObject().put("id", AmoCard.LOST).put("name", "Закрыто и не реализовано");
        return state.page(request, "pipelines", List.of(pipeline));
    }

    Reply addTasks(Request request, long user) {
        return state.batch(request, row -> AmoShape.TASK, this::senseOfTask, rows -> {
            var made = AmoAnswers.JSON.arrayNode();
            for (int i = 0; i < rows.size(); i++) {
                var row = rows.get(i);
                var task = new AmoAccount.Task(
                        ++lastTask,
                        row.path("text").asString(),
                        row.path("task_type_id").asInt(1),
                        row.path("complete_till").asLong(),
                        row.path("entity_type").asString(""),
                        row.path("entity_id").asLong(0),
                        row.path("responsible_user_id").asLong(user));
                state.tasks.add(task);
                made.addObject().put("id", task.id()).put("request_id", AmoRecords.requestId(row, i));
            }
            return AmoAnswers.hal(AmoAnswers.collection("tasks", made));
        });
    }

    private Optional<AmoShape.Wrong> senseOfTask(String id, JsonNode row) {
        if (!row.has("entity_id") && !row.has("entity_type")) {
            return AmoState.fine();
        }
        var type = row.path("entity_type").asString("");
        var kind = AmoKind.ofPlural(type);
        if (kind.isEmpty()) {
            return AmoState.wrong(id, "entity_type", "contacts, leads, companies or customers");
        }
        return state.cards.anyOf(kind.get(), row.path("entity_id").asLong()).isPresent()
                ? AmoState.fine()
                : AmoState.wrong(id, "entity_id", "Entity not found");
    }

    Reply listTasks(Request request) {
        state.expect(
                request,
                "page|limit|filter\\[(id|entity_type|entity_id|task_type_id|is_completed|updated_at)].*|order\\[.*");
        var ids = AmoState.filter(request, "entity_id");
        var types = AmoState.filter(request, "entity_type");
        return state.page(
                request,
                "tasks",
                state.tasks.stream()
                        .filter(task -> types.isEmpty() || types.contains(task.entityType()))
                        .filter(task -> ids.isEmpty() || ids.contains(String.valueOf(task.entityId())))
                        .map(AmoOffice::json)
                        .toList());
    }

    Reply hooks(Request request, long user) {
        if (!state.isAdmin(user)) {
            return forbidden();
        }
        return switch (request.method()) {
            case "GET" -> listHooks();
            case "POST" -> addHook(request, user);
            case "DELETE" -> {
                var found =
                        state.hooks.remove(request.json().path("destination").asString(""));
                yield found ? AmoAnswers.nothing() : AmoAnswers.problem(404, "Not Found", "No such webhook");
            }
            default -> AmoAnswers.problem(405, "Method Not Allowed", request.method());
        };
    }

    private Reply listHooks() {
        var rows = state.hooks.list(state.account);
        return rows.isEmpty() ? AmoAnswers.nothing() : AmoAnswers.hal(AmoAnswers.collection("webhooks", rows));
    }

    private Reply addHook(Request request, long user) {
        var asked = request.json();
        var destination = asked.path("destination").asString("");
        var settings =
                asked.path("settings").valueStream().map(JsonNode::asString).toList();
        if (!destination.matches("https?://.+") || settings.isEmpty() || !HOOK_SETTINGS.containsAll(settings)) {
            state.problem(request, "destination or settings");
            return AmoAnswers.problem(400, "Bad Request", "destination or settings are wrong");
        }
        if (state.hooks.count() >= AmoHooks.MOST) {
            return AmoAnswers.problem(400, "Bad Request", "At most 100 webhooks");
        }
        return AmoAnswers.hal(state.hooks.register(destination, settings, user, state.account));
    }

    private static ObjectNode json(AmoAccount.User user) {
        var json = AmoAnswers.JSON
                .objectNode()
                .put("id", user.id())
                .put("name", user.name())
                .put("email", user.email())
                .put("lang", "ru");
        json.putObject("rights")
                .put("is_admin", user.admin())
                .put("is_free", false)
                .put("is_active", user.active())
                .putNull("group_id")
                .putNull("role_id");
        return json;
    }

    private static ObjectNode json(AmoAccount.Task task) {
        return AmoAnswers.JSON
                .objectNode()
                .put("id", task.id())
                .put("text", task.text())
                .put("task_type_id", task.type())
                .put("complete_till", task.completeTill())
                .put("entity_type", task.entityType())
                .put("entity_id", task.entityId())
                .put("responsible_user_id", task.responsible())
                .put("is_completed", false);
    }

    private static Reply forbidden() {
        return AmoAnswers.problem(403, "Forbidden", "Administrator rights are required");
    }
}
