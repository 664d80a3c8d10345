package io.patchbay.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a start refused for a weak token into a description and an action. */
class WeakApiTokenAnalyzer extends AbstractFailureAnalyzer<WeakApiTokenException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WeakApiTokenException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set it to a long random text, for example the output of 'openssl rand -hex 32', or remove it and make"
                        + " a token in the console.",
                cause);
    }
}
