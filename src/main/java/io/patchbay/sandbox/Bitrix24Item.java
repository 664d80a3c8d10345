package io.patchbay.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A lead, deal, contact or company with its phones and addresses. */
final class Bitrix24Item {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Type type;
    private final long id;
    private final ObjectNode fields = JSON.objectNode();
    private final List<Means> means = new ArrayList<>();

    Bitrix24Item(Type type, long id) {
        this.type = type;
        this.id = id;
    }

    /** entityTypeId [doc] contracts/crm/bitrix24.md §3.8. */
    enum Type {
        LEAD(1),
        DEAL(2),
        CONTACT(3),
        COMPANY(4);

        private final long number;

        Type(long number) {
            this.number = number;
        }

        long number() {
            return number;
        }

        /** {@code contact}, as in the timeline and in addresses. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean hasPhones() {
            return this != DEAL;
        }

        /** Names that crm.item.add takes; all others it drops without a word. */
        Set<String> fields() {
            var shared = Set.of(
                    "title",
                    "assignedById",
                    "sourceId",
                    "sourceDescription",
                    "opened",
                    "originatorId",
                    "originId",
                    "comments");
            var own = switch (this) {
                case LEAD -> Set.of("name", "lastName", "secondName", "stageId", "companyTitle", "opportunity");
                case DEAL -> Set.of("stageId", "categoryId", "contactId", "contactIds", "companyId", "opportunity");
                case CONTACT -> Set.of("name", "lastName", "secondName", "companyId", "typeId");
                case COMPANY -> Set.of("typeId", "industry");
            };
            var all = new java.util.HashSet<>(shared);
            all.addAll(own);
            if (this == CONTACT) {
                all.remove("title");
            }
            return all;
        }

        static Optional<Type> of(long number) {
            return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
        }

        static Optional<Type> named(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.name().equalsIgnoreCase(name))
                    .findFirst();
        }
    }

    /** A phone or an e-mail address. */
    record Means(long id, String typeId, String valueType, String value) {
        boolean isPhone() {
            return typeId.equals("PHONE");
        }

        ObjectNode json() {
            return JSON.objectNode()
                    .put("id", id)
                    .put("typeId", typeId)
                    .put("valueType", valueType)
                    .put("value", value);
        }
    }

    Type type() {
        return type;
    }

    long id() {
        return id;
    }

    ObjectNode fields() {
        return fields;
    }

    List<Means> means() {
        return means;
    }

    List<String> phones() {
        return means.stream().filter(Means::isPhone).map(Means::value).toList();
    }

    String text(String field) {
        return fields.path(field).asString("");
    }

    long assignedById() {
        return Bitrix24Parameters.numberOf(fields.path("assignedById")).orElse(1L);
    }

    /** What people read: of a contact its two names, of the others the title. */
    String title() {
        return type == Type.CONTACT ? (text("name") + " " + text("lastName")).trim() : text("title");
    }

    boolean hasDigits(String digits) {
        return means.stream()
                .anyMatch(
                        one -> one.isPhone() && Bitrix24Crm.digits(one.value()).equals(digits));
    }

    /** As crm.item.get shows it; {@code fm} only where asked for. */
    ObjectNode json(boolean withMeans) {
        var json = JSON.objectNode().put("id", id);
        type.fields().stream().sorted().forEach(name -> {
            JsonNode value = fields.get(name);
            if (value == null) {
                json.putNull(name);
            } else {
                json.set(name, value);
            }
        });
        json.put("entityTypeId", type.number());
        if (withMeans) {
            var fm = json.putArray("fm");
            means.forEach(one -> fm.add(one.json()));
        }
        return json;
    }
}
