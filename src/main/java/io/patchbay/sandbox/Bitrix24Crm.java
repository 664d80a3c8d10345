package io.patchbay.sandbox;

import static io.patchbay.sandbox.Bitrix24Item.Type;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leads, deals, contacts and companies with the index of their phones.
 *
 * <p>The index holds digits only: spaces, brackets and the plus do not matter and an extension behind the number is left out, but
 * {@code +7...} and {@code 8...} stay two numbers, because the docs do not promise more [doc] contracts/crm/bitrix24.md §4.
 */
final class Bitrix24Crm {

    static final int PAGE = 50;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_IDS = 20;
    private static final int MOST_VALUES = 20;

    private final Bitrix24Users users;
    private final BiConsumer<String, ObjectNode> events;
    private final List<Bitrix24Item> items = new ArrayList<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private long lastId = 100;
    private long lastMeansId = 10;
    private boolean leads = true;

    /** @param events told of every change: name of the event and its data */
    Bitrix24Crm(Bitrix24Users users, BiConsumer<String, ObjectNode> events) {
        this.users = users;
        this.events = events;
    }

    /** 1 with leads, 2 without. */
    int mode() {
        return leads ? 1 : 2;
    }

    void setLeads(boolean leads) {
        this.leads = leads;
    }

    List<Bitrix24Item> items(Type type) {
        return items.stream().filter(item -> item.type() == type).toList();
    }

    Optional<Bitrix24Item> find(Type type, long id) {
        return items.stream()
                .filter(item -> item.type() == type && item.id() == id)
                .findFirst();
    }

    /** Names of fields that crm.item.add got and dropped, as {@code CONTACT.PHONE}. */
    Set<String> dropped() {
        return Set.copyOf(dropped);
    }

    Bitrix24Item create(Type type, ObjectNode fields) {
        var item = new Bitrix24Item(type, ++lastId);
        take(item, fields);
        if (type != Type.CONTACT && item.title().isEmpty()) {
            item.fields().put("title", type.word() + " #" + item.id());
        }
        if (item.text("stageId").isEmpty() && (type == Type.LEAD || type == Type.DEAL)) {
            item.fields().put("stageId", "NEW");
        }
        Bitrix24Parameters.elements(fields.path("fm")).forEach(one -> addMeans(item, one));
        items.add(item);
        changed(item, "ADD");
        return item;
    }

    private void take(Bitrix24Item item, ObjectNode fields) {
        fields.properties().forEach(field -> {
            if (item.type().fields().contains(field.getKey())) {
                item.fields().set(field.getKey(), field.getValue());
            } else if (!field.getKey().equals("fm") || !item.type().hasPhones()) {
                dropped.add(item.type() + "." + field.getKey());
            }
        });
    }

    private void addMeans(Bitrix24Item item, JsonNode one) {
        var typeId = Bitrix24Parameters.textOf(one.path("typeId"));
        var value = Bitrix24Parameters.textOf(one.path("value"));
        if (typeId.isPresent() && value.isPresent() && item.type().hasPhones()) {
            item.means()
                    .add(new Bitrix24Item.Means(
                            ++lastMeansId,
                            typeId.get(),
                            Bitrix24Parameters.textOf(one.path("valueType")).orElse("WORK"),
                            value.get()));
        } else {
            dropped.add(item.type() + ".fm");
        }
    }

    private void changed(Bitrix24Item item, String how) {
        var data = JSON.objectNode();
        data.putObject("FIELDS").put("ID", String.valueOf(item.id()));
        events.accept("ONCRM" + item.type() + how, data);
    }

    void delete(Bitrix24Item item) {
        items.remove(item);
        changed(item, "DELETE");
    }

    // ---- search by phone

    /** Contacts first, then companies, then leads: this portal's own priority. */
    List<Bitrix24Item> withNumber(String phone) {
        var digits = digits(phone);
        var found = new ArrayList<Bitrix24Item>();
        if (!digits.isEmpty()) {
            for (var type : List.of(Type.CONTACT, Type.COMPANY, Type.LEAD)) {
                items(type).stream().filter(item -> item.hasDigits(digits)).forEach(found::add);
            }
        }
        return found;
    }

