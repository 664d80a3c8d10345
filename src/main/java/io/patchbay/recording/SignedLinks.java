package io.patchbay.recording;

import io.patchbay.connection.Vault;
import io.patchbay.intake.IntakeProperties;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * Links that open one recording until a given day and nothing else. The link carries the recording's id and the day, sealed by the vault: nobody else can
 * make one, and a changed one does not open.
 */
@Component
public class SignedLinks {

    private static final String PURPOSE = "recording-link";

    private final Vault vault;
    private final IntakeProperties intake;
    private final RecordingProperties properties;
    private final Clock clock;

    public SignedLinks(Vault vault, IntakeProperties intake, RecordingProperties properties, Clock clock) {
        this.vault = vault;
        this.intake = intake;
        this.properties = properties;
        this.clock = clock;
    }

    public URI to(Recording recording) {
        return to(recording, properties.linkLife());
    }

    URI to(Recording recording, Duration life) {
        var plain = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(recording.id())
                .putLong(clock.instant().plus(life).toEpochMilli())
                .array();
        var sealed = Base64.getUrlEncoder().withoutPadding().encodeToString(vault.seal(plain, PURPOSE));
        // targets tell the format by the ending of the address: contracts/crm/bitrix24.md, section 3.4
        return URI.create(intake.publicUrl() + "/recordings/" + sealed + "." + recording.ending());
    }

    /** The recording a link opens; empty when it is none of ours or too old. */
    public OptionalLong recording(String link) {
        try {
            var sealed = Base64.getUrlDecoder().decode(link.replaceFirst("\\.[a-z0-9]{3,4}$", ""));
            var plain = ByteBuffer.wrap(vault.open(sealed, PURPOSE));
            var id = plain.getLong();
            return Instant.ofEpochMilli(plain.getLong()).isAfter(clock.instant())
                    ? OptionalLong.of(id)
                    : OptionalLong.empty();
        } catch (RuntimeException notOurs) {
            return OptionalLong.empty();
        }
    }
}
