package io.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdTest {

    @Test
    void isReadAsItIsWritten() {
        assertThat(new CallId(81)).hasToString("c-81");
        assertThat(CallId.parse("c-81")).contains(new CallId(81));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "81", "c-", "c-0", "c--1", "c-01", "C-81", "c-81 ", "c-9999999999999999999"})
    void isNothingElse(String written) {
        assertThat(CallId.parse(written)).isEmpty();
    }
}
