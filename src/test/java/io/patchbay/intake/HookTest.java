package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookTest {

    @Test
    void comesBackAsItWasWrittenDown() {
        var hook = new Hook(
                "h-1",
                new CompanyId(1),
                new ConnectionId(7),
                Instant.ofEpochMilli(1_718_000_000_123L),
                "POST",
                "application/xml",
                "a=%2B7",
                Map.of("x-request-id", "5"),
                new byte[] {0, 1, (byte) 0xFF});

        var read = Hook.of(hook.toBytes());

        assertThat(read).usingRecursiveComparison().isEqualTo(hook);
    }
}
