package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AccessPropertiesTest {

    @Test
    void takesNoTokenOrALongOne() {
        assertThat(new AccessProperties("").apiToken()).isEmpty();
        assertThat(new AccessProperties(" " + "t".repeat(32) + "\n").apiToken()).isEqualTo("t".repeat(32));
        assertThat(new AccessProperties("t".repeat(32))).asString().doesNotContain("ttt");
    }

    @Test
    void refusesAShortTokenWithACure() {
        assertThatThrownBy(() -> new AccessProperties("t".repeat(31)))
                .isInstanceOfSatisfying(WeakApiTokenException.class, cause -> {
                    var analysis = new WeakApiTokenAnalyzer().analyze(cause, cause);
                    assertThat(analysis.getDescription())
                            .contains("31 characters")
                            .contains("at least 32");
                    assertThat(analysis.getAction()).contains("openssl rand -hex 32");
                });
    }
}
