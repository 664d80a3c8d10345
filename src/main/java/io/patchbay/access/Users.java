package io.patchbay.access;

import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** The users in the database. Thread-safe. */
@Component
public class Users {

    private final JdbcClient jdbc;
    private final PasswordEncoder passwords;
    private final Clock clock;
    private final String nobodysHash;

    Users(JdbcClient jdbc, PasswordEncoder passwords, Clock clock) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.clock = clock;
        this.nobodysHash = encoded(SecretHash.newSecret());
    }

    /** Makes a user; empty when the login is taken. */
    Optional<User> create(CompanyId company, String login, String name, Role role, Password password) {
        return jdbc.sql("""
            INSERT INTO app_user (company_id, login, name, role, password_hash, created_at)
            VALUES (:company, :login, :name, :role, :hash, :now)
            ON CONFLICT (login) DO NOTHING RETURNING id\
            """)
                .param("company", company.value())
                .param("login", normal(login))
                .param("name", name)
                .param("role", role.name())
                .param("hash", encoded(password.reveal()))
                .param("now", clock.millis())
                .query(Long.class)
                .optional()
                .map(id -> new User(id, company, normal(login), name, role));
    }

    boolean hasAny(CompanyId company) {
        return jdbc.sql("SELECT COUNT(*) FROM app_user WHERE company_id = :company")
                        .param("company", company.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The user whose login and password these are. Takes as long for a login that does not exist. */
    Optional<User> signIn(String login, String password) {
        var known = jdbc.sql("SELECT * FROM app_user WHERE login = :login")
                .param("login", normal(login))
                .query(Users::stored)
                .optional();
        var right = passwords.matches(password, known.map(Stored::hash).orElse(nobodysHash));
        if (!right) {
            return Optional.empty();
        }
        known.ifPresent(stored -> jdbc.sql("UPDATE app_user SET last_sign_in_at = :now WHERE id = :id")
                .param("now", clock.millis())
                .param("id", stored.user().id())
                .update());
        return known.map(Stored::user);
    }

    private String encoded(String password) {
        var hash = passwords.encode(password);
        if (hash == null) {
            throw new IllegalStateException("The password encoder gave nothing.");
        }
        return hash;
    }

    private static String normal(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    private record Stored(User user, String hash) {}

    private static Stored stored(ResultSet row, int number) throws SQLException {
        var user = new User(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                row.getString("login"),
                row.getString("name"),
                Role.valueOf(row.getString("role")));
        return new Stored(user, row.getString("password_hash"));
    }
}
