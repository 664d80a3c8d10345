package io.patchbay.person;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.ErasureFact;
import io.patchbay.call.ExpiryFact;
import io.patchbay.call.Forgetting;
import io.patchbay.call.LegFact;
import io.patchbay.call.LinkFact;
import io.patchbay.call.NumberInText;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.OrderFact;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.RefusalFact;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.journal.ErasedPersons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code erased_number}: who was erased until when, known again by a keyed hash of the number. */
@Component
class ErasedNumbers implements ErasedPersons {

    /** How a PBX's name of something is written when it held a number. */
    private static final String RENAMED = "erased:";

    private final JdbcClient jdbc;
    private final ErasureKey key;
    private final Companies companies;

    ErasedNumbers(JdbcClient jdbc, ErasureKey key, Companies companies) {
        this.jdbc = jdbc;
        this.key = key;
        this.companies = companies;
    }

    /** From now on whatever is told of a time up to this is told of nobody. */
    void remember(CompanyId company, PhoneNumber number, Instant at) {
        key.make();
        jdbc.sql("""
            INSERT INTO erased_number (company_id, hash, erased_at) VALUES (?, ?, ?)
            ON CONFLICT (company_id, hash) DO UPDATE SET erased_at = excluded.erased_at\
            """)
                .params(company.value(), hash(company, number).orElseThrow(), at.toEpochMilli())
                .update();
    }

    /** Takes this number out of facts, and out of the names a PBX gives; the same name is always renamed alike, so that calls are still found by it. */
    Forgetting forgetting(PhoneNumber number) {
        var text = new NumberInText(number);
        return new Forgetting(
                party -> is(number, text, party),
                text::isIn,
                text::isIn,
                name -> text.isIn(name) ? renamed(name) : name,
                false);
    }

    String renamed(String name) {
        return RENAMED + key.hash("name/" + name).orElseThrow().substring(0, 32);
    }

    private static boolean is(PhoneNumber number, NumberInText text, Party party) {
        return party.equals(number) || text.isIn(party.raw());
    }

    @Override
    public CallFact without(CompanyId company, CallFact fact) {
        if (!any(company)) {
            return fact;
        }
        var told = fact;
        for (var number : erased(company, numbersIn(company, fact), begin(fact))) {
            told = forgetting(number).without(told);
        }
        return isOfErasedCall(told.call()) ? Forgetting.everybody().without(told) : told;
    }

    @Override
    public boolean isNamed(CompanyId company, String text, Instant at) {
        return any(company) && !erased(company, numbersIn(company, text), at).isEmpty();
    }

    List<CompanyId> companies() {
        return jdbc.sql("SELECT DISTINCT company_id FROM erased_number ORDER BY company_id")
                .query((row, number) -> new CompanyId(row.getLong(1)))
                .list();
    }

    /** Those of some numbers that were erased. @param told gives numbers of a company, with its last erasure */
    List<PhoneNumber> amongst(CompanyId company, BiFunction<CompanyId, Instant, List<String>> told) {
        var plan = new NumberPlan(companies.get(company).region());
        var last = Instant.ofEpochMilli(jdbc.sql("SELECT MIN(erased_at) FROM erased_number WHERE company_id = ?")
                .param(company.value())
                .query(Long.class)
                .single());
        var numbers = new HashSet<PhoneNumber>();
        for (var e164 : told.apply(company, last)) {
            if (plan.read(e164) instanceof PhoneNumber number) {
                numbers.add(number);
            }
        }
        return erased(company, numbers, Instant.EPOCH);
    }

    private boolean any(CompanyId company) {
        return jdbc.sql("SELECT 1 FROM erased_number WHERE company_id = ? LIMIT 1")
                .param(company.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private List<PhoneNumber> erased(CompanyId company, Set<PhoneNumber> numbers, Instant at) {
        return numbers.stream()
                .filter(number -> hash(company, number)
                        .flatMap(hash -> jdbc.sql(
                                        "SELECT erased_at FROM erased_number WHERE company_id = ? AND hash = ?")
                                .params(company.value(), hash)
                                .query(Long.class)
                                .optional())
                        .filter(until -> at.toEpochMilli() <= until)
                        .isPresent())
                .toList();
    }

    private boolean isOfErasedCall(CallKey call) {
        return jdbc.sql("SELECT c.erased_at FROM call_key k JOIN call c ON c.id = k.call_id WHERE k.connection_id = ?"
                        + " AND k.name = ? AND c.erased_at IS NOT NULL")
                .params(call.connection(), call.value())
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** Of what begins earlier than it is told, the beginning: the end of a call is told after the call was erased. */
    private static Instant begin(CallFact fact) {
        return fact instanceof LegFact leg && leg.started().isBefore(leg.at()) ? leg.started() : fact.at();
    }

    private Set<PhoneNumber> numbersIn(CompanyId company, CallFact fact) {
        var texts = new ArrayList<String>();
        var numbers = new HashSet<PhoneNumber>();
        texts.add(fact.call().value());
        switch (fact) {
            case LegFact leg -> {
                texts.add(leg.leg().value());
                texts.add(leg.seat().id());
                leg.transfer().ifPresent(transfer -> texts.add(transfer.to()));
                leg.line().ifPresent(line -> texts.add(line.value().number()));
                leg.client().ifPresent(client -> add(client.value(), numbers, texts));
            }
            case LinkFact link -> texts.add(link.other().value());
            case RecordingFact recording -> recording.recording().ifPresent(texts::add);
            case OrderFact order -> {
                add(order.client(), numbers, texts);
                order.callBack().ifPresent(texts::add);
            }
            case RefusalFact refusal -> texts.add(refusal.why());
            case ExpiryFact ignored -> {}
            case ErasureFact ignored -> {}
        }
        texts.forEach(text -> numbers.addAll(numbersIn(company, text)));
        return numbers;
    }

    private static void add(Party party, Set<PhoneNumber> numbers, List<String> texts) {
        if (party instanceof PhoneNumber number) {
            numbers.add(number);
        } else {
            texts.add(party.raw());
        }
    }

    private Set<PhoneNumber> numbersIn(CompanyId company, String text) {
        var candidates = NumberInText.candidates(text);
        if (candidates.isEmpty()) {
            return Set.of();
        }
        var plan = new NumberPlan(companies.get(company).region());
        var numbers = new HashSet<PhoneNumber>();
        for (var digits : candidates) {
            if (plan.read(digits) instanceof PhoneNumber number) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private Optional<String> hash(CompanyId company, PhoneNumber number) {
        return key.hash("company/" + company.value() + "/" + number.e164());
    }
}
