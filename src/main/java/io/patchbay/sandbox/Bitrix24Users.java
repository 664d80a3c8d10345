package io.patchbay.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The portal's staff. */
final class Bitrix24Users {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<Long, User> byId = new LinkedHashMap<>();

    /**
     * @param extension UF_PHONE_INNER as typed by a person, empty when the field is missing
     * @param mobile    empty when not filled in
     */
    record User(
            long id, String name, String lastName, String extension, String mobile, boolean active, boolean admin) {}

    void add(User user) {
        byId.put(user.id(), user);
    }

    Optional<User> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    boolean isAdmin(long id) {
        return find(id).filter(User::admin).isPresent();
    }

    /** The user of a telephony request, who must be active. */
    User required(Bitrix24Parameters given) {
        var id = given.number("USER_ID");
        var extension = given.text("USER_PHONE_INNER");
        if (id.isEmpty() && extension.isEmpty()) {
            throw Bitrix24Refusal.core("USER_ID or USER_PHONE_INNER should be set");
        }
        return id.map(this::find)
                .orElseGet(() -> withExtension(extension.orElse("")))
                .filter(User::active)
                .orElseThrow(() -> Bitrix24Refusal.core("User is not found or is not active"));
    }

    private Optional<User> withExtension(String extension) {
        return byId.values().stream()
                .filter(user -> !user.extension().isEmpty() && user.extension().equals(extension))
                .findFirst();
    }

    /** Whether a number is an employee's own, for which no lead is made. */
    boolean haveNumber(String digits) {
        return byId.values().stream()
                .anyMatch(user -> !user.mobile().isEmpty()
                        && Bitrix24Crm.digits(user.mobile()).equals(digits));
    }

    /** {@code user.get}: ids are strings, fields that are not filled in may be missing [doc] contracts/crm/bitrix24.md §3.9. */
    List<ObjectNode> list(Bitrix24Parameters given, boolean phonesAllowed) {
        var filter = given.has("FILTER") ? given.object("FILTER") : given;
        var found = new ArrayList<ObjectNode>();
        for (var user : byId.values()) {
            var wantsActive =
                    filter.has("ACTIVE") ? Optional.of(filter.flag("ACTIVE", true)) : Optional.<Boolean>empty();
            var extension = filter.text("UF_PHONE_INNER");
            if (wantsActive.map(active -> active == user.active()).orElse(true)
                    && extension.map(user.extension()::equals).orElse(true)) {
                found.add(row(user, phonesAllowed));
            }
        }
        return found;
    }

    private static ObjectNode row(User user, boolean phonesAllowed) {
        var row = JSON.objectNode()
                .put("ID", String.valueOf(user.id()))
                .put("ACTIVE", user.active())
                .put("NAME", user.name())
                .put("LAST_NAME", user.lastName())
                .put("EMAIL", "user" + user.id() + "@example.com")
                .put("USER_TYPE", "employee");
        row.set("TIMESTAMP_X", JSON.objectNode());
        row.set("UF_DEPARTMENT", JSON.arrayNode().add(1));
        if (phonesAllowed && !user.mobile().isEmpty()) {
            row.put("PERSONAL_MOBILE", user.mobile());
        }
        if (!user.extension().isEmpty()) {
            row.put("UF_PHONE_INNER", user.extension());
        }
        return row;
    }

    /** Who answers for a client, as the search by phone tells it: names missing values as null. */
    ObjectNode responsible(long id) {
        var user = find(id);
        var row = JSON.objectNode().put("ID", String.valueOf(id)).put("TIMEMAN_STATUS", "OPENED");
        user.map(User::extension)
                .filter(extension -> !extension.isEmpty())
                .ifPresentOrElse(
                        extension -> row.put("USER_PHONE_INNER", extension), () -> row.putNull("USER_PHONE_INNER"));
        row.putNull("WORK_PHONE").putNull("PERSONAL_PHONE");
        user.map(User::mobile)
                .filter(mobile -> !mobile.isEmpty())
                .ifPresentOrElse(mobile -> row.put("PERSONAL_MOBILE", mobile), () -> row.putNull("PERSONAL_MOBILE"));
        return row;
    }

    static ArrayNode array(List<ObjectNode> rows) {
        return JSON.arrayNode().addAll(rows);
    }
}
