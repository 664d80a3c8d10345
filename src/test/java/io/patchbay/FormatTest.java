package io.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is laid out by palantir-java-format. It runs as a test and not as a Maven plugin, because plugins run in Maven's
 * own JVM, which may be too old to read the language level of these sources.
 */
class FormatTest {

    @Test
    void everySourceIsFormatted() throws Exception {
        var formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        var apply = Boolean.getBoolean("patchbay.format");
        var unformatted = new ArrayList<Path>();
        try (var files = Files.walk(Path.of("src"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                var source = Files.readString(file);
                var formatted = formatter.formatSourceAndFixImports(source);
                if (!formatted.equals(source)) {
                    unformatted.add(file);
                    if (apply) {
                        Files.writeString(file, formatted);
                    }
                }
            }
        }
        if (!apply) {
            assertThat(unformatted)
                    .as("Run 'mvn test -Dtest=FormatTest -DargLine.format=-Dpatchbay.format=true' to lay these out")
                    .isEmpty();
        }
    }
}
