package io.patchbay.call;

/**
 * A public number.
 *
 * @param e164     international form with plus, e.g. {@code +79001234567}: the only form that is compared
 * @param national the digits without the country code, e.g. {@code 9001234567}
 * @param raw      as the PBX wrote it
 */
public record PhoneNumber(String e164, String national, String raw) implements Party {

    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneNumber number && number.e164.equals(e164);
    }

    @Override
    public int hashCode() {
        return e164.hashCode();
    }

    /** Masked, so that a full number reaches a log only by intent: {@code +7900***4567}. */
    @Override
    public String toString() {
        return e164.length() < 9 ? "***" : e164.substring(0, 5) + "***" + e164.substring(e164.length() - 4);
    }
}
