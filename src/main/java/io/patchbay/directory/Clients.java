package io.patchbay.directory;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which card belongs to which number in each connected system. What is remembered may be old: the target has the last word. */
public interface Clients {

    Optional<ClientRecord> known(CompanyId company, long connection, PhoneNumber number);

    /** Replaces what was known and ends the claim on the number. The company's directory of clients learns it too. */
    void remember(CompanyId company, long connection, PhoneNumber number, ClientRecord client);

    /** Forgets the card and ends the claim on the number. */
    void forget(CompanyId company, long connection, PhoneNumber number);

    /** A system says that this card changed there: whoever calls next from one of its numbers is asked for anew. */
    void changed(CompanyId company, long connection, String id);

    /**
     * Asks for the right to create the card of a number; of all who ask at once one gets it.
     *
     * @param lease after which somebody else may have it, in case the holder died
     */
    boolean claim(CompanyId company, long connection, PhoneNumber number, Instant now, Duration lease);
}
