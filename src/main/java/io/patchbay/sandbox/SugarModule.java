package io.patchbay.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A module of SugarCRM with its fields, as far as contracts/crm/sugarcrm.md §3, §4 names them; {@code required} as its demo forms have it [inferred]. */
enum SugarModule {
    CONTACTS(
            "first_name last_name phone_mobile phone_work phone_home phone_other phone_fax assistant_phone account_id"
                    + " lead_source description assigned_user_id",
            "last_name"),
    LEADS(
            "first_name last_name phone_mobile phone_work phone_home phone_other phone_fax assistant_phone lead_source"
                    + " status description assigned_user_id",
            "last_name"),
    ACCOUNTS("name phone_office phone_alternate phone_fax description assigned_user_id", "name"),
    CALLS(
            "name date_start date_end duration_hours duration_minutes status direction parent_type parent_id"
                    + " assigned_user_id description team_name",
            "name date_start"),
    TASKS("name status priority date_due assigned_user_id parent_type parent_id description", "name"),
    USERS(
            "user_name first_name last_name full_name status phone_work phone_home phone_mobile phone_other",
            "user_name");

    private static final Map<String, Set<String>> WORDS = Map.of(
            "CALLS.status", Set.of("Planned", "Held", "Not Held"),
            "CALLS.direction", Set.of("Inbound", "Outbound"),
            "TASKS.priority", Set.of("High", "Medium", "Low"));

    private final List<String> fields;
    private final List<String> required;

    SugarModule(String fields, String required) {
        this.fields = List.of(fields.split(" "));
        this.required = List.of(required.split(" "));
    }

    String plural() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    List<String> fields() {
        return fields;
    }

    List<String> required() {
        return required;
    }

    boolean takes(String field, String value) {
        var words = WORDS.get(name() + "." + field);
        return words == null || words.contains(value);
    }

    static Optional<SugarModule> of(String plural) {
        return Arrays.stream(values()).filter(m -> m.plural().equals(plural)).findFirst();
    }
}
