package io.patchbay.recording;

import io.patchbay.call.Call;
import io.patchbay.call.Direction;
import io.patchbay.call.Leg;
import io.patchbay.call.RecordingFact;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Content;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.effect.EffectSteps;
import io.patchbay.journal.Joined;
import io.patchbay.journal.Journal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the routes call about recordings: want them when a call has ended, fetch them when the PBX has them, tell the call. */
@Component
@EnableConfigurationProperties(RecordingProperties.class)
public class RecordingSteps {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingSteps.class);
    private static final int AT_ONCE = 20;
    private static final int FIRST = 64; // bytes: past any white space before a page

    /** Code of the fault by which a connector says that the PBX was asked and has none (docs/architecture.md, "Operations"). */
    private static final String NOT_THERE = "recording-not-there";

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

    /**
     * A call that has ended has a recording for each who spoke with the client, where the PBX gave a hint of one. In the caller's transaction.
     */
    public List<Joined> want(List<Joined> joined) {
        for (var one : joined) {
            // colleagues among themselves are not recorded
            if (!one.call().isOpen()
                    && one.call().direction() != Direction.INTERNAL
                    && one.call().erasedAt().isEmpty()) {
                want(one.call());
            }
        }
        return joined;
    }

    private void want(Call call) {
        var hints = call.recordings().stream()
                .filter(hint -> !hint.isStored() && !hint.call().isHistory())
                .toList();
        for (var hint : hints) {
            var connection = connections.find(new ConnectionId(hint.call().connection()));
            if (connection.isPresent() && operations.can(connection.get().id(), Operation.FETCH_RECORDING)) {
                spoken(call, hint).ifPresent(leg -> want(connection.get().company(), call, hint, leg));
            }
        }
    }

    /** The talk that the hint is about. */
    private static Optional<Leg> spoken(Call call, RecordingFact hint) {
        return call.legs().stream()
                .filter(leg -> leg.spoke() && leg.ended().isPresent())
                .filter(leg -> hint.seat().map(leg.seat()::equals).orElse(true))
                .max(Comparator.comparing((Leg leg) -> leg.talkTime()).thenComparing(Leg::key));
    }

    private void want(CompanyId company, Call call, RecordingFact hint, Leg leg) {
        // the session of a transferred leg may have changed: it is recorded once all the same
        var known = hint.nameAtPbx().isEmpty()
                && call.keys().stream()
                        .flatMap(key -> recordings.of(key).stream())
                        .anyMatch(recording -> recording.seat().equals(leg.seat())
                                && !recording.call().equals(hint.call())
                                && recording.endedAt().equals(leg.ended().orElseThrow()));
        if (!known) {
            var ended = leg.ended().orElseThrow();
            recordings.want(
                    company, hint.call(), leg.seat(), hint.nameAtPbx(), ended, leg.talkTime(), properties.first(ended));
        }
    }

    /** Asks the PBXs for the recordings whose time has come. One that does not answer is left alone for this round. */
    public void fetchDue() {
        var silent = new HashSet<Long>();
        for (var recording : recordings.due(clock.instant(), AT_ONCE)) {
            var connection = recording.call().connection();
            if (!silent.contains(connection) && !fetch(recording)) {
                silent.add(connection);
            }
        }
    }

    /** @return false when the PBX cannot be asked at present */
    private boolean fetch(Recording recording) {
        try {
            operations.read(
                    new ConnectionId(recording.call().connection()),
                    Operation.FETCH_RECORDING,
                    asked(recording),
                    content -> store(recording, content));
            return true;
        } catch (RecordingLargeException e) {
            givenUp(recording, Recording.State.FAILED, String.valueOf(e.getMessage()));
            return true;
        } catch (ConnectorException e) {
            missed(recording, e);
            return e.fault() != Fault.UNREACHABLE && e.fault() != Fault.SETUP;
        } catch (RuntimeException e) {
            LOG.error("recording.failed recording={} fault=OURS", recording.id(), e);
            missed(recording, new ConnectorException(Fault.OURS, "The hub could not store the recording."));
            return true;
        }
    }

    private static ObjectNode asked(Recording recording) {
        var asked = JsonNodeFactory.instance
                .objectNode()
                .put("call", recording.call().value())
                .put("seat", recording.seat().id());
        recording.name().ifPresent(name -> asked.put("recording", name));
        return asked;
    }

    private Long store(Recording recording, Content content) throws IOException {
        if (!SoundType.isSound(content.contentType())) {
            // some PBXs say "not yet" or "log in" so
            throw new ConnectorException(
                    Fault.BUSY, "The PBX answered with " + content.contentType() + " where a recording should be.");
        }
        var name = recording.id() + "." + SoundType.of(content.contentType()).ending();
        var size = files.store(sound(content), name, properties.largest().toBytes());
        arrived(recording, name, content.contentType(), size);
        return size;
    }

    /** A page or JSON that came without its type is told by how it begins: no kind of sound begins so. */
    private static Content sound(Content content) throws IOException {
        var bytes = new BufferedInputStream(content.stream());
        bytes.mark(FIRST);
        var first = new String(bytes.readNBytes(FIRST), StandardCharsets.ISO_8859_1).strip();
        bytes.reset();
        if (first.startsWith("<") || first.startsWith("{")) {
            throw new ConnectorException(Fault.BUSY, "The PBX answered with a text where a recording should be.");
        }
        return new Content(content.contentType(), content.length(), bytes);
    }

    private void missed(Recording recording, ConnectorException why) {
        var words = String.valueOf(why.getMessage());
        if (why.fault() == Fault.REFUSED) {
            givenUp(recording, Recording.State.FAILED, words);
            return;
        }
        if (why.fault() == Fault.NOT_SUPPORTED) {
            givenUp(recording, Recording.State.ABSENT, words);
            return;
        }
        if (why.fault() == Fault.OURS) {
            LOG.warn("recording.not-stored recording={} fault=OURS why={}", recording.id(), words);
        }
        var said = why.code().equals(NOT_THERE);
        var next = properties.next(recording.endedAt(), clock.instant(), recording.attempts() + 1, said);
        if (next.isPresent()) {
            recordings.later(recording.id(), next.get(), words);
        } else {
            givenUp(recording, said ? Recording.State.ABSENT : Recording.State.FAILED, words);
        }
    }

    private void givenUp(Recording recording, Recording.State state, String why) {
        recordings.givenUp(recording.id(), state, why);
        LOG.info(
                "recording.{} recording={} connection={}",
                state.name().toLowerCase(Locale.ROOT),
                recording.id(),
                recording.call().connection());
    }

    private void arrived(Recording recording, String name, String contentType, long size) {
        transaction.executeWithoutResult(status -> {
            if (!recordings.stored(recording.id(), name, contentType, size)) {
                if (recordings.find(recording.id()).isEmpty()) { // it was erased while it was being fetched
                    files.remove(name);
                }
                return;
            }
            var fact = new RecordingFact(
                    recording.call(),
                    recording.endedAt(),
                    Optional.of(Long.toString(recording.id())),
                    Optional.of(recording.seat()),
                    recording.talkTime());
            effects.wake(journal.join(recording.company(), List.of(fact)));
        });
    }
}
