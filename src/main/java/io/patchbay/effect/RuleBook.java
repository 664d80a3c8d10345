package io.patchbay.effect;

import io.patchbay.company.CompanyId;
import io.patchbay.rules.RuleSet;

/** Each connection's rules. */
public interface RuleBook {

    /** {@link RuleSet#DEFAULT} where a company has set none. */
    RuleSet of(long connection);

    /** From now on for every look, also at calls that go on. */
    void replace(CompanyId company, long connection, RuleSet rules);
}
