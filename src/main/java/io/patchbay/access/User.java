package io.patchbay.access;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.Optional;

/**
 * A person who may sign in to the console.
 *
 * @param login         what they type, lower case; usually an e-mail address
 * @param employee      who they are among the company's employees
 * @param switchedOffAt since when they may not sign in any more
 */
public record User(
        long id,
        CompanyId company,
        String login,
        String name,
        Role role,
        Optional<Long> employee,
        Optional<Instant> switchedOffAt,
        Optional<Instant> lastSignInAt) {

    public boolean isOn() {
        return switchedOffAt.isEmpty();
    }

    Caller caller() {
        return new Caller(company, Caller.Kind.USER, id, name, role, role.rights(), employee.orElse(0L));
    }
}
