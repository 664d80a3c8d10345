package io.patchbay.access;

import io.patchbay.company.CompanyId;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes owners for tests that look at pages. Found by the scan of tests that start the whole hub. */
@Component
public class FirstUserOfTests {

    public static final String PASSWORD = "a long enough password";

    private final Users users;

    FirstUserOfTests(Users users) {
        this.users = users;
    }

    /** The login of a new owner of the first company. */
    public String owner() {
        var login = UUID.randomUUID() + "@example.org";
        users.create(new CompanyId(1), login, "Anna", Role.OWNER, Password.of(PASSWORD));
        return login;
    }
}
