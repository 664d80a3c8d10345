package io.patchbay.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * Who works behind the simulated PBX and under which numbers it is called.
 *
 * @param numbers inbound numbers, ten digits
 */
public record BeelineCompany(List<BeelineEmployee> employees, List<String> numbers) {

    static final String DOMAIN = "@mpbx.sip.beeline.ru";

    /** The hunt group of every company here: extension 301. */
    static final String GROUP = "MPBX_g_10001_hg_20002@ip.beeline.ru";

    static final String GROUP_NAME = "Отдел продаж";
    static final String GROUP_EXTENSION = "301";

    /** The voice menu that picks up before the group. */
    static final String MENU = "MPBX_g_10001_vxml_30003@ip.beeline.ru";

    /** Two mobile seats and a SIP seat: the people of the contract's examples. */
    public static BeelineCompany small() {
        return new BeelineCompany(
                List.of(
                        BeelineEmployee.mobile("9000000201", "201", "Иван", "Петров"),
                        BeelineEmployee.mobile("9000000202", "202", "Анна", "Смирнова"),
                        BeelineEmployee.sip("SIP0000AA000BB", "203", "Склад")),
                List.of("9000000100"));
    }

    public Optional<BeelineEmployee> employee(String pattern) {
        return employees.stream().filter(e -> e.isNamed(pattern)).findFirst();
    }

    /** @throws IllegalArgumentException when nobody has this extension */
    public BeelineEmployee at(String extension) {
        return employee(extension)
                .orElseThrow(() -> new IllegalArgumentException("Nobody has the extension " + extension + "."));
    }

    /** The inbound number with this id or these ten digits. */
    Optional<String> number(String pattern) {
        return numbers.stream()
                .filter(n -> pattern.equals(n) || pattern.equals(n + DOMAIN))
                .findFirst();
    }
}
