package io.patchbay.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * A line as it is stored, and its hash. The canonical form is the fields in this order, the hash of the line before as the last, each as the number of its UTF-8
 * bytes, a colon, the bytes and a comma: no two different lines have the same form. Its SHA-256 is the hash.
 */
record Line(
        long company,
        long number,
        long at,
        String actorKind,
        long actorId,
        String actorName,
        String address,
        String action,
        String subject,
        String subjectName,
        String changes) {

    /** Stands where the first line of a log has no line before it. */
    static final String NONE = "";

    private static final String VERSION = "1";

    static Line of(ResultSet row, int index) throws SQLException {
        return new Line(
                row.getLong("company_id"),
                row.getLong("number"),
                row.getLong("at"),
                row.getString("actor_kind"),
                row.getLong("actor_id"),
                row.getString("actor_name"),
                row.getString("address"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("subject_name"),
                row.getString("changes"));
    }

    String hash(String previous) {
        var form = new StringBuilder();
        for (var field : List.of(
                VERSION,
                Long.toString(company),
                Long.toString(number),
                Long.toString(at),
                actorKind,
                Long.toString(actorId),
                actorName,
                address,
                action,
                subject,
                subjectName,
                changes,
                previous)) {
            form.append(field.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(field)
                    .append(',');
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(form.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
