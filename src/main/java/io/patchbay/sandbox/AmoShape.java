package io.patchbay.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import tools.jackson.databind.JsonNode;

/**
 * Which members a row sent to amoCRM may have. A member that is null, of another type or unknown is refused: the real API
 * refuses nulls [issue amocrm-api-php #570]; that it refuses unknown members is our strictness.
 */
final class AmoShape {

    private static final Set<String> PHONE_KINDS = Set.of("WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER");

    private static final AmoShape EMBEDDED = of("contacts:list", "companies:list", "tags:list", "leads:list");

    static final AmoShape CONTACT = of(
            "id:whole",
            "name:text",
            "first_name:text",
            "last_name:text",
            "responsible_user_id:user",
            "created_by:user",
            "updated_by:user",
            "created_at:whole",
            "updated_at:whole",
            "custom_fields_values:fields",
            "request_id:text",
            "_embedded:object");

    static final AmoShape LEAD = of(
            "id:whole",
            "name:text",
            "price:whole",
            "status_id:whole",
            "pipeline_id:whole",
            "responsible_user_id:user",
            "created_by:user",
            "updated_by:user",
            "created_at:whole",
            "updated_at:whole",
            "closed_at:whole",
            "custom_fields_values:fields",
            "request_id:text",
            "_embedded:object");

    static final AmoShape CALL = of(
            "direction:text!",
            "phone:text!",
            "duration:whole!",
            "source:text!",
            "uniq:text",
            "link:text",
            "call_status:whole",
            "call_result:text",
            "call_responsible:userOrText",
            "responsible_user_id:user",
            "created_by:user",
            "updated_by:user",
            "created_at:whole",
            "updated_at:whole",
            "request_id:text");

    static final AmoShape CALL_NOTE = of(
            "id:whole",
            "entity_id:whole!",
            "note_type:text!",
            "params:call!",
            "created_by:user",
            "responsible_user_id:user",
            "created_at:whole",
            "updated_at:whole",
            "request_id:text");

    static final AmoShape NOTE_CHANGE = of(
            "id:whole!",
            "entity_id:whole",
            "note_type:text!",
            "params:object!",
            "responsible_user_id:user",
            "updated_at:whole",
            "request_id:text");

    static final AmoShape PLAIN_NOTE = of(
            "entity_id:whole!",
            "note_type:text!",
            "params:object!",
            "created_by:user",
            "responsible_user_id:user",
            "created_at:whole",
            "request_id:text");

    static final AmoShape UNSORTED = of(
            "request_id:text",
            "source_name:text!",
            "source_uid:text!",
            "pipeline_id:whole",
            "created_at:whole",
            "metadata:sip!",
            "_embedded:object");

    static final AmoShape TASK = of(
            "task_type_id:whole",
            "text:text!",
            "complete_till:whole!",
            "entity_id:whole",
            "entity_type:text",
            "responsible_user_id:user",
            "created_by:user",
            "created_at:whole",
            "updated_at:whole",
            "duration:whole",
            "is_completed:flag",
            "result:object",
            "request_id:text");

    private static final AmoShape CALL_PARAMS = of(
            "uniq:text!",
            "duration:whole!",
            "source:text!",
            "link:text",
            "phone:text!",
            "call_status:whole",
            "call_result:text",
            "call_responsible:userOrText");

    private static final AmoShape SIP = of(
            "phone:text",
            "call_responsible:userOrText",
            "called_at:whole!",
            "duration:whole!",
            "link:text",
            "service_code:text!",
            "uniq:text!",
            "is_call_event_needed:flag",
            "from:text");

    /** Something the account refuses in one row. */
    record Wrong(String requestId, String code, String path, String detail) {}

    private final Map<String, String> types = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    private AmoShape() {}

    private static AmoShape of(String... members) {
        var shape = new AmoShape();
        for (var member : members) {
            var cut = member.indexOf(':');
            var name = member.substring(0, cut);
            shape.types.put(name, member.substring(cut + 1).replace("!", ""));
            if (member.endsWith("!")) {
                shape.required.add(name);
            }
        }
        return shape;
    }

    /** @param activeUser tells whether an id may own or write something */
    List<Wrong> wrongs(String requestId, JsonNode row, LongPredicate activeUser) {
        var wrongs = new ArrayList<Wrong>();
        check(requestId, "", row, activeUser, wrongs);
        return wrongs;
    }

    private void check(String requestId, String prefix, JsonNode row, LongPredicate user, List<Wrong> wrongs) {
        if (!row.isObject()) {
            wrongs.add(new Wrong(requestId, "InvalidType", prefix, "This value should be of type object."));
            return;
        }
        for (var name : required) {
            if (!row.has(name)) {
                wrongs.add(new Wrong(requestId, "FieldMissing", prefix + name, "This field is missing."));
            }
        }
        row.properties().forEach(member -> {
            var path = prefix + member.getKey();
            var type = types.get(member.getKey());
            if (type == null) {
                wrongs.add(new Wrong(requestId, "UnknownField", path, "This field was not expected."));
            } else {
                checkValue(requestId, path, type, member.getValue(), user, wrongs);
            }
        });
    }

    private static void checkValue(
            String requestId, String path, String type, JsonNode value, LongPredicate user, List<Wrong> wrongs) {
        var fits = switch (type) {
            case "text" -> value.isString();
            case "whole" -> value.isIntegralNumber();
            case "flag" -> value.isBoolean();
            case "user" -> value.isIntegralNumber();
            case "userOrText" -> value.isIntegralNumber() || value.isString();
            case "list", "fields" -> value.isArray();
            default -> value.isObject();
        };
        if (!fits) {
            wrongs.add(new Wrong(requestId, "InvalidType", path, "This value should be of type " + type + "."));
            return;
        }
        switch (type) {
            case "user", "userOrText" -> {
                // 0 is the robot [code amo-php]
                if (value.isIntegralNumber() && value.asLong() != 0 && !user.test(value.asLong())) {
                    wrongs.add(new Wrong(requestId, "NotSupportedChoice", path, "The user is unknown or not active."));
                }
            }
            case "call" -> CALL_PARAMS.check(requestId, path + ".", value, user, wrongs);
            case "sip" -> SIP.check(requestId, path + ".", value, user, wrongs);
            case "fields" -> checkFields(requestId, path, value, wrongs);
            default -> {
                if (path.equals("_embedded")) {
                    EMBEDDED.check(requestId, path + ".", value, user, wrongs);
                }
            }
        }
    }

    private static void checkFields(String requestId, String path, JsonNode fields, List<Wrong> wrongs) {
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            var at = path + "." + i;
            if (!field.has("field_id") && !field.path("field_code").isString()) {
                wrongs.add(new Wrong(requestId, "NotSupportedChoice", at + ".field_id", "No such field."));
            }
            if (!field.path("values").isArray() || field.path("values").isEmpty()) {
                wrongs.add(new Wrong(requestId, "FieldMissing", at + ".values", "This field is missing."));
                continue;
            }
            if (field.path("field_code").asString("").equals("PHONE")) {
                for (var value : field.path("values")) {
                    if (!value.path("value").isString()
                            || value.path("value").asString().isBlank()) {
                        wrongs.add(new Wrong(requestId, "InvalidType", at + ".values", "A phone is a text."));
                    }
                    if (value.has("enum_code")
                            && !PHONE_KINDS.contains(value.path("enum_code").asString(""))) {
                        wrongs.add(new Wrong(requestId, "NotSupportedChoice", at + ".enum_code", "No such kind."));
                    }
                }
            }
        }
    }
}
