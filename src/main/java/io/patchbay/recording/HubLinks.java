package io.patchbay.recording;

import io.patchbay.call.CallId;
import io.patchbay.call.RecordingFact;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.effect.RecordingLinks;
import io.patchbay.intake.IntakeProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What connected systems are told about recordings and calls of this hub. */
@Component
class HubLinks implements RecordingLinks {

    private final Recordings recordings;
    private final RecordingFiles files;
    private final SignedLinks links;
    private final IntakeProperties intake;

    HubLinks(Recordings recordings, RecordingFiles files, SignedLinks links, IntakeProperties intake) {
        this.recordings = recordings;
        this.files = files;
        this.links = links;
        this.intake = intake;
    }

    @Override
    public ObjectNode recording(CompanyId company, CallId call, RecordingFact fact, boolean content) {
        var stored = fact.recording()
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> recordings.find(Long.parseLong(id)))
                // digits alone are no proof: a PBX may count its recordings too
                .filter(recording -> recording.call().equals(fact.call())
                        && fact.seat().map(recording.seat()::equals).orElse(true))
                .filter(recording -> recording.company().equals(company))
                .filter(recording -> recording.state() == Recording.State.STORED)
                .orElseThrow(() -> new ConnectorException(Fault.BUSY, "The hub does not have this recording yet."));
        var told = JsonNodeFactory.instance
                .objectNode()
                .put("url", links.to(stored).toString())
                .put("fileName", call + "-" + stored.id() + "." + stored.ending())
                .put("contentType", SoundType.of(stored.contentType()).contentType())
                .put("sizeBytes", stored.sizeBytes())
                .put("seconds", stored.talkTime().toSeconds());
        if (content) {
            told.put("base64", Base64.getEncoder().encodeToString(bytes(stored)));
        }
        return told;
    }

    @Override
    public Optional<String> page(CallId call) {
        return Optional.of(intake.publicUrl() + "/calls/" + call);
    }

    private byte[] bytes(Recording recording) {
        try {
            return Files.readAllBytes(files.of(recording));
        } catch (IOException e) {
            throw new ConnectorException(
                    Fault.OURS,
                    "",
                    "The hub could not read the stored recording " + recording.id() + ".",
                    Duration.ZERO,
                    e);
        }
    }
}
