package io.patchbay.console;

import io.patchbay.company.Company;
import io.patchbay.company.CompanyId;

/** For whom a page is made: the company whose data it may show, in the reader's language and the company's time. */
record Reader(Company company, Texts texts, WallClock clock) {

    CompanyId id() {
        return company.id();
    }
}
