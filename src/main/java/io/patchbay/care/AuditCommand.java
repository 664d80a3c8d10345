package io.patchbay.care;

import io.patchbay.audit.Verdict;
import io.patchbay.audit.Verification;
import io.patchbay.company.Companies;
import io.patchbay.company.Company;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code audit verify}: whether the audit logs are as they were written. */
@Command(name = "audit", description = "The audit logs.", mixinStandardHelpOptions = true)
final class AuditCommand {

    private static final int BROKEN = 1;

    private final PrintWriter out;

    AuditCommand(PrintWriter out) {
        this.out = out;
    }

    @Command(
            description = "Reads every audit log again and says where the first line is that is not as it was written."
                    + " The hub may run meanwhile.",
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "<setting>",
                            description = "as the hub takes them: --patchbay.data-dir=data")
                    @Nullable
                    List<String> settings) {
        try (var premises = Premises.open(CareCommand.settings(settings))) {
            var verification = new Verification(premises.jdbc(), premises.keys().open(premises.jdbc()));
            var whole = true;
            for (var company : new Companies(premises.jdbc()).all()) {
                var verdict = verification.verify(company.id());
                out.println(line(company, verdict));
                whole &= verdict.isWhole();
            }
            return whole ? 0 : BROKEN;
        }
    }

    private static String line(Company company, Verdict verdict) {
        var whose = "company " + company.id() + " (" + company.title() + "): ";
        return verdict.broken()
                .map(broken -> "WRONG " + whose + "line " + broken.number() + " is "
                        + broken.flaw().name().toLowerCase(java.util.Locale.ROOT) + "; " + verdict.lines()
                        + " lines before that are whole.")
                .orElse("ok    " + whose + verdict.lines() + " lines are whole; the last has the hash "
                        + verdict.hash());
    }
}
