package io.patchbay.runtime;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.yaml.snakeyaml.error.YAMLException;

/** Says where a file of settings stops being YAML. */
class BrokenSettingsAnalyzer extends AbstractFailureAnalyzer<YAMLException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, YAMLException cause) {
        return new FailureAnalysis(
                "The settings in application.yaml are not valid YAML:\n" + cause.getMessage(),
                "Correct that line of config/application.yaml beside the jar, and start again. Indent with blanks, and"
                        + " put a value that holds ': ' or '#' in quotes.",
                cause);
    }
}
