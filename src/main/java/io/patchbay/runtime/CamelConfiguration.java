package io.patchbay.runtime;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the routes need from Spring. */
@Configuration(proxyBeanMethods = false)
class CamelConfiguration {

    /** {@code transacted: {ref: inOneTransaction}}: all or nothing in the database. */
    @Bean
    SpringTransactionPolicy inOneTransaction(PlatformTransactionManager transactions) {
        return new SpringTransactionPolicy(new TransactionTemplate(transactions));
    }

    /** @param own folder whose routes add to those of the class path, or replace them; need not exist */
    @Bean
    CamelContextConfiguration hubRoutes(@Value("${patchbay.routes-dir:routes}") Path own) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                HubRoutes.onClassPathAnd(own).joinTo(camel);
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // all is done when the context starts
            }
        };
    }

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }
}
