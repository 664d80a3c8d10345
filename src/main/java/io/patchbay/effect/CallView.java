package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.call.CallKey;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.MalformedNumber;
import io.patchbay.call.OrderFact;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A call as operations see it: the shape {@code call} of docs/architecture.md, "Operations". */
final class CallView {

    private final CallId id;
    private final Call call;
    private final ZoneId zone;
    private final Instant now;
    private final ObjectNode view = JsonNodeFactory.instance.objectNode();

    private CallView(CallId id, Call call, ZoneId zone, Instant now) {
        this.id = id;
        this.call = call;
        this.zone = zone;
        this.now = now;
    }

    /**
     * @param zone whose wall clock the times show
     * @param page of the call in the hub
     */
    static ObjectNode of(CallId id, Call call, ZoneId zone, Instant now, Optional<String> page) {
        return new CallView(id, call, zone, now).view(page);
    }

    private ObjectNode view(Optional<String> page) {
        view.put("id", id.toString());
        view.put("key", key());
        view.put("direction", call.direction().name());
        view.put("result", call.result(now).name());
        client(call.client());
        call.line().ifPresent(line -> view.put("line", line.number()));
        time("startedAt", Optional.of(call.startedAt()));
        time("answeredAt", call.answeredAt());
        time("endedAt", call.endedAt());
        view.put("talkSeconds", call.talkTime().toSeconds());
        view.put("waitSeconds", call.waitTime().toSeconds());
        view.put("ordered", call.order().isPresent());
        view.put("callBack", call.order().flatMap(OrderFact::callBack).isPresent());
        call.cause().ifPresent(cause -> view.put("cause", cause.name()));
        call.refusal().ifPresent(refusal -> view.put("failure", refusal.why()));
        page.ifPresent(url -> view.put("url", url));
        return view;
    }

    /** An ordered call keeps the name that it had first: targets recognise a repetition by it. */
    private String key() {
        return call.keys().stream()
                .filter(CallKey::isOrder)
                .findFirst()
                .orElseGet(() -> call.keys().iterator().next())
                .value();
    }

    private void client(Party client) {
        switch (client) {
            case PhoneNumber phone -> {
                view.put("clientNumber", phone.e164());
                view.put("clientNational", phone.national());
                view.put("clientNumberKind", "PHONE");
            }
            case Extension extension -> view.put("clientNumberKind", "EXTENSION");
            case HiddenNumber hidden -> view.put("clientNumberKind", "HIDDEN");
            case MalformedNumber malformed -> view.put("clientNumberKind", "MALFORMED");
        }
        view.put("clientNumberRaw", client.raw());
    }

    private void time(String name, Optional<Instant> at) {
        at.ifPresent(instant -> {
            view.put(
                    name,
                    instant.atZone(zone)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toOffsetDateTime()
                            .format(java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME));
            view.put(name + "Epoch", instant.getEpochSecond());
        });
    }
}
