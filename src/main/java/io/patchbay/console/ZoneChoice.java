package io.patchbay.console;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * A time zone to choose.
 *
 * @param label e.g. {@code UTC+03:00 · Europe/Moscow}
 */
record ZoneChoice(String id, String label) {

    private static final Comparator<ZoneId> WEST_TO_EAST = Comparator.<ZoneId>comparingInt(zone -> zone.getRules()
                    .getStandardOffset(Instant.EPOCH.plusSeconds(1_700_000_000))
                    .getTotalSeconds())
            .thenComparing(ZoneId::getId);

    /** The zones named after places, west to east; the others are synonyms of these. */
    static List<ZoneChoice> all() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*|UTC"))
                .map(ZoneId::of)
                .sorted(WEST_TO_EAST)
                .map(zone -> new ZoneChoice(zone.getId(), offset(zone) + " · " + zone.getId()))
                .toList();
    }

    private static String offset(ZoneId zone) {
        var offset = zone.getRules().getStandardOffset(Instant.EPOCH.plusSeconds(1_700_000_000));
        return "UTC" + (offset.getTotalSeconds() == 0 ? "" : offset.getId());
    }
}
