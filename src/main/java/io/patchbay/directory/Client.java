package io.patchbay.directory;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who calls the company or is called by it, whatever each connected system calls him.
 *
 * @param name      empty when nobody told one
 * @param owner     the employee who looks after him
 * @param numbers   each belongs to one client of a company
 * @param accounts  his cards in the connected systems, the one that counts first
 * @param questions where systems differ and the company wants to be asked
 */
public record Client(
        ClientId id,
        CompanyId company,
        String name,
        Optional<EmployeeId> owner,
        boolean vip,
        List<PhoneNumber> numbers,
        List<Account> accounts,
        List<Question> questions) {

    /** Most characters of a name that a person or a program may set. */
    public static final int LONGEST_NAME = 200;

    /** Most numbers of one client. */
    public static final int MOST_NUMBERS = 50;

    /** A card in one system. */
    public record Account(long connection, ClientRecord card, Instant toldAt) {}

    /** What systems may differ in. */
    public enum Field {
        NAME,
        OWNER
    }

    /**
     * One system says something else than what stands.
     *
     * @param value the name, or the id of the employee
     */
    public record Question(Field field, long connection, String value) {}
}
