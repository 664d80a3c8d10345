package io.patchbay.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.company.CompanyId;
import io.patchbay.intake.StoredHooks;
import io.patchbay.journal.Journal;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.HubParts;
import io.patchbay.testing.TestDatabase;
import io.patchbay.testing.ToldCall;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionTemplate;

class RetentionJobTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Instant OLD = ConnectorBench.START.minus(Duration.ofDays(100));
    private static final Instant YOUNG = ConnectorBench.START.minus(Duration.ofDays(10));

    @ParameterizedTest
    @EnumSource
    void removesOfEachKindWhatIsOlderThanTheCompanyWants(TestDatabase.Kind kind) throws IOException {
        try (var hub = ConnectorBench.of("beeline").hub().on(kind).start()) {
            fill(hub, "old", OLD);
            fill(hub, "young", YOUNG);
            var days = new EnumMap<Kept, Integer>(Kept.class);
            for (var one : Kept.values()) {
                days.put(one, 50);
            }
            hub.bean(Retention.class).set(COMPANY, days);

            hub.bean(RetentionJob.class).run(COMPANY);

            assertThat(texts(hub, "SELECT name FROM call_key")).isEqualTo("young");
            for (var table : new String[] {"call", "call_fact", "call_leg", "effect", "attempt"}) {
                assertThat(count(hub, table)).as(table).isEqualTo(1);
            }
            assertThat(texts(hub, "SELECT reference FROM click_to_call")).isEqualTo("young");
            assertThat(texts(hub, "SELECT hook_id FROM raw_hook")).isEqualTo("young");
            assertThat(texts(hub, "SELECT subject FROM alert_message")).isEqualTo("young");
            assertThat(texts(hub, "SELECT begun_by FROM run")).isEqualTo("young");
            assertThat(texts(hub, "SELECT file FROM recording")).isEqualTo("young.mp3");
            assertThat(hub.database().folder().resolve("recordings/old.mp3")).doesNotExist();
            assertThat(hub.database().folder().resolve("recordings/young.mp3")).exists();
            assertThat(hub.bean(Retention.class).runs(COMPANY))
                    .hasSize(Kept.values().length)
                    .allSatisfy(run -> {
                        assertThat(run.error()).isEmpty();
                        assertThat(run.removed()).as("%s", run.kind()).isEqualTo(1);
                        assertThat(run.before()).isEqualTo(ConnectorBench.START.minus(Duration.ofDays(50)));
                    });
        }
    }

    @Test
    void keepsCallsAndRecordingsForEverUnlessItIsSaidOtherwise() throws IOException {
        try (var hub = ConnectorBench.of("beeline").hub().start()) {
            fill(hub, "old", OLD);

            hub.bean(RetentionJob.class).run(COMPANY);

            assertThat(count(hub, "call")).isEqualTo(1);
            assertThat(texts(hub, "SELECT file FROM recording")).isEqualTo("old.mp3");
            assertThat(count(hub, "raw_hook")).as("30 days").isZero();
        }
    }

    @Test
    void keepsTheRowOfARecordingThatIsRemovedSoThatItIsNotAskedForAgain() throws IOException {
        try (var hub = ConnectorBench.of("beeline").hub().start()) {
            fill(hub, "old", OLD);
            hub.bean(Retention.class).set(COMPANY, Map.of(Kept.RECORDINGS, 50));

            hub.bean(RetentionJob.class).run(COMPANY);

            assertThat(texts(hub, "SELECT state FROM recording")).isEqualTo("ABSENT");
            assertThat(hub.database().folder().resolve("recordings/old.mp3")).doesNotExist();
        }
    }

    @Test
    void runsOnceANightByTheCompanysClockAndMakesUpForANightThatWasMissed() throws Exception {
        try (var hub = ConnectorBench.of("beeline").hub().start()) { // half past ten in Moscow
            var camel = hub.bean(CamelContext.class);
            HubParts.route(
                    camel,
                    "routes/retention/retire.camel.yaml",
                    "retire",
                    Map.of("retentionJob", hub.bean(RetentionJob.class)));
            var timer = camel.createProducerTemplate();
            Runnable fire = () -> timer.sendBody("direct:retire", null);
            var perRun = Kept.values().length - 2; // two kinds are kept for ever
            fire.run();
            assertThat(count(hub, "retention_run")).as("none before").isEqualTo(perRun);
            for (int hour = 0; hour < 48; hour++) {
                hub.clock().advance(Duration.ofHours(1));
                fire.run();
            }
            assertThat(count(hub, "retention_run"))
                    .as("at 3 o'clock of the second night")
                    .isEqualTo(3 * perRun);
            hub.clock().advance(Duration.ofHours(40));
            fire.run();
            assertThat(count(hub, "retention_run")).isEqualTo(4 * perRun);
        }
    }

    @Test
    void refusesATimeInWhichCallsWouldComeBack() {
        try (var hub = ConnectorBench.of("beeline").hub().start()) {
            assertThatThrownBy(() -> hub.bean(Retention.class).set(COMPANY, Map.of(Kept.CALLS, 7)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(hub.bean(Retention.class).of(COMPANY)).containsEntry(Kept.CALLS, 0);
        }
    }

    private static void fill(ConnectorBench hub, String name, Instant at) throws IOException {
        var jdbc = hub.database().jdbc();
        var pbx = hub.connection().id();
        var call = hub.bean(TransactionTemplate.class)
                .execute(status -> hub.bean(Journal.class)
                        .join(
                                COMPANY,
                                new ToldCall(pbx.value(), name, at)
                                        .from("+79000000001")
                                        .leg("201", 0, 5, 65)
                                        .facts())
                        .getFirst()
                        .id());
        new StoredHooks(hub).keep(name, pbx, at, "", "", "body");
        var effect = jdbc.sql("""
            INSERT INTO effect (company_id, call_id, connection_id, kind, subject, state, attempts, last_error, version, changed_at)
            VALUES (1, ?, ?, 'LOG_CALL', '', 'DONE', 1, '', 1, ?) RETURNING id\
            """)
                .params(call.value(), pbx.value(), at.toEpochMilli())
                .query(Long.class)
                .single();
        jdbc.sql("INSERT INTO attempt (effect_id, number, at, took_millis, code, said) VALUES (?, 1, ?, 1, '', 'ok')")
                .params(effect, at.toEpochMilli())
                .update();
        jdbc.sql("""
            INSERT INTO click_to_call (company_id, connection_id, reference, ordered_at, number, state) VALUES (1, ?, ?, ?, '1', 'MADE')\
            """).params(pbx.value(), name, at.toEpochMilli()).update();
        jdbc.sql("""
            INSERT INTO alert_message (company_id, connection_id, concern, turn, level, since, written_at, subject, body, channel,
              message_key, state, attempts, next_at, last_error)
            VALUES (1, ?, 'FAULT', 'BEGAN', 100, 0, ?, ?, '', 'log', ?, 'SENT', 1, 0, '')\
            """).params(pbx.value(), at.toEpochMilli(), name, name).update();
        jdbc.sql("""
            INSERT INTO run (company_id, kind, about, begun_by, state, cancelled, done, tally, would, bookmark, why, report, failures, next_at,
              lease_until, created_at, ended_at)
            VALUES (1, 'replay', '{}', ?, 'DONE', FALSE, 0, '[]', '[]', '', '', '', 0, 0, 0, 0, ?)\
            """).params(name, at.toEpochMilli()).update();
        jdbc.sql("""
            INSERT INTO recording (company_id, connection_id, call_key, seat, state, attempts, next_at, ended_at, talk_millis, file)
            VALUES (1, ?, ?, '201', 'STORED', 1, 0, ?, 1, ?)\
            """)
                .params(pbx.value(), name, at.toEpochMilli(), name + ".mp3")
                .update();
        Files.writeString(hub.database().folder().resolve("recordings").resolve(name + ".mp3"), "sound");
    }

    private static long count(ConnectorBench hub, String table) {
        return hub.database()
                .jdbc()
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    private static String texts(ConnectorBench hub, String sql) {
        return String.join(
                ",", hub.database().jdbc().sql(sql).query(String.class).list());
    }
}
