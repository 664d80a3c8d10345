package io.patchbay.effect;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.call.CallId;
import io.patchbay.call.RecordingFact;
import io.patchbay.caller.Questions;
import io.patchbay.caller.WhoCalls;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.Connectors;
import io.patchbay.directory.Clients;
import io.patchbay.directory.Employees;
import io.patchbay.fields.FieldMaps;
import io.patchbay.journal.Journal;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Puts the package together. What sends and what links are made elsewhere, and found when they are first needed. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EffectProperties.class)
public class EffectConfiguration {

    @Bean
    Ledger ledger(JdbcClient jdbc, MeterRegistry meters) {
        return new MeasuredLedger(new JdbcLedger(jdbc), meters);
    }

    @Bean
    EffectGauges effectGauges(JdbcClient jdbc, Connections connections, Clock clock, MeterRegistry meters) {
        return new EffectGauges(jdbc, connections, clock, meters);
    }

    @Bean
    Wakes wakes(JdbcClient jdbc) {
        return new JdbcWakes(jdbc);
    }

    @Bean
    Receivers receivers(
            Connections connections,
            Connectors connectors,
            ConnectionHealth health,
            RuleBook rules,
            EffectProperties properties) {
        return new ConnectedReceivers(connections, connectors, health, rules, properties.probe());
    }

    @Bean
    RuleBook ruleBook(JdbcClient jdbc, Clock clock) {
        return new JdbcRuleBook(jdbc, clock);
    }

    @Bean
    EffectRunner effectRunner(
            Journal journal,
            Ledger ledger,
            Wakes wakes,
            Receivers receivers,
            Clients clients,
            Employees employees,
            Operations operations,
            Questions questions,
            WhoCalls whoCalls,
            FieldMaps fields,
            ObjectProvider<RecordingLinks> links,
            Companies companies,
            EffectProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new EffectRunner(
                journal,
                ledger,
                wakes,
                receivers,
                clients,
                new DirectoryPeople(employees),
                new MappedTarget(new ConnectedTarget(operations, questions), fields),
                new LaterLinks(links),
                whoCalls,
                companies::get,
                properties.schedule(),
                new TransactionTemplate(transactions),
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    @Bean
    Preview preview(
            Journal journal,
            Ledger ledger,
            Receivers receivers,
            Clients clients,
            Employees employees,
            WhoCalls whoCalls,
            Companies companies,
            Clock clock) {
        return new Preview(
                journal, ledger, receivers, clients, new DirectoryPeople(employees), whoCalls, companies::get, clock);
    }

    @Bean
    EffectSteps effectSteps(
            Journal journal,
            Ledger ledger,
            Wakes wakes,
            Receivers receivers,
            EffectRunner runner,
            ObjectProvider<WakeSender> sender,
            EffectProperties properties,
            Clock clock) {
        return new EffectSteps(
                journal,
                ledger,
                wakes,
                receivers,
                runner,
                (connection, call, group, live) -> sender.getObject().send(connection, call, group, live),
                properties.resend(),
                clock);
    }

    private record LaterLinks(ObjectProvider<RecordingLinks> links) implements RecordingLinks {

        @Override
        public ObjectNode recording(CompanyId company, CallId call, RecordingFact recording, boolean content) {
            return links.getObject().recording(company, call, recording, content);
        }

        @Override
        public Optional<String> page(CallId call) {
            return links.getObject().page(call);
        }
    }
}
