package io.patchbay.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * A call told as the PBX would: what is pushed when, and what the history holds afterwards.
 *
 * @param tracking of the first session
 * @param line     the inbound number that was dialled, ten digits; empty when there is none
 */
public record BeelineStory(String name, String tracking, String line, List<Moment> moments, List<BeelineRow> rows) {

    /**
     * One event.
     *
     * @param target {@code targetId}
     * @param kind   e.g. {@code CallReceivedEvent}
     * @param listed the event holds {@code calls} and not one {@code call}
     */
    public record Moment(Instant at, String target, String kind, List<BeelineLeg> legs, boolean listed) {

        String data() {
            var all = new StringBuilder();
            legs.forEach(leg -> all.append(leg.xml()));
            return listed ? BeelineXml.element("calls", all.toString()) : all.toString();
        }
    }

    public Instant endsAt() {
        return moments.getLast().at();
    }
}
