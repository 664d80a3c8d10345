package io.patchbay.rest;

import io.patchbay.call.Call;
import io.patchbay.call.Leg;
import io.patchbay.call.Line;
import io.patchbay.call.RefusalFact;
import io.patchbay.call.ResponsibleRule;
import io.patchbay.call.Seat;
import io.patchbay.call.Transfer;
import io.patchbay.company.Company;
import io.patchbay.directory.Employees;
import io.patchbay.effect.Effect;
import io.patchbay.journal.CallRow;
import io.patchbay.journal.StoredCall;
import io.patchbay.recording.Recording;
import io.patchbay.recording.SignedLinks;
import io.patchbay.rest.CallDetailsJson.LegJson;
import io.patchbay.rest.CallDetailsJson.RecordingJson;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes one company's calls as JSON, with its names of people and the times of its zone. For one request. */
final class CallsInJson {

    private final Company company;
    private final Employees employees;
    private final SignedLinks links;
    private final URI hub;
    private final boolean listens;
    private final Map<Place, EmployeeRef> known = new HashMap<>();

    private record Place(long connection, Seat seat) {}

    /**
     * @param hub     public address, without a slash at its end
     * @param listens whether the reader may hear recordings
     */
    CallsInJson(Company company, Employees employees, SignedLinks links, URI hub, boolean listens) {
        this.company = company;
        this.employees = employees;
        this.links = links;
        this.hub = hub;
        this.listens = listens;
    }

    CallJson row(CallRow row) {
        return new CallJson(
                row.id().toString(),
                row.connection(),
                row.direction(),
                NumberKind.written(row.client()),
                NumberKind.of(row.client()),
                row.line().map(Line::number).orElse(null),
                time(row.startedAt()),
                time(row.answeredAt()),
                time(row.endedAt()),
                row.endUnknown(),
                row.talkTime().toSeconds(),
                row.waitTime().toSeconds(),
                row.result(),
                row.responsible().map(seat -> employee(row.connection(), seat)).orElse(null),
                page(row.id()));
    }

    CallDetailsJson details(StoredCall stored, List<Recording> recordings, List<Effect> effects, Instant now) {
        var call = stored.call();
        return new CallDetailsJson(
                summary(stored, now),
                call.directionIsGuessed(),
                call.order().isPresent(),
                call.refusal().map(RefusalFact::why).orElse(null),
                call.keys().stream().map(key -> key.value()).toList(),
                call.legs().stream().map(leg -> leg(stored.connection(), leg)).toList(),
                recordings.stream().map(this::recording).toList(),
                effects.stream()
                        .map(effect -> EffectJson.of(effect, company.zone()))
                        .toList());
    }

    private CallJson summary(StoredCall stored, Instant now) {
        Call call = stored.call();
        return new CallJson(
                stored.id().toString(),
                stored.connection(),
                call.direction(),
                NumberKind.written(call.client()),
                NumberKind.of(call.client()),
                call.line().map(Line::number).orElse(null),
                time(call.startedAt()),
                time(call.answeredAt()),
                time(call.endedAt()),
                call.endIsUnknown(),
                call.talkTime().toSeconds(),
                call.waitTime().toSeconds(),
                call.result(now),
                call.responsible(ResponsibleRule.LAST_SPOKE)
                        .map(seat -> employee(stored.connection(), seat))
                        .orElse(null),
                page(stored.id()));
    }

    private LegJson leg(long connection, Leg leg) {
        return new LegJson(
                leg.key().value(),
                employee(connection, leg.seat()),
                leg.role(),
                time(leg.started()),
                time(leg.answered()),
                time(leg.ended()),
                leg.talkTime().toSeconds(),
                leg.held().toSeconds(),
                leg.cause().orElse(null),
                leg.endedBy().orElse(null),
                leg.transfer().map(Transfer::to).orElse(null));
    }

    private RecordingJson recording(Recording recording) {
        var stored = recording.state() == Recording.State.STORED && listens;
        return new RecordingJson(
                employee(recording.call().connection(), recording.seat()),
                recording.state(),
                recording.talkTime().toSeconds(),
                recording.sizeBytes(),
                stored ? links.to(recording).toString() : null,
                recording.attempts(),
                recording.lastError().orElse(null),
                time(recording.nextAt()));
    }

    private EmployeeRef employee(long connection, Seat seat) {
        return known.computeIfAbsent(
                new Place(connection, seat),
                place -> EmployeeRef.of(seat, employees.at(company.id(), connection, seat)));
    }

    private String page(Object id) {
        return hub + "/calls/" + id;
    }

    private OffsetDateTime time(Instant at) {
        return at.atZone(company.zone()).toOffsetDateTime();
    }

    private @Nullable OffsetDateTime time(Optional<Instant> at) {
        return at.map(this::time).orElse(null);
    }
}
