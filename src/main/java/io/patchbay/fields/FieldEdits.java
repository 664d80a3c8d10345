package io.patchbay.fields;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.connection.Connection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Changes that a person makes to a connection's fields, for the console and for programs alike; each is written down. */
@Component
public class FieldEdits {

    private final FieldMaps maps;
    private final TransactionOperations transactions;
    private final Audit audit;

    FieldEdits(FieldMaps maps, TransactionOperations transactions, Audit audit) {
        this.maps = maps;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** From the next operation on. */
    public void replace(Connection connection, FieldMap wanted) {
        transactions.executeWithoutResult(status -> {
            var before = maps.of(connection.id().value());
            maps.replace(connection.company(), connection.id().value(), wanted);
            audit.note(
                    connection.company(),
                    Deed.of(Action.FIELDS_SET, connection.id().value(), connection.title())
                            .changed("fields", FieldsJson.write(before), FieldsJson.write(wanted)));
        });
    }
}
