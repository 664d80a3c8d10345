package io.patchbay.sandbox;

/**
 * The other side of a leg as an event shows it; empty strings are elements that are missing.
 *
 * @param number   {@code +79000001234}, {@code 201}, or empty for a hidden caller
 * @param callType {@code Network}, {@code Group}, {@code Unknown}
 */
public record BeelineParty(String name, String number, String userId, String userNumber, String callType) {

    public static BeelineParty outside(String number) {
        return new BeelineParty("", number, "", "", "Network");
    }

    /** The network gives no number. */
    public static BeelineParty hidden() {
        return outside("");
    }

    public static BeelineParty colleague(BeelineEmployee employee) {
        var own = employee.phone().isEmpty() ? "" : "tel:+7" + employee.phone() + ";ext=" + employee.extension();
        return new BeelineParty(employee.fullName(), employee.extension(), employee.userId(), own, "Group");
    }

    /** An inbound number's own user has the number twice as its name [code] contracts/pbx/beeline.md section 3.2. */
    static BeelineParty line(String tenDigits) {
        return new BeelineParty(
                tenDigits + " " + tenDigits, "+7" + tenDigits, tenDigits + BeelineCompany.DOMAIN, "", "Group");
    }

    static BeelineParty group() {
        return new BeelineParty(
                BeelineCompany.GROUP_NAME, BeelineCompany.GROUP_EXTENSION, BeelineCompany.GROUP, "", "Group");
    }

    boolean isOutside() {
        return !callType.equals("Group");
    }

    BeelineParty called(String type) {
        return new BeelineParty(name, number, userId, userNumber, type);
    }

    /** The children of {@code remoteParty}, {@code party} or {@code callingPartyInfo}. */
    String xml() {
        return element("name", name)
                + (number.isEmpty()
                        ? "<xsi:privacy/>"
                        : "<xsi:address" + country() + ">tel:" + BeelineXml.escaped(number) + "</xsi:address>")
                + element("userId", userId)
                + (userNumber.isEmpty() ? "" : "<xsi:userDN countryCode=\"7\">" + userNumber + "</xsi:userDN>")
                + element("callType", callType);
    }

    private String country() {
        return number.startsWith("+7") ? " countryCode=\"7\"" : "";
    }

    private static String element(String name, String text) {
        return text.isEmpty() ? "" : BeelineXml.element(name, BeelineXml.escaped(text));
    }
}
