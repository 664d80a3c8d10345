package io.patchbay.directory;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.Client.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Every company's clients: one client, however many numbers he has and whatever the connected systems call him. Filled by look-ups, hooks, lists, imports and people. A
 * number belongs to one client of a company. Thread-safe.
 */
@Repository
public class ClientDirectory {

    private final ClientRows rows;
    private final Employees employees;

    ClientDirectory(ClientRows rows, Employees employees) {
        this.rows = rows;
        this.employees = employees;
    }

    public Optional<Client> find(CompanyId company, ClientId id) {
        return rows.find(company, id).map(rows::whole);
    }

    public Optional<Client> of(CompanyId company, PhoneNumber number) {
        return rows.ofNumber(company, number).flatMap(id -> find(company, id)).map(client -> ranked(company, client));
    }

    /**
     * Those whose name or number holds what is sought, the newest first.
     *
     * @param sought empty for all; of digits and what stands between them: part of a number
     * @param before only ids smaller than this; {@link Long#MAX_VALUE} for the first page
     */
    public List<Client> search(CompanyId company, String sought, long before, int limit) {
        return rows.search(company, sought, before, limit).stream()
                .map(rows::whole)
                .toList();
    }

    public ClientPolicy policy(CompanyId company) {
        return rows.policy(company);
    }

    /** Holds for what is told from now on. */
    public void setPolicy(CompanyId company, ClientPolicy policy) {
        rows.setPolicy(company, policy);
    }

    /** Takes over what a system says of a client; known by his card there, then by a number. */
    @Transactional
    public ClientId told(CompanyId company, long connection, ListedClient told) {
        rows.takeTurn(company);
        return new ClientTelling(rows, employees, company, connection).take(told);
    }

    /**
     * What a person or an import wrote; no system overwrites it.
     *
     * @param name  blank leaves it to the systems
     * @param owner empty leaves it to the systems
     */
    public record Written(String name, Optional<EmployeeId> owner, boolean vip, List<PhoneNumber> numbers) {}

    @Transactional
    public Client add(CompanyId company, Written written) {
        rows.takeTurn(company);
        var id = rows.add(company);
        return write(company, id, written);
    }

    /**
     * Writes the whole client. A number that was another's becomes his.
     *
     * @return empty when there is no such client
     */
    @Transactional
    public Optional<Client> save(CompanyId company, ClientId id, Written written) {
        rows.takeTurn(company);
        return rows.find(company, id).map(known -> write(company, id, written));
    }

    /** Ends a question: the system is right, or what stands is. What was chosen counts as written by a person. */
    @Transactional
    public boolean answer(CompanyId company, ClientId id, Field field, long connection, boolean systemIsRight) {
        rows.takeTurn(company);
        var question = find(company, id)
                .flatMap(client -> client.questions().stream()
                        .filter(asked -> asked.field() == field && asked.connection() == connection)
                        .findFirst());
        question.ifPresent(asked -> {
            switch (field) {
                case NAME -> rows.setName(id, systemIsRight ? asked.value() : rows.name(id), ClientRows.BY_HAND);
                case OWNER ->
                    rows.setOwner(
                            id,
                            systemIsRight ? Optional.of(new EmployeeId(Long.parseLong(asked.value()))) : rows.owner(id),
                            ClientRows.BY_HAND);
            }
            rows.forgetQuestions(id, field);
        });
        return question.isPresent();
    }

    /**
     * Takes over a row of an import: the client who has one of its numbers, else a new one. Numbers are added, none is taken away; what the row leaves empty stays.
     *
     * @return false when he was known before
     */
    @Transactional
    public boolean put(CompanyId company, Written written) {
        rows.takeTurn(company);
        var known = written.numbers().stream()
                .flatMap(number -> rows.ofNumber(company, number).stream())
                .findFirst()
                .flatMap(id -> find(company, id));
        var numbers = new LinkedHashSet<>(written.numbers());
        known.ifPresent(client -> numbers.addAll(client.numbers()));
        write(
                company,
                known.map(Client::id).orElseGet(() -> rows.add(company)),
                new Written(
                        written.name(),
                        written.owner().or(() -> known.flatMap(Client::owner)),
                        written.vip() || known.filter(Client::vip).isPresent(),
                        List.copyOf(numbers)));
        return known.isEmpty();
    }

    private Client write(CompanyId company, ClientId id, Written written) {
        if (!written.name().isBlank() && !written.name().strip().equals(rows.name(id))) {
            rows.setName(id, written.name().strip(), ClientRows.BY_HAND);
            rows.forgetQuestions(id, Field.NAME);
        }
        if (!written.owner().equals(rows.owner(id))) {
            rows.setOwner(id, written.owner(), written.owner().isPresent() ? ClientRows.BY_HAND : ClientRows.NOBODY);
            rows.forgetQuestions(id, Field.OWNER);
        }
        rows.setVip(id, written.vip());
        rows.setNumbers(company, id, Set.copyOf(written.numbers()));
        return find(company, id).orElseThrow();
    }

    /** The card that counts stands first: the master's, or else the one that was told last. */
    private Client ranked(CompanyId company, Client client) {
        var master = policy(company) instanceof ClientPolicy.Master chosen ? chosen.connection() : 0;
        var accounts = client.accounts().stream()
                .sorted(java.util.Comparator.comparing((Client.Account account) -> account.connection() != master)
                        .thenComparing(Client.Account::toldAt, java.util.Comparator.reverseOrder()))
                .toList();
        return new Client(
                client.id(),
                client.company(),
                client.name(),
                client.owner(),
                client.vip(),
                client.numbers(),
                accounts,
                client.questions());
    }
}
