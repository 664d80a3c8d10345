package io.patchbay.person;

import io.patchbay.call.NumberInText;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;

/** Somebody outside the company, as far as a telephone number tells who that is. */
record Person(CompanyId company, PhoneNumber number, NumberInText text) {

    static Person of(CompanyId company, PhoneNumber number) {
        return new Person(company, number, new NumberInText(number));
    }
}
