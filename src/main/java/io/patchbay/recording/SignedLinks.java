package io.patchbay.recording;

import io.patchbay.audit.Actor;
import io.patchbay.audit.WhoActs;
import io.patchbay.connection.Vault;
import io.patchbay.intake.IntakeProperties;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Links that open one recording until a given day and nothing else. The link carries the recording's id and the day, sealed by the vault: nobody else can
 * make one, and a changed one does not open.
 */
@Component
public class SignedLinks {

    private static final String PURPOSE = "recording-link";

    private static final int LONGEST_NAME = 40; // characters

    private final Vault vault;
    private final IntakeProperties intake;
    private final RecordingProperties properties;
    private final WhoActs who;
    private final Clock clock;

    public SignedLinks(Vault vault, IntakeProperties intake, RecordingProperties properties, WhoActs who, Clock clock) {
        this.vault = vault;
        this.intake = intake;
        this.properties = properties;
        this.who = who;
        this.clock = clock;
    }

    public URI to(Recording recording) {
        return to(recording, properties.linkLife());
    }

    URI to(Recording recording, Duration life) {
        var holder = who.now();
        var name = start(holder.name());
        var plain = ByteBuffer.allocate(3 * Long.BYTES + 1 + name.length)
                .putLong(recording.id())
                .putLong(clock.instant().plus(life).toEpochMilli())
                .put((byte) kind(holder).ordinal())
                .putLong(holder.id())
                .put(name)
                .array();
        var sealed = Base64.getUrlEncoder().withoutPadding().encodeToString(vault.seal(plain, PURPOSE));
        // targets tell the format by the ending of the address: contracts/crm/bitrix24.md, section 3.4
        return URI.create(intake.publicUrl() + "/recordings/" + sealed + "." + recording.ending());
    }

    /**
     * What a link opens.
     *
     * @param holder whom it was given to; whoever opens it may be somebody else whom they showed it to
     */
    record Opened(long recording, Actor holder) {}

    /** The recording a link opens; empty when it is none of ours or too old. */
    Optional<Opened> open(String link) {
        try {
            var closed = Base64.getUrlDecoder().decode(link.replaceFirst("\\.[a-z0-9]{3,4}$", ""));
            var plain = ByteBuffer.wrap(vault.open(closed, PURPOSE));
            var id = plain.getLong();
            return Instant.ofEpochMilli(plain.getLong()).isAfter(clock.instant())
                    ? Optional.of(new Opened(id, holder(plain)))
                    : Optional.empty();
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    /** Links of a release that did not tell it end before. */
    private static Actor holder(ByteBuffer plain) {
        if (!plain.hasRemaining()) {
            return new Actor(Actor.Kind.STRANGER, 0, "", "");
        }
        var kind = Actor.Kind.values()[plain.get()];
        var id = plain.getLong();
        return new Actor(kind, id, StandardCharsets.UTF_8.decode(plain).toString(), "");
    }

    /** What the hub makes by itself it makes for a connected system. */
    private static Actor.Kind kind(Actor holder) {
        return holder.kind() == Actor.Kind.HUB ? Actor.Kind.SYSTEM : holder.kind();
    }

    /** An address cannot be as long as a name. */
    private static byte[] start(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).getBytes(StandardCharsets.UTF_8);
    }
}
