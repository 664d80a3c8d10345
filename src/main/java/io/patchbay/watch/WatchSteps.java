package io.patchbay.watch;

import io.patchbay.company.Companies;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.intake.IntakeProperties;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** What routes/watch calls: looks at every connection, and tells people what changed. One that cannot be looked at takes nothing from the others. */
public class WatchSteps {

    private static final Logger LOG = LoggerFactory.getLogger(WatchSteps.class);

    private final Connections connections;
    private final Companies companies;
    private final Standings standings;
    private final HabitBook habits;
    private final Alarms alarms;
    private final Outbox outbox;
    private final List<Channel> channels;
    private final WatchProperties properties;
    private final IntakeProperties addresses;
    private final TransactionOperations transactions;
    private final Clock clock;

    WatchSteps(
            Connections connections,
            Companies companies,
            Standings standings,
            HabitBook habits,
            Alarms alarms,
            Outbox outbox,
            List<Channel> channels,
            WatchProperties properties,
            IntakeProperties addresses,
            TransactionOperations transactions,
            Clock clock) {
        this.connections = connections;
        this.companies = companies;
        this.standings = standings;
        this.habits = habits;
        this.alarms = alarms;
        this.outbox = outbox;
        this.channels = List.copyOf(channels);
        this.properties = properties;
        this.addresses = addresses;
        this.transactions = transactions;
        this.clock = clock;
    }

    public void look() {
        for (var connection : connections.all()) {
            try {
                look(connection);
            } catch (RuntimeException e) {
                LOG.error("watch.failed connection={} fault=OURS", connection.id(), e);
            }
        }
    }

    private void look(Connection connection) {
        var known = alarms.of(connection.id());
        var found = Finding.all(
                standings.of(connection), habits.of(connection.company()).silenceAfter(), properties, clock.instant());
        found.forEach((concern, finding) -> step(connection, concern, finding, known));
    }

    private void step(Connection connection, Concern concern, Finding finding, Map<Concern, Alarm> known) {
        var before = Optional.ofNullable(known.get(concern));
        var next = Alarm.next(before, finding, properties.settle(), clock.instant());
        if (next.after().equals(before) && next.turn().isEmpty()) {
            return;
        }
        var alert = next.turn().map(turn -> alert(connection, concern, turn, before, next.after(), finding));
        var stored = transactions.execute(status -> {
            var mine = alarms.step(connection.id(), concern, before, next.after());
            if (mine) {
                alert.ifPresent(told -> channels.forEach(channel -> outbox.put(told, channel.word())));
            }
            return mine;
        });
        if (Boolean.TRUE.equals(stored)) {
            alert.ifPresent(WatchSteps::log);
        }
    }

    private Alert alert(
            Connection connection,
            Concern concern,
            Turn turn,
            Optional<Alarm> before,
            Optional<Alarm> after,
            Finding finding) {
        var alarm = Objects.requireNonNull(after.or(() -> before).orElse(null));
        var texts = new AlertTexts(companies.get(connection.company()));
        return new Alert(
                connection.company(),
                connection.id(),
                concern,
                turn,
                alarm.level(),
                alarm.since(),
                clock.instant(),
                texts.subject(connection.title(), concern, turn, alarm.level()),
                texts.body(
                        concern,
                        turn,
                        alarm.since(),
                        withoutNumbers(finding.detail()),
                        addresses.publicUrl() + "/connections/" + connection.id()),
                "msg_" + UUID.randomUUID());
    }

    private static void log(Alert alert) {
        var line = "alert connection={} concern={} turn={} percent={} since={}";
        if (alert.turn() == Turn.OVER) {
            LOG.info(line, alert.connection(), alert.concern(), alert.turn(), alert.level(), alert.since());
        } else {
            LOG.warn(line, alert.connection(), alert.concern(), alert.turn(), alert.level(), alert.since());
        }
    }

    public void tell() {
        for (var message : outbox.take(clock.instant())) {
            channels.stream()
                    .filter(channel -> channel.word().equals(message.channel()))
                    .findFirst()
                    .ifPresentOrElse(channel -> tell(message, channel), () -> lost(message, "The channel is off."));
        }
        outbox.forgetOld(clock.instant());
    }

    private void tell(Outbox.Message message, Channel channel) {
        try {
            channel.send(message.alert());
            outbox.sent(message);
        } catch (NotTakenException e) {
            lost(message, withoutNumbers(String.valueOf(e.getMessage())));
        }
    }

    private void lost(Outbox.Message message, String why) {
        var again = outbox.failed(message, why, clock.instant());
        LOG.warn(
                "alert.not-sent connection={} concern={} channel={} again={} why={}",
                message.alert().connection(),
                message.alert().concern(),
                message.channel(),
                again,
                why);
    }

    /** Whoever may read an alert may not be allowed to know who called. */
    private static String withoutNumbers(String text) {
        return text.replaceAll("\\d{7,}", "***");
    }
}
