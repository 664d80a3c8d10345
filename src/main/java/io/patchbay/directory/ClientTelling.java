package io.patchbay.directory;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.Client.Field;
import java.util.Optional;

/** One client whom one system tells of, being taken over by the company's {@link ClientPolicy}. */
final class ClientTelling {

    private final ClientRows rows;
    private final Employees employees;
    private final CompanyId company;
    private final long teller;
    private final ClientPolicy policy;

    ClientTelling(ClientRows rows, Employees employees, CompanyId company, long teller) {
        this.rows = rows;
        this.employees = employees;
        this.company = company;
        this.teller = teller;
        this.policy = rows.policy(company);
    }

    ClientId take(ListedClient told) {
        var id = rows.ofCard(teller, told.card())
                .or(() -> told.numbers().stream()
                        .flatMap(number -> rows.ofNumber(company, number).stream())
                        .findFirst())
                .orElseGet(() -> rows.add(company));
        told.numbers().forEach(number -> give(number, id));
        rows.write(id, teller, told.card());
        name(id, told.card().name());
        told.card()
                .owner()
                .flatMap(owner -> employees.withId(company, teller, owner))
                .map(Employee::id)
                .ifPresent(owner -> owner(id, owner));
        if (told.vip()) {
            rows.setVip(id, true);
        }
        return id;
    }

    /** A number that was another client's: the two are one, unless this system itself keeps them apart, and then the number goes to whom it was told of last. */
    private void give(PhoneNumber number, ClientId id) {
        var other = rows.ofNumber(company, number).filter(owner -> !owner.equals(id));
        if (other.isPresent() && !rows.hasCardIn(other.get(), teller)) {
            rows.merge(other.get(), id);
        } else {
            rows.setNumber(company, number, id);
        }
    }

    private void name(ClientId id, String told) {
        if (told.chars()
                .noneMatch(Character::isLetter)) { // a card made for an unknown caller bears his number for a name
            return;
        }
        var now = rows.name(id);
        if (now.equals(told)) {
            rows.forgetQuestion(id, Field.NAME, teller);
            return;
        }
        switch (between(now.isEmpty(), rows.nameFrom(id))) {
            case TAKE -> {
                rows.setName(id, told, teller);
                rows.forgetQuestion(id, Field.NAME, teller);
            }
            case KEEP -> {}
            case ASK -> rows.ask(id, Field.NAME, teller, told);
        }
    }

    private void owner(ClientId id, EmployeeId told) {
        var now = rows.owner(id);
        if (now.equals(Optional.of(told))) {
            rows.forgetQuestion(id, Field.OWNER, teller);
            return;
        }
        switch (between(now.isEmpty(), rows.ownerFrom(id))) {
            case TAKE -> {
                rows.setOwner(id, Optional.of(told), teller);
                rows.forgetQuestion(id, Field.OWNER, teller);
            }
            case KEEP -> {}
            case ASK -> rows.ask(id, Field.OWNER, teller, told.toString());
        }
    }

    private enum Word {
        TAKE,
        KEEP,
        ASK
    }

    /** @param from who gave what stands */
    private Word between(boolean nothingStands, long from) {
        if (nothingStands || from == teller) {
            return Word.TAKE;
        }
        if (from == ClientRows.BY_HAND) {
            return Word.KEEP;
        }
        return switch (policy) {
            case ClientPolicy.Newest ignored -> Word.TAKE;
            case ClientPolicy.Master master -> master.connection() == teller ? Word.TAKE : Word.KEEP;
            case ClientPolicy.Ask ignored -> Word.ASK;
        };
    }
}
