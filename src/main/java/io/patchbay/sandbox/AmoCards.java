package io.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contacts, companies and leads of a simulated amoCRM account and how they are found. */
final class AmoCards {

    private final Clock clock;
    private final Map<Long, AmoCard> all = new LinkedHashMap<>();
    private long last = 10_150_064;
    private Duration indexLag = Duration.ZERO;
    private boolean searchIgnoresForm;

    AmoCards(Clock clock) {
        this.clock = clock;
    }

    void indexLag(Duration lag) {
        indexLag = lag;
    }

    void searchIgnoresForm() {
        searchIgnoresForm = true;
    }

    AmoCard add(AmoKind kind, long user) {
        var card = new AmoCard(kind, ++last, clock.instant());
        card.createdBy = user;
        card.updatedBy = user;
        card.responsible = user;
        card.indexed = clock.instant().plus(indexLag);
        all.put(card.id, card);
        return card;
    }

    /** Whatever has this id, also what waits among the incoming leads. */
    Optional<AmoCard> anyOf(AmoKind kind, long id) {
        return Optional.ofNullable(all.get(id)).filter(card -> card.kind == kind && !card.deleted);
    }

    Optional<AmoCard> byId(AmoKind kind, long id) {
        return anyOf(kind, id).filter(card -> !card.unsorted);
    }

    List<AmoCard> list(AmoKind kind) {
        return all.values().stream()
                .filter(card -> card.kind == kind && !card.deleted && !card.unsorted)
                .toList();
    }

    List<AmoCard> everything(AmoKind kind) {
        return all.values().stream().filter(card -> card.kind == kind).toList();
    }

    /**
     * A text search over all filled fields as typed: +7 and 8 do not find each other, and digits in any other field hit as
     * well. [issue] contracts/crm/amocrm.md §4. That blanks and brackets hide a number is the worse of two readings.
     */
    List<AmoCard> search(AmoKind kind, String text) {
        var now = clock.instant();
        return list(kind).stream()
                .filter(card -> !now.isBefore(card.indexed))
                .filter(card -> card.hasText(text)
                        || searchIgnoresForm
                                && text.matches("[0-9]+")
                                && card.phones().stream()
                                        .anyMatch(
                                                p -> p.replaceAll("[^0-9]", "").contains(text)))
                .toList();
    }

    /** Where a call to this number is written, by the last ten digits. [doc] contracts/crm/amocrm.md §3.1 */
    Optional<AmoCard> forCall(String phone) {
        return owner(phone, 10).map(card -> {
            var active = card.leads.stream()
                    .map(all::get)
                    .filter(lead -> lead != null && lead.isActiveLead())
                    .toList();
            return active.size() == 1 ? active.getFirst() : card;
        });
    }

    /** Whose card a pop-up shows: the last eight digits, the oldest contact first, then companies. [doc] §3.4 */
    Optional<AmoCard> forPopup(String phone) {
        return owner(phone, 8);
    }

    private Optional<AmoCard> owner(String phone, int digits) {
        var found = new ArrayList<AmoCard>();
        found.addAll(oldestFirst(AmoKind.CONTACT));
        found.addAll(oldestFirst(AmoKind.COMPANY));
        return found.stream().filter(card -> card.hasLastDigits(phone, digits)).findFirst();
    }

    private List<AmoCard> oldestFirst(AmoKind kind) {
        return list(kind).stream()
                .sorted(Comparator.comparing((AmoCard card) -> card.created).thenComparing(card -> card.id))
                .toList();
    }

    void link(AmoCard lead, AmoCard card) {
        if (card.kind == AmoKind.CONTACT) {
            lead.contacts.add(card.id);
        } else {
            lead.companies.add(card.id);
        }
        card.leads.add(lead.id);
    }
}
