package io.patchbay.access;

import io.patchbay.company.CompanyId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes users for tests that look at pages. Found by the scan of tests that start the whole hub. */
@Component
public class FirstUserOfTests {

    public static final String PASSWORD = "a long enough password";

    private final Users users;

    FirstUserOfTests(Users users) {
        this.users = users;
    }

    /** The login of a new owner of the first company. */
    public String owner() {
        return user(new CompanyId(1), Role.OWNER).login();
    }

    public User user(CompanyId company, Role role) {
        return user(company, role, Optional.empty());
    }

    public User user(CompanyId company, Role role, Optional<Long> employee) {
        var login = UUID.randomUUID() + "@example.org";
        return users.create(company, login, "Anna", role, employee, Password.of(PASSWORD))
                .orElseThrow();
    }
}
