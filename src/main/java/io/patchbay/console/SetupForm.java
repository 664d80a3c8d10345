package io.patchbay.console;

import io.patchbay.access.Password;
import io.patchbay.access.SetupLinks.FirstUser;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was typed on the set-up page. A field that was not sent is empty. */
record SetupForm(String company, String zone, String name, String login, String password) {

    private static final int LONGEST = 200;
    private static final String DEFAULT_ZONE = "Europe/Moscow";

    SetupForm(
            @Nullable String company,
            @Nullable String zone,
            @Nullable String name,
            @Nullable String login,
            @Nullable String password) {
        this.company = Objects.requireNonNullElse(company, "").strip();
        this.zone = Objects.requireNonNullElse(zone, DEFAULT_ZONE);
        this.name = Objects.requireNonNullElse(name, "").strip();
        this.login = Objects.requireNonNullElse(login, "").strip();
        this.password = Objects.requireNonNullElse(password, "");
    }

    static SetupForm empty() {
        return new SetupForm(null, null, null, null, null);
    }

    /** Keys of texts by field; empty when all is well. */
    Map<String, String> problems() {
        var problems = new LinkedHashMap<String, String>();
        required(problems, "company", company);
        required(problems, "name", name);
        required(problems, "login", login);
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            problems.put("zone", "field.required");
        }
        Password.flaw(password).ifPresent(flaw -> problems.put("password", text(flaw)));
        return problems;
    }

    /** The key of the text that says what is wrong with a password. */
    static String text(Password.Flaw flaw) {
        return switch (flaw) {
            case TOO_SHORT -> "setup.password.short";
            case TOO_LONG -> "setup.password.long";
        };
    }

    FirstUser firstUser() {
        return new FirstUser(company, ZoneId.of(zone), name, login, Password.of(password));
    }

    private static void required(Map<String, String> problems, String field, String value) {
        if (value.isEmpty()) {
            problems.put(field, "field.required");
        } else if (value.length() > LONGEST) {
            problems.put(field, "field.long");
        }
    }

    @Override
    public String toString() {
        return "SetupForm[company=" + company + ", login=" + login + ", password=***]";
    }
}
