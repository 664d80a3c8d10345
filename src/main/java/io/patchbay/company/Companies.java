package io.patchbay.company;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The companies of this hub. */
@Component
public class Companies {

    private final JdbcClient jdbc;

    public Companies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws IllegalArgumentException when there is no such company */
    public Company get(CompanyId id) {
        return all().stream()
                .filter(company -> company.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no company " + id + "."));
    }

    public List<Company> all() {
        return jdbc.sql("SELECT id, title, region, time_zone, language FROM company ORDER BY id")
                .query((row, n) -> new Company(
                        new CompanyId(row.getLong("id")),
                        row.getString("title"),
                        row.getString("region"),
                        ZoneId.of(row.getString("time_zone")),
                        Locale.forLanguageTag(row.getString("language"))))
                .list();
    }
}
