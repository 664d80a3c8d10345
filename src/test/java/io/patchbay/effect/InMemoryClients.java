package io.patchbay.effect;

import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Cards and claims of one process. */
final class InMemoryClients implements Clients {

    private record Key(CompanyId company, long connection, PhoneNumber number) {}

    private final Map<Key, ClientRecord> cards = new HashMap<>();
    private final Map<Key, Instant> claims = new HashMap<>();

    @Override
    public synchronized Optional<ClientRecord> known(CompanyId company, long connection, PhoneNumber number) {
        return Optional.ofNullable(cards.get(new Key(company, connection, number)));
    }

    @Override
    public synchronized void remember(CompanyId company, long connection, PhoneNumber number, ClientRecord client) {
        cards.put(new Key(company, connection, number), client);
        claims.remove(new Key(company, connection, number));
    }

    @Override
    public synchronized void forget(CompanyId company, long connection, PhoneNumber number) {
        cards.remove(new Key(company, connection, number));
        claims.remove(new Key(company, connection, number));
    }

    @Override
    public synchronized void changed(CompanyId company, long connection, String id) {
        cards.entrySet()
                .removeIf(card -> card.getKey().company().equals(company)
                        && card.getKey().connection() == connection
                        && card.getValue().id().equals(id));
    }

    @Override
    public synchronized boolean claim(
            CompanyId company, long connection, PhoneNumber number, Instant now, Duration lease) {
        var key = new Key(company, connection, number);
        if (claims.containsKey(key) && claims.get(key).isAfter(now)) {
            return false;
        }
        claims.put(key, now.plus(lease));
        return true;
    }
}
