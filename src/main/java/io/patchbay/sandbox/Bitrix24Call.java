package io.patchbay.sandbox;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call the portal knows, from register (or the button on a card) to finish and its recording. */
final class Bitrix24Call {

    final String callId;
    final String externalCallId;
    final String phone;
    final int type;
    final long registeredFor;
    final String line;
    final Instant startedAt;
    final Instant registeredAt;
    final Set<Long> shownTo = new LinkedHashSet<>();
    final Set<Long> everShownTo = new LinkedHashSet<>();

    @Nullable
    Bitrix24Item card;

    List<Bitrix24Item> created = List.of();

    @Nullable
    String leadCreationError;

    @Nullable
    Finish finish;

    @Nullable
    Recording recording;

    /** @param externalCallId empty when none was given */
    Bitrix24Call(
            String callId,
            String externalCallId,
            String phone,
            int type,
            long registeredFor,
            String line,
            Instant startedAt,
            Instant registeredAt) {
        this.callId = callId;
        this.externalCallId = externalCallId;
        this.phone = phone;
        this.type = type;
        this.registeredFor = registeredFor;
        this.line = line;
        this.startedAt = startedAt;
        this.registeredAt = registeredAt;
    }

    /** @param row number in the statistics; @param activity on the card, 0 when there is no card */
    record Finish(long row, long activity, long userId, long seconds, String status, String reason) {}

    record Recording(long fileId, String name, byte[] content) {}

    boolean open() {
        return finish == null;
    }

    void show(Iterable<Long> userIds) {
        for (var userId : userIds) {
            shownTo.add(userId);
            everShownTo.add(userId);
        }
    }

    Bitrix24Portal.Call view() {
        var end = finish;
        var sound = recording;
        return new Bitrix24Portal.Call(
                callId,
                externalCallId,
                phone,
                type,
                line,
                startedAt,
                registeredFor,
                Set.copyOf(shownTo),
                Set.copyOf(everShownTo),
                Optional.ofNullable(card)
                        .map(item -> new Bitrix24Portal.Card(item.type().word(), item.id())),
                Optional.ofNullable(end)
                        .map(one -> new Bitrix24Portal.Finish(
                                one.userId(), one.seconds(), one.status(), one.row(), one.activity(), one.reason())),
                Optional.ofNullable(sound).map(one -> new Bitrix24Portal.Sound(one.name(), one.content().length)));
    }
}
