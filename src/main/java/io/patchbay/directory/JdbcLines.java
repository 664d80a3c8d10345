package io.patchbay.directory;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcLines implements Lines {

    private final JdbcClient jdbc;

    JdbcLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<String> of(long connection) {
        return new TreeSet<>(jdbc.sql("SELECT number FROM pbx_line WHERE connection_id = ?")
                .param(connection)
                .query(String.class)
                .list());
    }

    @Override
    @Transactional
    public boolean replace(long connection, Set<String> numbers) {
        var listed = new TreeSet<>(numbers);
        listed.removeIf(String::isBlank);
        if (listed.isEmpty()) {
            return false;
        }
        var known = of(connection);
        known.stream()
                .filter(number -> !listed.contains(number))
                .forEach(number -> jdbc.sql("DELETE FROM pbx_line WHERE connection_id = ? AND number = ?")
                        .params(connection, number)
                        .update());
        listed.stream()
                .filter(number -> !known.contains(number))
                .forEach(number -> jdbc.sql(
                                "INSERT INTO pbx_line (connection_id, number) VALUES (?, ?) ON CONFLICT DO NOTHING")
                        .params(connection, number)
                        .update());
        return true;
    }
}
