package io.patchbay.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What stands in the timeline of a card and on people's lists: comments, to-dos, tasks. */
final class Bitrix24Desk {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Bitrix24Crm crm;
    private final Bitrix24Users users;
    private final List<Bitrix24Portal.Comment> comments = new ArrayList<>();
    private final List<Bitrix24Portal.Todo> todos = new ArrayList<>();
    private final List<Bitrix24Portal.Task> tasks = new ArrayList<>();
    private long lastId = 900;

    Bitrix24Desk(Bitrix24Crm crm, Bitrix24Users users) {
        this.crm = crm;
        this.users = users;
    }

    List<Bitrix24Portal.Comment> comments() {
        return List.copyOf(comments);
    }

    List<Bitrix24Portal.Todo> todos() {
        return List.copyOf(todos);
    }

    List<Bitrix24Portal.Task> tasks() {
        return List.copyOf(tasks);
    }

    /** The key {@code fields} must be in small letters, and so must the type of the card [doc] contracts/crm/bitrix24.md §3.10. */
    JsonNode comment(Bitrix24Parameters given) {
        if (!(given.node("fields") instanceof ObjectNode node)) {
            throw Bitrix24Refusal.core("Could not find value for parameter {fields}");
        }
        var fields = Bitrix24Parameters.of(node);
        var type = fields.text("ENTITY_TYPE")
                .filter(word -> Set.of("contact", "lead", "deal", "company").contains(word))
                .flatMap(Bitrix24Item.Type::named)
                .orElseThrow(() -> Bitrix24Refusal.core("ENTITY_TYPE is not supported"));
        var item = fields.number("ENTITY_ID").flatMap(id -> crm.find(type, id)).orElseThrow(Bitrix24Crm::notFound);
        var text = fields.text("COMMENT").orElseThrow(() -> Bitrix24Refusal.core("Empty comment message"));
        comments.add(new Bitrix24Portal.Comment(++lastId, item.type().word(), item.id(), text));
        return JSON.numberNode(lastId);
    }

    ObjectNode todo(Bitrix24Parameters given) {
        var type = given.number("ownerTypeId")
                .flatMap(Bitrix24Item.Type::of)
                .orElseThrow(() -> Bitrix24Refusal.core("Owner type is not supported"));
        var item = given.number("ownerId").flatMap(id -> crm.find(type, id)).orElseThrow(Bitrix24Crm::notFound);
        var deadline = given.text("deadline")
                .flatMap(Bitrix24Parameters::time)
                .orElseThrow(() -> Bitrix24Refusal.core("Wrong deadline"));
        var responsible = given.number("responsibleId");
        todos.add(new Bitrix24Portal.Todo(
                ++lastId,
                item.type().word(),
                item.id(),
                given.text("title").orElse(""),
                given.text("description").orElse(""),
                responsible.orElse(item.assignedById()),
                deadline.toInstant()));
        return JSON.objectNode().put("id", lastId);
    }

    /** Texts of errors come with HTML inside; the answer is camelCase and its numbers are strings [doc] §3.10. */
    ObjectNode task(Bitrix24Parameters given) {
        var fields = given.object("fields");
        var problems = new StringBuilder();
        if (fields.text("TITLE").isEmpty()) {
            problems.append("The task has no title.<br>");
        }
        var responsible = fields.number("RESPONSIBLE_ID");
        if (responsible.flatMap(users::find).isEmpty()) {
            problems.append("The user in the field \"Responsible\" was not found.<br>");
        }
        var deadline = fields.text("DEADLINE").flatMap(Bitrix24Parameters::time);
        if (fields.has("DEADLINE") && deadline.isEmpty()) {
            problems.append("The deadline is wrong.<br>");
        }
        if (!problems.isEmpty()) {
            throw Bitrix24Refusal.core(problems.toString());
        }
        var cards = Bitrix24Parameters.elements(fields.node("UF_CRM_TASK")).stream()
                .map(JsonNode::asString)
                .toList();
        tasks.add(new Bitrix24Portal.Task(
                ++lastId,
                fields.text("TITLE").orElse(""),
                fields.text("DESCRIPTION").orElse(""),
                responsible.orElse(0L),
                deadline.map(time -> time.toInstant()),
                cards));
        var result = JSON.objectNode();
        result.putObject("task")
                .put("id", String.valueOf(lastId))
                .put("title", fields.text("TITLE").orElse(""))
                .put("responsibleId", String.valueOf(responsible.orElse(0L)))
                .put("status", "2");
        return result;
    }
}
