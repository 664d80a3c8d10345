package io.patchbay.watch;

import io.patchbay.company.Companies;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Courier;
import io.patchbay.intake.IntakeProperties;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.MailSender;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the package together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchProperties.class)
class WatchConfiguration {

    @Bean
    WatchSteps watchSteps(
            Connections connections,
            Companies companies,
            Standings standings,
            HabitBook habits,
            Alarms alarms,
            Outbox outbox,
            WatchProperties properties,
            IntakeProperties addresses,
            Courier courier,
            ObjectProvider<MailSender> mail,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new WatchSteps(
                connections,
                companies,
                standings,
                habits,
                alarms,
                outbox,
                channels(properties, courier, mail, clock),
                properties,
                addresses,
                new TransactionTemplate(transactions),
                clock);
    }

    private static List<Channel> channels(
            WatchProperties properties, Courier courier, ObjectProvider<MailSender> mail, Clock clock) {
        var channels = new ArrayList<Channel>();
        if (properties.mail().isOn()) {
            var sender = mail.getIfAvailable();
            if (sender == null) {
                throw new IllegalArgumentException(
                        "patchbay.watch.mail needs a mail server: set spring.mail.host and what it asks for.");
            }
            channels.add(new MailChannel(sender, properties.mail()));
        }
        if (properties.telegram().isOn()) {
            channels.add(new TelegramChannel(courier, properties.telegram()));
        }
        if (properties.webhook().isOn()) {
            channels.add(new WebhookChannel(courier, properties.webhook(), clock));
        }
        return channels;
    }
}
