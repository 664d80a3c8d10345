package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.testing.RunningHub;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/** Hooks of a back-up, in a hub with its broker. */
@RunningHub
class RestoredHooksTest {

    @Autowired
    RestoredHooks restored;

    @Autowired
    SealedHooks vault;

    @Autowired
    ConnectionSetup setup;

    @Autowired
    JdbcClient jdbc;

    @Test
    void areReadOnceHoweverOftenTheyArePutThere() {
        var saved = (ConnectionSetup.Saved) setup.add(
                new CompanyId(1),
                "parrot",
                "Parrot of a back-up",
                Map.of("token", JsonNodeFactory.instance.stringNode("t")));
        var hook = vault.seal(new Hook(
                "restored-1",
                new CompanyId(1),
                saved.connection().id(),
                Instant.now(),
                "POST",
                "application/json",
                "",
                Map.of(),
                new byte[] {'{', '}'}));
        for (int i = 0; i < 2; i++) { // killed between sending and forgetting
            jdbc.sql("INSERT INTO restored_hook (sealed) VALUES (?)")
                    .param(hook)
                    .update();
        }

        restored.goOn();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> count("raw_hook WHERE hook_id = 'restored-1' AND facts = 0") == 1);
        assertThat(count("restored_hook")).isZero();
    }

    private long count(String where) {
        return jdbc.sql("SELECT COUNT(*) FROM " + where).query(Long.class).single();
    }
}