    ArrayNode searchCrmEntities(Bitrix24Parameters given) {
        var phone = given.text("PHONE_NUMBER").orElseThrow(() -> Bitrix24Refusal.core("PHONE_NUMBER is empty"));
        var rows = JSON.arrayNode();
        for (var item : withNumber(phone)) {
            var row = rows.addObject()
                    .put("CRM_ENTITY_TYPE", item.type().name())
                    .put("CRM_ENTITY_ID", item.id())
                    .put("ASSIGNED_BY_ID", item.assignedById())
                    .put("NAME", item.title());
            row.set("ASSIGNED_BY", users.responsible(item.assignedById()));
        }
        return rows;
    }

    /** Ids by type, oldest first; twenty of one type hide the types behind it; nothing at all is an empty list, not an object. */
    JsonNode duplicates(Bitrix24Parameters given) {
        var type = given.text("type").orElse("");
        if (!type.equals("PHONE") && !type.equals("EMAIL")) {
            throw new Bitrix24Refusal(400, "Communication type is not defined", "");
        }
        var values = Bitrix24Parameters.elements(given.node("values"));
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            throw new Bitrix24Refusal(400, "Communication values are not defined", "");
        }
        var only = given.text("entity_type");
        var result = JSON.objectNode();
        for (var kind : List.of(Type.LEAD, Type.CONTACT, Type.COMPANY)) {
            if (only.map(one -> one.equals(kind.name())).orElse(true)) {
                var ids = JSON.arrayNode();
                items(kind).stream()
                        .filter(item -> values.stream().anyMatch(value -> has(item, type, value.asString(""))))
                        .limit(MOST_IDS)
                        .forEach(item -> ids.add(item.id()));
                if (!ids.isEmpty()) {
                    result.set(kind.name(), ids);
                }
                if (ids.size() == MOST_IDS) {
                    break;
                }
            }
        }
        return result.isEmpty() ? JSON.arrayNode() : result;
    }

    private static boolean has(Bitrix24Item item, String type, String value) {
        return type.equals("PHONE")
                ? !digits(value).isEmpty() && item.hasDigits(digits(value))
                : item.means().stream()
                        .anyMatch(one ->
                                one.typeId().equals("EMAIL") && one.value().equalsIgnoreCase(value));
    }

    /** The form of a number in the index. */
    static String digits(String phone) {
        return phone.replaceFirst("[#;,].*", "").replaceAll("\\D", "");
    }

    // ---- crm.item.*

    ObjectNode add(Bitrix24Parameters given) {
        var fields = fields(given);
        return wrapped(create(type(given), fields).json(false));
    }

    ObjectNode update(Bitrix24Parameters given) {
        var item = required(given);
        var fields = fields(given);
        take(item, fields);
        if (fields.path("fm") instanceof ObjectNode changes) {
            changes.properties().forEach(change -> changeMeans(item, change.getKey(), change.getValue()));
        } else if (fields.has("fm")) {
            dropped.add(item.type() + ".fm");
        }
        changed(item, "UPDATE");
        return wrapped(item.json(false));
    }

    /** {@code n0} adds; a number changes that value, or deletes it when the value is empty. */
    private void changeMeans(Bitrix24Item item, String key, JsonNode change) {
        if (key.matches("n\\d+")) {
            addMeans(item, change);
            return;
        }
        var means = item.means();
        for (var i = 0; i < means.size(); i++) {
            var old = means.get(i);
            if (String.valueOf(old.id()).equals(key)) {
                var value = Bitrix24Parameters.textOf(change.path("value"));
                if (value.isEmpty()) {
                    means.remove(i);
                } else {
                    means.set(i, new Bitrix24Item.Means(old.id(), old.typeId(), old.valueType(), value.get()));
                }
                return;
            }
        }
    }

    ObjectNode get(Bitrix24Parameters given) {
        return wrapped(required(given).json(true));
    }

    /** Rows that match, in the order of their ids; filters compare exactly, {@code @} means one of, {@code >} above. */
    List<ObjectNode> list(Bitrix24Parameters given) {
        var all = Bitrix24Parameters.elements(given.node("select")).stream()
                .map(JsonNode::asString)
                .toList();
        var withMeans = all.contains("*");
        return items(type(given)).stream()
                .filter(item -> matches(item.json(false), given.object("filter").all()))
                .map(item -> selected(item.json(withMeans), all))
                .toList();
    }

    private static ObjectNode selected(ObjectNode row, List<String> names) {
        if (names.isEmpty() || names.contains("*")) {
            return row;
        }
        var kept = JSON.objectNode().put("id", row.path("id").asLong());
        names.forEach(name -> {
            if (row.has(name)) {
                kept.set(name, row.path(name));
            }
        });
        return kept;
    }

    private static boolean matches(ObjectNode row, ObjectNode filter) {
        return filter.properties().stream().allMatch(condition -> {
            var name = condition.getKey().replaceFirst("^[@><=!]+", "");
            var operator = condition.getKey().substring(0, condition.getKey().length() - name.length());
            if (!row.has(name)) {
                return true; // a field the portal does not know does not filter
            }
            var value = row.path(name).asString("");
            return switch (operator) {
                case "@" ->
                    Bitrix24Parameters.elements(condition.getValue()).stream()
                            .anyMatch(one -> one.asString("").equals(value));
                case ">" -> row.path(name).asLong(0) > condition.getValue().asLong(0);
                case "!=" -> !condition.getValue().asString("").equals(value);
                default -> condition.getValue().asString("").equals(value);
            };
        });
    }

    /** The older list of contacts: ids are strings and a phone is compared as it was typed [issue] contracts/crm/bitrix24.md §8. */
    List<ObjectNode> contacts(Bitrix24Parameters given) {
        var filter = given.object("filter");
        return items(Type.CONTACT).stream()
                .filter(item ->
                        filter.text("PHONE").map(item.phones()::contains).orElse(true))
                .filter(item -> filter.text("ORIGIN_ID")
                        .map(item.text("originId")::equals)
                        .orElse(true))
                .map(item -> JSON.objectNode()
                        .put("ID", String.valueOf(item.id()))
                        .put("NAME", item.text("name"))
                        .put("LAST_NAME", item.text("lastName"))
                        .put("ASSIGNED_BY_ID", String.valueOf(item.assignedById())))
                .toList();
    }

    private static ObjectNode fields(Bitrix24Parameters given) {
        if (given.node("fields") instanceof ObjectNode fields) {
            return fields;
        }
        throw Bitrix24Refusal.core("Could not find value for parameter {fields}");
    }

    private static Type type(Bitrix24Parameters given) {
        return given.number("entityTypeId")
                .flatMap(Type::of)
                .orElseThrow(() -> new Bitrix24Refusal(400, "NOT_FOUND", "Smart process not found"));
    }

    Bitrix24Item required(Bitrix24Parameters given) {
        return given.number("id").flatMap(id -> find(type(given), id)).orElseThrow(Bitrix24Crm::notFound);
    }

    static Bitrix24Refusal notFound() {
        return new Bitrix24Refusal(400, "NOT_FOUND", "Element not found");
    }

    private static ObjectNode wrapped(ObjectNode item) {
        var result = JSON.objectNode();
        result.set("item", item);
        return result;
    }

    // ---- what telephony makes by itself

    /** Creates what the portal makes for an unknown number: a lead, or without leads a contact with a deal. First the one for the card. */
    List<Bitrix24Item> createFor(String phone, long responsible) {
        var fields = JSON.objectNode().put("assignedById", responsible).put("sourceId", "CALL");
        if (leads) {
            return List.of(create(Type.LEAD, withPhone(fields.put("title", phone + " - Incoming call"), phone)));
        }
        var contact = create(Type.CONTACT, withPhone(fields.put("name", phone), phone));
        var deal = JSON.objectNode()
                .put("title", phone.toLowerCase(Locale.ROOT) + " - Incoming call")
                .put("assignedById", responsible)
                .put("contactId", contact.id());
        return List.of(contact, create(Type.DEAL, deal));
    }

    static ObjectNode withPhone(ObjectNode fields, String phone) {
        if (!phone.isEmpty()) {
            fields.putArray("fm")
                    .addObject()
                    .put("typeId", "PHONE")
                    .put("valueType", "WORK")
                    .put("value", phone);
        }
        return fields;
    }
}
