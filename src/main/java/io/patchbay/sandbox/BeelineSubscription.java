package io.patchbay.sandbox;

import java.net.URI;
import java.time.Instant;
import java.util.Set;

/** Somebody wants to be told. There may be several on one target: then everything is told several times. */
final class BeelineSubscription {

    /** Kinds of the package "Basic Call"; "Advanced Call" has all [doc] contracts/pbx/beeline.md section 3.2. */
    private static final Set<String> BASIC = Set.of(
            "CallOriginatingEvent",
            "CallOriginatedEvent",
            "CallCollectingEvent",
            "CallReceivedEvent",
            "CallAnsweredEvent",
            "CallReleasingEvent",
            "CallReleasedEvent",
            "CallSubscriptionEvent",
            "CallSubscriptionResyncEvent",
            "HookStatusEvent");

    enum Target {
        GROUP,
        ABONENT,
        NUMBER
    }

    private final String id;
    private final Target target;
    private final String targetId;
    private final boolean advanced;
    private final URI callback;
    private final Instant expiresAt;
    private long sequence;

    BeelineSubscription(String id, Target target, String targetId, boolean advanced, URI callback, Instant expiresAt) {
        this.id = id;
        this.target = target;
        this.targetId = targetId;
        this.advanced = advanced;
        this.callback = callback;
        this.expiresAt = expiresAt;
    }

    String id() {
        return id;
    }

    Target target() {
        return target;
    }

    String targetId() {
        return targetId;
    }

    String type() {
        return advanced ? "ADVANCED_CALL" : "BASIC_CALL";
    }

    URI callback() {
        return callback;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    boolean wants(BeelineStory story, BeelineStory.Moment moment) {
        return (advanced || BASIC.contains(moment.kind()))
                && switch (target) {
                    case GROUP -> true;
                    case ABONENT -> moment.target().equals(targetId);
                    // whom such a subscription shows as the target of its events is not known [inferred]
                    case NUMBER -> !story.line().isEmpty() && targetId.startsWith(story.line());
                };
    }

    long nextSequence() {
        return ++sequence;
    }
}
