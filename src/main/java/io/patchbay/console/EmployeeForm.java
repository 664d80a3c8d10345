package io.patchbay.console;

import io.patchbay.call.Extension;
import io.patchbay.directory.Employee;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.MultiValueMap;

/** What was typed about one employee. A field that was not sent is empty. */
record EmployeeForm(String name, String extension, String email, boolean active) {

    static final EmployeeForm EMPTY = new EmployeeForm("", "", "", true);

    static EmployeeForm of(MultiValueMap<String, String> typed) {
        return new EmployeeForm(
                text(typed, "name"), text(typed, "extension"), text(typed, "email"), typed.containsKey("active"));
    }

    static EmployeeForm of(Employee employee) {
        return new EmployeeForm(
                employee.name(),
                employee.extension().map(Extension::digits).orElse(""),
                employee.email().orElse(""),
                employee.active());
    }

    /** Keys of texts by field; empty when all is well. */
    Map<String, String> problems() {
        var problems = new LinkedHashMap<String, String>();
        if (name.isEmpty()) {
            problems.put("name", "field.required");
        } else if (name.length() > Employee.LONGEST_TEXT) {
            problems.put("name", "field.long");
        }
        if (!extension.isEmpty() && !Extension.isOne(extension)) {
            problems.put("extension", "employee.extension.wrong");
        }
        if (email.length() > Employee.LONGEST_TEXT) {
            problems.put("email", "field.long");
        }
        return problems;
    }

    Optional<Extension> extensionOrNone() {
        return Optional.of(extension).filter(digits -> !digits.isEmpty()).map(Extension::new);
    }

    Optional<String> emailOrNone() {
        return Optional.of(email).filter(text -> !text.isEmpty());
    }

    private static String text(MultiValueMap<String, String> typed, String name) {
        var value = typed.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
