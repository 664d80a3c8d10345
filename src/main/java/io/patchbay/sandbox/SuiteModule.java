package io.patchbay.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A module of SuiteCRM with the columns of its table [code][real] contracts/crm/suitecrm.md §3.3, §3.4; shortened to what a telephony hub may touch. */
enum SuiteModule {
    CONTACTS(
            "Contact",
            "first_name last_name title phone_home phone_mobile phone_work phone_other phone_fax assistant_phone"
                    + " lead_source description assigned_user_id",
            "name full_name email1 account_name account_id"),
    LEADS(
            "Lead",
            "first_name last_name title phone_home phone_mobile phone_work phone_other phone_fax assistant_phone"
                    + " lead_source status status_description account_name description assigned_user_id contact_id"
                    + " account_id",
            "name full_name email1"),
    ACCOUNTS("Account", "name phone_office phone_alternate phone_fax website description assigned_user_id", "email1"),
    CALLS(
            "Call",
            "name date_start date_end duration_hours duration_minutes status direction parent_type parent_id"
                    + " description assigned_user_id",
            "contact_name contact_id parent_name"),
    TASKS(
            "Task",
            "name status priority date_due date_start contact_id parent_type parent_id description assigned_user_id",
            "contact_name parent_name"),
    USERS(
            "User",
            "user_name first_name last_name status is_admin title department phone_home phone_mobile phone_work"
                    + " phone_other",
            "full_name email1");

    /** Values a drop-down has; others are stored all the same [real]. */
    private static final Map<String, Set<String>> WORDS = Map.of(
            "CALLS.status", Set.of("Planned", "Held", "Not Held"),
            "CALLS.direction", Set.of("Inbound", "Outbound"),
            "TASKS.status", Set.of("Not Started", "In Progress", "Completed", "Pending Input", "Deferred"),
            "TASKS.priority", Set.of("High", "Medium", "Low"),
            "LEADS.status", Set.of("New", "Assigned", "In Process", "Converted", "Recycled", "Dead"));

    private final String object;
    private final List<String> columns;
    private final List<String> derived;

    SuiteModule(String object, String columns, String derived) {
        this.object = object;
        this.columns = List.of(columns.split(" "));
        this.derived = List.of(derived.split(" "));
    }

    /** {@code Contacts}: requests name the module. */
    String plural() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** {@code Contact}: answers name the object. */
    String object() {
        return object;
    }

    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> columns() {
        return columns;
    }

    /** Shown, but no column: a filter by one is an error of the database. */
    List<String> derived() {
        return derived;
    }

    boolean isTime(String field) {
        return field.startsWith("date_");
    }

    /** Longer text is cut without a word [real]. */
    int longest(String field) {
        return field.equals("description") ? 65_535 : field.equals("name") && this != ACCOUNTS ? 50 : 100;
    }

    boolean takes(String field, String value) {
        var words = WORDS.get(name() + "." + field);
        return words == null || words.contains(value);
    }

    static Optional<SuiteModule> of(String plural) {
        return Arrays.stream(values()).filter(m -> m.plural().equals(plural)).findFirst();
    }
}
