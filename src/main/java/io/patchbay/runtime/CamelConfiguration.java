package io.patchbay.runtime;

import org.apache.camel.spring.spi.SpringTransactionPolicy;
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

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }
}
