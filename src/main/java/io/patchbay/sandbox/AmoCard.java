package io.patchbay.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A contact, a company or a lead of a simulated amoCRM account. Changed only under the account's lock. */
final class AmoCard {

    static final int WON = 142; // the same number in every pipeline [doc] contracts/crm/amocrm.md §1
    static final int LOST = 143;

    final AmoKind kind;
    final long id;
    final Instant created;
    String name = "";
    long responsible;
    long createdBy;
    long updatedBy;
    long oldResponsible;
    Instant updated;
    /** Null until the first field is filled: the API then says null, not an empty list. [doc] contracts/crm/amocrm.md §3.5 */
    @Nullable
    ArrayNode fields;

    boolean deleted;
    /** Waits among the incoming leads: not in its own section yet. [doc] amocrm.ru unsorted-api */
    boolean unsorted;
    /** From when on the text search finds it. */
    Instant indexed;

    long price;
    int status;
    int pipeline;
    final Set<Long> leads = new LinkedHashSet<>();
    final Set<Long> contacts = new LinkedHashSet<>();
    final Set<Long> companies = new LinkedHashSet<>();

    AmoCard(AmoKind kind, long id, Instant created) {
        this.kind = kind;
        this.id = id;
        this.created = created;
        this.updated = created;
        this.indexed = created;
    }

    boolean isActiveLead() {
        return kind == AmoKind.LEAD && !deleted && !unsorted && status != WON && status != LOST;
    }

    List<String> phones() {
        var phones = new ArrayList<String>();
        if (fields != null) {
            for (var field : fields) {
                if (field.path("field_code").asString("").equals("PHONE")) {
                    field.path("values").forEach(v -> phones.add(v.path("value").asString("")));
                }
            }
        }
        return phones;
    }

    /** As the text search sees it: the name and every filled field, as typed. */
    boolean hasText(String wanted) {
        if (name.contains(wanted)) {
            return true;
        }
        if (fields != null) {
            for (var field : fields) {
                for (var value : field.path("values")) {
                    if (value.path("value").asString("").contains(wanted)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    boolean hasLastDigits(String phone, int count) {
        var wanted = lastDigits(phone, count);
        return !wanted.isEmpty()
                && phones().stream().anyMatch(p -> lastDigits(p, count).equals(wanted));
    }

    private static String lastDigits(String phone, int count) {
        var digits = phone.replaceAll("[^0-9]", "");
        return digits.substring(Math.max(0, digits.length() - count));
    }

    /** Takes over the members that are there; {@code custom_fields_values} replaces the values of the fields it names. */
    void take(JsonNode row, Instant now, long user) {
        if (row.has("name")) {
            name = row.path("name").asString();
        } else if (row.has("first_name") || row.has("last_name")) {
            name = (row.path("first_name").asString("") + " "
                            + row.path("last_name").asString(""))
                    .strip();
        }
        if (row.has("responsible_user_id")) {
            oldResponsible = responsible;
            responsible = row.path("responsible_user_id").asLong();
        }
        price = row.path("price").asLong(price);
        status = row.path("status_id").asInt(status);
        pipeline = row.path("pipeline_id").asInt(pipeline);
        for (var field : row.path("custom_fields_values")) {
            replace(field);
        }
        updated = now;
        updatedBy = user;
    }

    private void replace(JsonNode field) {
        if (fields == null) {
            fields = AmoAnswers.JSON.arrayNode();
        }
        var code = field.path("field_code").asString("");
        for (int i = 0; i < fields.size(); i++) {
            var same = fields.get(i).path("field_code").asString("").equals(code) && !code.isEmpty()
                    || field.has("field_id") && fields.get(i).path("field_id").equals(field.path("field_id"));
            if (same) {
                fields.remove(i);
                break;
            }
        }
        ObjectNode stored = (ObjectNode) field.deepCopy();
        stored.put("field_type", code.equals("PHONE") ? "multitext" : "text");
        if (code.equals("PHONE") && !stored.has("field_id")) {
            stored.put("field_id", 3).put("field_name", "Phone");
        }
        fields.add(stored);
    }

    ObjectNode json(boolean withLinks, String self, long account) {
        var json = AmoAnswers.JSON.objectNode().put("id", id).put("name", name);
        json.put("responsible_user_id", responsible)
                .put("group_id", 0)
                .put("created_by", createdBy)
                .put("updated_by", updatedBy)
                .put("created_at", created.getEpochSecond())
                .put("updated_at", updated.getEpochSecond())
                .put("is_deleted", deleted);
        if (kind == AmoKind.LEAD) {
            json.put("price", price).put("status_id", status).put("pipeline_id", pipeline);
        }
        json.putNull("closest_task_at");
        if (fields == null) {
            json.putNull("custom_fields_values");
        } else {
            json.set("custom_fields_values", fields.deepCopy());
        }
        json.put("account_id", account);
        json.putObject("_links").putObject("self").put("href", self);
        var embedded = json.putObject("_embedded");
        embedded.putArray("tags");
        embedded.set("companies", ids(companies));
        if (withLinks) {
            embedded.set(kind == AmoKind.LEAD ? "contacts" : "leads", ids(kind == AmoKind.LEAD ? contacts : leads));
        }
        return json;
    }

    private static ArrayNode ids(Set<Long> ids) {
        var rows = AmoAnswers.JSON.arrayNode();
        ids.forEach(id -> rows.addObject().put("id", id));
        return rows;
    }
}
