package io.patchbay.testing;

import io.patchbay.audit.Actor;
import io.patchbay.audit.WhoActs;
import io.patchbay.effect.EffectConfiguration;
import io.patchbay.effect.WakeSender;
import io.patchbay.runtime.DataFolder;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What {@link ConnectorBench} needs to be a hub without broker, web server and timers: a test says when a timer fires. No
 * {@code @Configuration}, which a scan of the whole hub would find.
 */
@EnableTransactionManagement
@Import(EffectConfiguration.class)
public class HubParts {

    static final String[] PACKAGES = {
        "io.patchbay.audit",
        "io.patchbay.company",
        "io.patchbay.directory",
        "io.patchbay.caller",
        "io.patchbay.fields",
        "io.patchbay.journal",
        "io.patchbay.person",
        "io.patchbay.retention",
        "io.patchbay.intake",
        "io.patchbay.recording",
        "io.patchbay.backfill",
        "io.patchbay.replay",
        "io.patchbay.run",
        "io.patchbay.upkeep",
        "io.patchbay.watch"
    };

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }

    @Bean
    WhoActs whoActs() {
        return () -> Actor.HUB;
    }

    @Bean
    DataFolder dataFolder(Path folder) {
        return DataFolder.take(folder);
    }

    /** Wake-ups stay in their table: there is no queue. */
    @Bean
    WakeSender wakeSender() {
        return (connection, call, group, live) -> {};
    }

    /**
     * Loads a shipped route whose timer is replaced: {@code direct:<route>} fires it.
     *
     * @param beans what the route calls, by name
     */
    public static void route(CamelContext camel, String file, String route, Map<String, Object> beans)
            throws Exception {
        beans.forEach(camel.getRegistry()::bind);
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.resolveResource(camel, "classpath:" + file));
        AdviceWith.adviceWith(camel, route, advice -> advice.replaceFromWith("direct:" + route));
    }
}
