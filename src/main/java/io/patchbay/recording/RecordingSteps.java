package io.patchbay.recording;

import io.patchbay.call.Call;
import io.patchbay.call.CallKey;
import io.patchbay.call.Leg;
import io.patchbay.call.RecordingFact;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.effect.EffectSteps;
import io.patchbay.journal.Joined;
import io.patchbay.journal.Journal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the routes call about recordings: want them when a call has ended, fetch them when the PBX has them, tell the call. */
@Component
@EnableConfigurationProperties(RecordingProperties.class)
public class RecordingSteps {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingSteps.class);
    private static final int AT_ONCE = 20;

    private final Recordings recordings;
    private final RecordingProperties properties;
    private final Operations operations;
    private final Connections connections;
    private final Journal journal;
    private final EffectSteps effects;
    private final TransactionTemplate transaction;
    private final RecordingFiles files;
    private final Clock clock;

    public RecordingSteps(
            Recordings recordings,
            RecordingProperties properties,
            Operations operations,
            Connections connections,
            Journal journal,
            EffectSteps effects,
            TransactionTemplate transaction,
            RecordingFiles files,
            Clock clock) {
        this.recordings = recordings;
        this.properties = properties;
        this.operations = operations.with(Urgency.BACKGROUND);
        this.connections = connections;
        this.journal = journal;
        this.effects = effects;
        this.transaction = transaction;
        this.files = files;
        this.clock = clock;
    }

    /** A call that has ended and in which somebody spoke has a recording for each who did. In the caller's transaction. */
    public List<Joined> want(List<Joined> joined) {
        for (var one : joined) {
            if (!one.call().isOpen()) {
                one.call().legs().stream().filter(Leg::spoke).forEach(leg -> want(one.call(), leg));
            }
        }
        return joined;
    }

    private void want(Call call, Leg leg) {
        var key = call.keys().iterator().next();
        var connection = connections.find(new ConnectionId(key.connection()));
        if (connection.isPresent() && operations.can(connection.get().id(), Operation.FETCH_RECORDING)) {
            var ended = leg.ended().orElseThrow();
            recordings.want(
                    connection.get().company(),
                    keyOf(call, leg),
                    leg.seat(),
                    ended,
                    leg.talkTime(),
                    attempt(ended, 0).orElse(ended));
        }
    }

    /** The key under which this leg was told: the PBX files the recording there. */
    private static CallKey keyOf(Call call, Leg leg) {
        return call.facts().stream()
                .filter(io.patchbay.call.LegFact.class::isInstance)
                .map(io.patchbay.call.LegFact.class::cast)
                .filter(fact -> fact.leg().equals(leg.key()))
                .map(io.patchbay.call.LegFact::call)
                .filter(key -> !key.value().startsWith("history:"))
                .findFirst()
                .orElseGet(() -> call.keys().iterator().next());
    }

    /** Asks the PBXs for the recordings whose time has come. */
    public void fetchDue() {
        recordings.due(clock.instant(), AT_ONCE).forEach(this::fetch);
    }

    private void fetch(Recording recording) {
        var asked = JsonNodeFactory.instance
                .objectNode()
                .put("call", recording.call().value())
                .put("seat", recording.seat().id());
        var name = recording.id() + ".mp3";
        try {
            operations.read(
                    new ConnectionId(recording.call().connection()), Operation.FETCH_RECORDING, asked, content -> {
                        var size = files.store(content.stream(), name);
                        arrived(recording, name, content.contentType(), size);
                        return size;
                    });
        } catch (ConnectorException e) {
            var next = attempt(recording.endedAt(), recording.attempts() + 1);
            recordings.notYet(recording.id(), next, String.valueOf(e.getMessage()));
            if (next.isEmpty()) {
                LOG.info(
                        "recording.absent recording={} call={}",
                        recording.id(),
                        recording.call().value());
            }
        }
    }

    private void arrived(Recording recording, String name, String contentType, long size) {
        transaction.executeWithoutResult(status -> {
            recordings.stored(recording.id(), name, contentType, size);
            var fact = new RecordingFact(
                    recording.call(),
                    recording.endedAt(),
                    Optional.of(Long.toString(recording.id())),
                    Optional.of(recording.seat()),
                    recording.talkTime());
            effects.wake(journal.join(recording.company(), List.of(fact)));
        });
    }

    private Optional<Instant> attempt(Instant ended, int number) {
        return number < properties.pauses().size()
                ? Optional.of(ended.plus(properties.pauses().get(number)))
                : Optional.empty();
    }
}
