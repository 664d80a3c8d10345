package io.patchbay.intake;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.VaultException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Hooks at rest, opened to be searched: what they hold is sealed, so the database cannot search them. */
@Component
public class KeptHooks {

    private static final int PAGE = 200;

    private final JdbcClient jdbc;
    private final SealedHooks sealed;
    private final TransactionOperations transactions;

    KeptHooks(JdbcClient jdbc, SealedHooks sealed, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.sealed = sealed;
        this.transactions = transactions;
    }

    /** @param text all that can be read in it, its body first as it came and then as a form means it */
    public record Kept(long id, long connection, Instant receivedAt, String text) {}

    private record Row(long id, byte[] body) {}

    /**
     * Reads every hook of a company, the oldest first; a few are in memory at once.
     *
     * @return how many could not be opened, because the key they were sealed with is gone
     */
    public long read(CompanyId company, Consumer<Kept> reader) {
        var unreadable = 0L;
        var after = 0L;
        for (var page = page(company, after); !page.isEmpty(); page = page(company, after)) {
            for (var row : page) {
                after = row.id();
                try {
                    var hook = sealed.open(row.body());
                    reader.accept(new Kept(row.id(), hook.connection().value(), hook.receivedAt(), hook.text()));
                } catch (VaultException e) {
                    unreadable++;
                }
            }
        }
        return unreadable;
    }

    private List<Row> page(CompanyId company, long after) {
        return jdbc.sql("SELECT id, sealed_body FROM raw_hook WHERE company_id = ? AND id > ? ORDER BY id LIMIT ?")
                .params(company.value(), after, PAGE)
                .query((row, number) -> new Row(row.getLong("id"), row.getBytes("sealed_body")))
                .list();
    }

    /** A few at a time, so that no hook that comes waits for it. */
    public void forget(Collection<Long> ids) {
        var all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += PAGE) {
            var some = all.subList(i, Math.min(all.size(), i + PAGE));
            transactions.executeWithoutResult(status -> jdbc.sql("DELETE FROM raw_hook WHERE id IN (:ids)")
                    .param("ids", some)
                    .update());
        }
    }

    /** What a sealed hook says that is not in the database yet; empty text when its key is gone. */
    public Kept open(byte[] bytes) {
        var hook = sealed.open(bytes);
        return new Kept(0, hook.connection().value(), hook.receivedAt(), hook.text());
    }

    /** @param bytes as they wait in the queue */
    public CompanyId companyOf(byte[] bytes) {
        return sealed.open(bytes).company();
    }
}
