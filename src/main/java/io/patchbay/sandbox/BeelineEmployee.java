package io.patchbay.sandbox;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A seat of the simulated PBX.
 *
 * @param userId   what events call {@code targetId}
 * @param phone    ten digits; empty for a SIP seat
 * @param email    empty for none
 * @param recorded the paid option "record the talks" is on
 */
public record BeelineEmployee(
        String userId,
        String phone,
        String firstName,
        String lastName,
        String email,
        String department,
        String extension,
        boolean recorded) {

    public static BeelineEmployee mobile(String phone, String extension, String firstName, String lastName) {
        return new BeelineEmployee(
                phone + "@mpbx.sip.beeline.ru", phone, firstName, lastName, "", "Отдел продаж", extension, true);
    }

    /** A desk phone without a mobile number and without recording. */
    public static BeelineEmployee sip(String seat, String extension, String name) {
        return new BeelineEmployee(seat + "@ip.beeline.ru", "", name, name, "", "", extension, false);
    }

    public BeelineEmployee withoutRecording() {
        return new BeelineEmployee(userId, phone, firstName, lastName, email, department, extension, false);
    }

    /** An employee is named by his full id, his ten digits or his extension [code] contracts/pbx/beeline.md section 3. */
    boolean isNamed(String pattern) {
        return pattern.equals(userId) || pattern.equals(extension) || (!phone.isEmpty() && pattern.equals(phone));
    }

    String fullName() {
        return firstName.equals(lastName) ? firstName : firstName + " " + lastName;
    }

    /** What cannot be known is missing or null, as the vendor does it. */
    ObjectNode json(String phonePrefix) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("userId", userId);
        if (!phone.isEmpty()) {
            json.put("phone", phonePrefix + phone);
        }
        json.put("firstName", firstName).put("lastName", lastName);
        json.put("email", email.isEmpty() ? null : email);
        json.put("department", department).put("extension", extension);
        return json;
    }
}
