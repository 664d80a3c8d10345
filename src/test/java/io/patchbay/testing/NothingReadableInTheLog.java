package io.patchbay.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.sandbox.Bitrix24Portal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.io.output.TeeOutputStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Listens to the hub's log while a class of tests runs: no full telephone number and none of the tests' secrets may stand in it. */
public final class NothingReadableInTheLog implements BeforeAllCallback, AfterAllCallback {

    /** Of Russian mobile numbers, which all told clients have, in any usual writing; names of temporary folders are digits too. */
    private static final Pattern FULL_NUMBER =
            Pattern.compile("(?<!\\w)(?:\\+?7|8)?[ (-]*9\\d{2}[ )-]*\\d{3}[ -]?\\d{2}[ -]?\\d{2}(?!\\w)");

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setOut(new PrintStream(new TeeOutputStream(console, heard), true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.setOut(console);
        var lines = heard.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).as("what the hub did").anyMatch(line -> line.contains("api.sent"));
        assertThat(lines)
                .as("full numbers in the log")
                .noneMatch(line -> FULL_NUMBER.matcher(line).find());
        for (var secret : List.of(
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", Bitrix24Portal.CLIENT_SECRET, "test-token-test-token")) {
            assertThat(lines).as("secrets in the log").noneMatch(line -> line.contains(secret));
        }
    }
}
