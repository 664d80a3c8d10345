package io.patchbay.person;

import io.patchbay.company.CompanyId;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Every column of the schema that holds text of a company, as the database itself tells it. */
@Component
class TextColumns {

    /** Whose a row is, by the first of these columns that its table has. */
    private static final List<Owner> OWNERS = List.of(
            new Owner("company_id", "company_id = ?"),
            new Owner("connection_id", "connection_id IN (SELECT id FROM connection WHERE company_id = ?)"),
            new Owner("call_id", "call_id IN (SELECT id FROM call WHERE company_id = ?)"),
            new Owner("effect_id", "effect_id IN (SELECT id FROM effect WHERE company_id = ?)"),
            new Owner("erasure_id", "erasure_id IN (SELECT id FROM erasure WHERE company_id = ?)"));

    private final DataSource database;
    private final JdbcClient jdbc;

    TextColumns(DataSource database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
    }

    private record Owner(String column, String where) {}

    /**
     * @param where  tells the rows of a company; empty where a table does not say whose its rows are
     * @param unique a value must not stand there twice
     */
    record Column(String table, String name, Optional<String> where, boolean unique) {}

    /** Texts only, in the order of their tables. */
    List<Column> all() {
        try {
            return JdbcUtils.extractDatabaseMetaData(database, TextColumns::all);
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The database does not tell its tables.", e);
        }
    }

    private static List<Column> all(DatabaseMetaData told) throws SQLException {
        var columns = new ArrayList<Column>();
        for (var table : tables(told).entrySet()) {
            var names = new TreeMap<String, Boolean>();
            try (var rows = told.getColumns(null, schema(table.getValue()), table.getKey(), null)) {
                while (rows.next()) {
                    names.put(rows.getString("COLUMN_NAME"), isText(rows.getString("TYPE_NAME")));
                }
            }
            var where = OWNERS.stream()
                    .filter(owner -> names.containsKey(owner.column()))
                    .map(Owner::where)
                    .findFirst();
            var unique = unique(told, table.getValue(), table.getKey());
            names.forEach((name, text) -> {
                if (text) {
                    columns.add(new Column(table.getKey(), name, where, unique.contains(name)));
                }
            });
        }
        return columns;
    }

    private static boolean isText(String type) {
        return type.equalsIgnoreCase("TEXT") || type.toLowerCase(Locale.ROOT).contains("char");
    }

    /** By name; the value is the schema they stand in, which SQLite has none of. */
    private static TreeMap<String, String> tables(DatabaseMetaData told) throws SQLException {
        var tables = new TreeMap<String, String>();
        try (var rows = told.getTables(null, null, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                var schema = rows.getString("TABLE_SCHEM");
                var name = rows.getString("TABLE_NAME");
                if (!name.toLowerCase(Locale.ROOT).startsWith("sqlite_")
                        && (schema == null || !schema.equals("information_schema") && !schema.startsWith("pg_"))) {
                    tables.put(name, schema == null ? "" : schema);
                }
            }
        }
        return tables;
    }

    private static @Nullable String schema(String name) {
        return name.isEmpty() ? null : name;
    }

    private static Set<String> unique(DatabaseMetaData told, String schema, String table) throws SQLException {
        var unique = new HashSet<String>();
        var of = schema(schema);
        try (var keys = told.getPrimaryKeys(null, of, table)) {
            while (keys.next()) {
                unique.add(keys.getString("COLUMN_NAME"));
            }
        }
        try (var indexes = told.getIndexInfo(null, of, table, true, true)) {
            while (indexes.next()) {
                var column = indexes.getString("COLUMN_NAME");
                if (column != null) {
                    unique.add(column);
                }
            }
        }
        return unique;
    }

    /** Values of a company's rows that may be meant, each once. @param like as SQL wants it */
    List<String> values(Column column, CompanyId company, String like) {
        return jdbc.sql("SELECT DISTINCT " + column.name() + " FROM " + column.table() + " WHERE "
                        + column.where().orElseThrow() + " AND " + column.name() + " LIKE ?")
                .params(company.value(), like)
                .query(String.class)
                .list();
    }

    /** @return rows changed */
    int replace(Column column, CompanyId company, String value, String other) {
        return jdbc.sql("UPDATE " + column.table() + " SET " + column.name() + " = ? WHERE "
                        + column.where().orElseThrow() + " AND " + column.name() + " = ?")
                .params(other, company.value(), value)
                .update();
    }
}
