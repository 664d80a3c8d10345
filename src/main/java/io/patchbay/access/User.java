package io.patchbay.access;

import io.patchbay.company.CompanyId;

/**
 * A person who may sign in to the console.
 *
 * @param login what they type, lower case; usually an e-mail address
 */
public record User(long id, CompanyId company, String login, String name, Role role) {

    Caller caller() {
        return new Caller(company, name, role);
    }
}
