package io.patchbay.person;

import java.util.Map;
import java.util.Set;

/**
 * Tables in which the erasure changes nothing by itself, and why. Whatever else the schema has is searched: a table that came later is not forgotten because nobody
 * named it here.
 */
final class Untouched {

    /** Written by those who run the hub, not told by calls. A number that stands there is shown in the preview and taken out by hand. */
    static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("connection", "titles of connections"),
            Map.entry("connection_setting", "settings of connections"),
            Map.entry("connection_rules", "rules"),
            Map.entry("company_watch", "working hours"),
            Map.entry("retention", "how long what is kept"),
            Map.entry("employee", "the company's people"),
            Map.entry("employee_account", "the company's people in its systems"),
            Map.entry("app_user", "who may sign in"),
            Map.entry("invitation", "who was invited"),
            Map.entry("api_token", "keys of programs"),
            Map.entry("connection_fields", "fields an administrator fills"),
            Map.entry("connection_version", "settings before an upgrade"));

    /** Nothing in them can be read or says anything of anybody. */
    static final Map<String, String> DARK = Map.of(
            "flyway_schema_history", "which migrations ran",
            "hook", "hashes",
            "secret", "sealed secrets of connections",
            "token", "sealed tokens",
            "setup_link", "hashes",
            "erased_number", "keyed hashes",
            "audit_entry", "who did what: numbers are masked when it is written, and nothing in it is ever changed",
            "audit_head", "hashes",
            "pbx_line", "the company's own numbers, which are refused");

    /** Changed by those who know what they mean: {@link io.patchbay.journal.CallErasure}. */
    static final Set<String> JOURNAL = Set.of("call", "call_fact", "call_key", "call_leg", "call_redirect");

    private Untouched() {}
}
