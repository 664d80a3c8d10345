package io.patchbay.directory;

import io.patchbay.call.Extension;
import io.patchbay.company.CompanyId;
import java.util.Optional;

/** Somebody who works for a company. @param active false when dismissed; old calls still name him */
public record Employee(
        EmployeeId id,
        CompanyId company,
        String name,
        Optional<String> email,
        Optional<Extension> extension,
        boolean active) {

    /** Most characters of a name and of an e-mail address that a person or a program may set. */
    public static final int LONGEST_TEXT = 200;
}
