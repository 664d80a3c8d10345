package io.patchbay.watch;

import io.patchbay.connection.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What people were told of, and is not over. */
@Component
public class Watch {

    private final Alarms alarms;

    Watch(Alarms alarms) {
        this.alarms = alarms;
    }

    /** @param percent the step that was reached: 50, 70, 90 or 100 */
    public record Told(Concern concern, int percent, Instant since, Instant toldAt) {}

    public List<Told> of(ConnectionId connection) {
        return alarms.of(connection).entrySet().stream()
                .flatMap(entry -> told(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private static Optional<Told> told(Concern concern, Alarm alarm) {
        return alarm.toldAt().map(at -> new Told(concern, alarm.level(), alarm.since(), at));
    }
}
