package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.company.CompanyId;
import io.patchbay.testing.ShippedRoute;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** routes/run/work.camel.yaml as shipped; only its timers are the test's. */
class WorkRouteTest extends ShippedRoute {

    private static final CompanyId COMPANY = new CompanyId(1);

    private final TestDatabase database = TestDatabase.of(TestDatabase.Kind.SQLITE);
    private final Runs runs = new Runs(database.jdbc(), Clock.systemUTC());
    private final CountingWork work = new CountingWork();

    WorkRouteTest() {
        super("routes/run/work.camel.yaml");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void start() throws Exception {
        var beans = new StaticListableBeanFactory();
        beans.addBean("work", work);
        var properties = new RunProperties(4, Duration.ofSeconds(15), Duration.ofSeconds(5), 3, Duration.ofDays(365));
        context.getRegistry()
                .bind("runSteps", new RunSteps(runs, beans.getBeanProvider(Work.class), properties, Clock.systemUTC()));
        beginHere("take");
        beginHere("forget-runs");
        context.start();
    }

    @Test
    void everyRunThatWaitsIsTakenUpAndDone() throws Exception {
        start();
        var one = runs.begin(COMPANY, CountingWork.KIND, Scope.COMPANY, "Anna");
        var other = runs.begin(COMPANY, "unknown", Scope.COMPANY, "Anna");

        assertThat(send("take", exchange -> {}).getException()).isNull();

        await().atMost(Duration.ofSeconds(30)).until(() -> isOver(one) && isOver(other));
        assertThat(runs.find(COMPANY, one.id()).orElseThrow().state()).isEqualTo(RunState.DONE);
        assertThat(work.done).hasSize(10);
        assertThat(send("take", exchange -> {}).getException())
                .as("nothing waits")
                .isNull();
        assertThat(send("forget-runs", exchange -> {}).getException()).isNull();
    }

    private boolean isOver(Run run) {
        return runs.find(COMPANY, run.id()).orElseThrow().state().isOver();
    }
}
