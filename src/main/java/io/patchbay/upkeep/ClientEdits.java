package io.patchbay.upkeep;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientDirectory.Written;
import io.patchbay.directory.ClientId;
import io.patchbay.directory.ClientPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Changes that a person makes to clients, for the console and for programs alike; each is written down. Which client it was, but neither names nor numbers: the
 * log only grows, and a client may want to be forgotten. What a system tells of its clients comes another way.
 */
@Component
public class ClientEdits {

    private final ClientDirectory directory;
    private final TransactionOperations transactions;
    private final Audit audit;

    ClientEdits(ClientDirectory directory, TransactionOperations transactions, Audit audit) {
        this.directory = directory;
        this.transactions = transactions;
        this.audit = audit;
    }

    public Client add(CompanyId company, Written written) {
        return done(() -> {
            var added = directory.add(company, written);
            audit.note(company, Deed.of(Action.CLIENT_ADDED, added.id(), ""));
            return added;
        });
    }

    /** @return empty when there is no such client */
    public Optional<Client> save(CompanyId company, ClientId id, Written written) {
        return done(() -> {
            var saved = directory.save(company, id, written);
            saved.ifPresent(client -> audit.note(company, Deed.of(Action.CLIENT_CHANGED, id, "")));
            return saved;
        });
    }

    /** @return false when the connection says nothing else of this field */
    public boolean answer(CompanyId company, ClientId id, Client.Field field, long connection, boolean systemIsRight) {
        return done(() -> {
            var answered = directory.answer(company, id, field, connection, systemIsRight);
            if (answered) {
                audit.note(
                        company,
                        Deed.of(Action.CLIENT_CHANGED, id, "")
                                .with("field", field)
                                .with("system is right", systemIsRight));
            }
            return answered;
        });
    }

    public void setPolicy(CompanyId company, ClientPolicy policy) {
        done(() -> {
            var before = directory.policy(company);
            directory.setPolicy(company, policy);
            audit.note(company, Deed.of(Action.CLIENT_POLICY_SET).changed("conflict", before.word(), policy.word()));
            return policy;
        });
    }

    /** @return how many of them nobody knew before */
    public int put(CompanyId company, List<Written> clients) {
        return done(() -> {
            var added = 0;
            for (var client : clients) {
                added += directory.put(company, client) ? 1 : 0;
            }
            audit.note(
                    company,
                    Deed.of(Action.CLIENTS_IMPORTED)
                            .with("rows", clients.size())
                            .with("added", added));
            return added;
        });
    }

    private <T> T done(Supplier<T> change) {
        return Objects.requireNonNull(transactions.execute(status -> change.get()));
    }
}
