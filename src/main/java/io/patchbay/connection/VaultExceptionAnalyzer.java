package io.patchbay.connection;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a start with the wrong key into a description and an action. */
class VaultExceptionAnalyzer extends AbstractFailureAnalyzer<VaultException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, VaultException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "The key stands in the file vault.key of the data folder, or in the setting patchbay.vault.key"
                    + " (PATCHBAY_VAULT_KEY); without it the stored secrets cannot be read and must be entered again.",
                cause);
    }
}
