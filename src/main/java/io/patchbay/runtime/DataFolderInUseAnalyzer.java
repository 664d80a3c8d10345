package io.patchbay.runtime;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a refused second start into a description and an action instead of a stack trace. */
class DataFolderInUseAnalyzer extends AbstractFailureAnalyzer<DataFolderInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DataFolderInUseException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Stop the other one, or start this one with another folder: --patchbay.data-dir=<folder>.",
                cause);
    }
}
