package io.patchbay.wholeway;

import io.patchbay.sandbox.AmoAccount;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelineEmployee;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineRow;
import io.patchbay.sandbox.BeelineStory;
import io.patchbay.sandbox.Bitrix24Portal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The company all scenarios play in: its simulated PBX, Bitrix24 portal and amoCRM account, and who sits where. Ivan, Anna and Oleg are known in all three, the
 * store's phone has nobody in a CRM, and Vera stands in for whoever is missing there.
 */
final class Office implements AutoCloseable {

    static final String VERA = "Vera";
    private static final String NOBODY = "nobody";
    private static final Map<String, String> SEATS = Map.of(
            "9000000201@mpbx.sip.beeline.ru", "Ivan",
            "9000000202@mpbx.sip.beeline.ru", "Anna",
            "9000000204@mpbx.sip.beeline.ru", "Oleg",
            "SIP0000AA000BB@ip.beeline.ru", "store",
            "MPBX_g_10001_hg_20002@ip.beeline.ru", "group",
            "MPBX_g_10001_vxml_30003@ip.beeline.ru", "menu");
    private static final Map<String, Long> IN_BITRIX24 =
            Map.of("Ivan", 21L, "Anna", 22L, "Oleg", 24L, VERA, Bitrix24Portal.ADMIN);

    final BeelinePbx pbx;
    final Bitrix24Portal portal;
    final AmoAccount account;
    private final Map<String, Long> inAmo = new HashMap<>();

    Office(Clock clock) {
        pbx = RunningHub.pbx(
                new BeelineCompany(
                        List.of(
                                employee("201", "Иван", "Петров", "ivan@example.com"),
                                employee("202", "Анна", "Смирнова", "anna@example.com"),
                                employee("204", "Олег", "Соколов", "oleg@example.com"),
                                BeelineEmployee.sip("SIP0000AA000BB", "203", "Склад")),
                        List.of("9000000100")),
                clock);
        pbx.clicksGoUntold();
        portal = new Bitrix24Portal(0, clock);
        portal.selfHosted();
        portal.employee(21, "Иван", "Петров", "201");
        portal.employee(22, "Анна", "Смирнова", "202");
        portal.employee(24, "Олег", "Соколов", "204");
        var seconds = new AtomicLong(); // the pace is proved by the connector's own tests: here the account never feels
        // hurried
        account = new AmoAccount(clock, () -> seconds.addAndGet(1_000_000_000), 0);
        inAmo.put("Ivan", account.addUser("Иван Петров", "ivan@example.com", false));
        inAmo.put("Anna", account.addUser("Анна Смирнова", "anna@example.com", false));
        inAmo.put("Oleg", account.addUser("Олег Соколов", "oleg@example.com", false));
        inAmo.put(VERA, account.addUser("Вера Орлова", "vera@example.com", false));
    }

    private static BeelineEmployee employee(String extension, String name, String lastName, String email) {
        var phone = "9000000" + extension;
        return new BeelineEmployee(
                phone + "@mpbx.sip.beeline.ru", phone, name, lastName, email, "Отдел продаж", extension, true);
    }

    /** The same clients stand in both CRMs. */
    void know(Telling telling) {
        for (var client : telling.scenario().clients()) {
            var names = client.name().split(" ");
            var phone = telling.filled(client.phone());
            portal.contact(names[0], names[1], phone, inBitrix24(client.owner()));
            var card = account.addContact(client.name(), phone);
            account.giveTo(card, inAmo(client.owner()), AmoAccount.ADMIN);
            for (var lead = 0; lead < client.leads(); lead++) {
                account.addLead("Заказ", card, 1);
            }
        }
    }

    /** What the PBX will have kept of the talks. */
    void record(Telling telling, Instant start) {
        for (var sound : telling.scenario().recordings()) {
            var session = telling.filled(sound.session());
            pbx.recordingsAppearAfter(sound.appears());
            var row = new BeelineRow(
                    pbx.company().employees().stream()
                            .filter(one -> SEATS.get(one.userId()).equals(sound.of()))
                            .findFirst()
                            .orElseThrow(),
                    true,
                    telling.client(),
                    start.plus(sound.from()),
                    Optional.of(start.plus(sound.from())),
                    start.plus(sound.to()),
                    session,
                    telling.filled(sound.leg()));
            pbx.remember(new BeelineStory(telling.scenario().name(), session, "", List.of(), List.of(row)));
        }
    }

    /** Who is meant by a seat of the PBX. */
    static String at(String seat) {
        return SEATS.getOrDefault(seat, seat);
    }

    long inBitrix24(String person) {
        return IN_BITRIX24.get(person);
    }

    long inAmo(String person) {
        return inAmo.get(person);
    }

    String fromBitrix24(long user) {
        return name(IN_BITRIX24, user);
    }

    String fromAmo(long user) {
        return name(inAmo, user);
    }

    private static String name(Map<String, Long> people, long id) {
        return people.entrySet().stream()
                .filter(one -> one.getValue() == id)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(id == 0 ? NOBODY : "user " + id);
    }

    @Override
    public void close() {
        account.close();
        portal.close();
        pbx.close();
    }
}
