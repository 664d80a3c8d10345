package io.patchbay.journal;

import io.patchbay.company.CompanyId;
import io.patchbay.directory.EmployeeId;
import java.util.Optional;

/**
 * For whom calls are looked up.
 *
 * @param seesAll  may see every call of the company
 * @param employee who they are among the employees; who does not see all calls and is no employee sees none
 */
public record Audience(CompanyId company, boolean seesAll, Optional<EmployeeId> employee) {

    public static Audience wholeCompany(CompanyId company) {
        return new Audience(company, true, Optional.empty());
    }
}
