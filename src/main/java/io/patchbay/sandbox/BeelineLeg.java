package io.patchbay.sandbox;

import static io.patchbay.sandbox.BeelineXml.element;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call half as the events show it at one instant. Immutable; elements stand in the order of the schema, whatever order they were
 * set in.
 */
public final class BeelineLeg {

    private static final List<String> ORDER = List.of(
            "callId",
            "extTrackingId",
            "personality",
            "state",
            "releaseCause",
            "releasingParty",
            "remoteParty",
            "redirections",
            "redirect",
            "endpoint",
            "appearance",
            "allowRetrieve",
            "startTime",
            "answerTime",
            "heldTime",
            "totalHeldTime",
            "detachedTime",
            "releaseTime",
            "acdCallInfo",
            "recallType",
            "allowedRecordingControls",
            "recordingState");

    private final Map<String, String> parts;

    private BeelineLeg(Map<String, String> parts) {
        this.parts = parts;
    }

    static BeelineLeg of(String callId, String tracking, String personality, BeelineParty remote, Instant started) {
        return new BeelineLeg(Map.of())
                .with("callId", callId)
                .with("extTrackingId", tracking)
                .with("personality", personality)
                .with("state", "Alerting")
                .remote(remote)
                .with("startTime", millis(started));
    }

    /** @param xml the element's content; an empty one is a flag */
    public BeelineLeg with(String name, String xml) {
        if (!ORDER.contains(name)) {
            throw new IllegalArgumentException("A leg has no " + name + ".");
        }
        var more = new LinkedHashMap<>(parts);
        more.put(name, xml);
        return new BeelineLeg(more);
    }

    public BeelineLeg without(String name) {
        var less = new LinkedHashMap<>(parts);
        less.remove(name);
        return new BeelineLeg(less);
    }

    BeelineLeg remote(BeelineParty party) {
        return with("remoteParty", party.xml());
    }

    /** From here on the employee's own phone is known. */
    BeelineLeg onPhoneOf(String userId) {
        return with("endpoint", element("addressOfRecord", userId)).with("appearance", "1");
    }

    BeelineLeg answered(Instant at) {
        return without("redirections").with("state", "Active").with("answerTime", millis(at));
    }

    BeelineLeg held(Instant at) {
        return with("state", "Held").with("allowRetrieve", "").with("heldTime", millis(at));
    }

    BeelineLeg retrieved(long totalHeldMillis) {
        return without("allowRetrieve")
                .without("heldTime")
                .with("state", "Active")
                .with("totalHeldTime", Long.toString(totalHeldMillis));
    }

    BeelineLeg detached(String toAddress, String reason, Instant at) {
        return with("state", "Detached")
                .with(
                        "redirect",
                        element("address", "tel:" + toAddress)
                                + element("reason", reason)
                                + element("redirectTime", millis(at)))
                .with("detachedTime", millis(at));
    }

    /** @param by {@code localRelease} or {@code remoteRelease} */
    BeelineLeg released(String by, Instant at) {
        return without("redirections")
                .without("appearance")
                .without("allowRetrieve")
                .with("state", "Released")
                .with("releasingParty", by)
                .with("releaseTime", millis(at));
    }

    /** @param code {@code cdrTerminationCause}; empty for none */
    BeelineLeg failed(String cause, String code) {
        return with(
                "releaseCause",
                element("internalReleaseCause", cause) + (code.isEmpty() ? "" : element("cdrTerminationCause", code)));
    }

    /** @param oldestLast pairs of who passed the call on and why */
    BeelineLeg redirected(List<Map.Entry<BeelineParty, String>> oldestLast) {
        var all = new StringBuilder();
        oldestLast.forEach(one -> all.append(
                element("redirection", element("party", one.getKey().xml()) + element("reason", one.getValue()))));
        return with("redirections", all.toString());
    }

    /** @param waitSeconds since the queue took the call */
    BeelineLeg fromQueue(BeelineParty caller, long waitSeconds) {
        return with(
                "acdCallInfo",
                element("acdUserId", BeelineCompany.GROUP)
                        + element("acdName", BeelineCompany.GROUP_NAME)
                        + element("acdNumber", "tel:" + BeelineCompany.GROUP_EXTENSION)
                        + element("numCallsInQueue", "0")
                        + element("waitTime", Long.toString(waitSeconds))
                        + element("callingPartyInfo", caller.xml()));
    }

    BeelineLeg recording() {
        return with("allowedRecordingControls", "none").with("recordingState", "Started");
    }

    Optional<String> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    Optional<Instant> time(String name) {
        return part(name).map(Long::parseLong).map(Instant::ofEpochMilli);
    }

    /** The {@code call} element. */
    String xml() {
        var all = new StringBuilder();
        for (var name : ORDER) {
            part(name).ifPresent(content -> all.append(written(name, content)));
        }
        return element("call", all.toString());
    }

    private static String written(String name, String content) {
        return name.equals("endpoint")
                ? "<xsi:endpoint xsi1:type=\"xsi:AccessEndpoint\">" + content + "</xsi:endpoint>"
                : element(name, content);
    }

    private static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }
}
