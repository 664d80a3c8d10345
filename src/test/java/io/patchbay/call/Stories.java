package io.patchbay.call;

import static io.patchbay.call.Story.ANNA;
import static io.patchbay.call.Story.BORIS;
import static io.patchbay.call.Story.CLARA;
import static io.patchbay.call.Story.CLIENT;
import static io.patchbay.call.Story.GROUP;
import static io.patchbay.call.Story.MENU;

/** Calls as they happen, each with what must become of it whatever the order in which it is told. */
enum Stories {
    INBOUND_ANSWERED(
            CallResult.ANSWERED,
            60,
            ANNA,
            Story.inbound()
                    .rings("a", ANNA, 0)
                    .answers("a", ANNA, 0, 5)
                    .ends("a", ANNA, 65)
                    .isRecorded(70)),
    MISSED_BY_THE_ONLY_EMPLOYEE(
            CallResult.MISSED, 0, ANNA, Story.inbound().rings("a", ANNA, 0).ends("a", ANNA, 20)),
    MISSED_IN_THE_MENU(
            CallResult.MISSED,
            0,
            null,
            Story.inbound().rings("m", MENU, 0).answers("m", MENU, 0, 0).ends("m", MENU, 12)),
    MISSED_THOUGH_THE_GROUP_ANSWERED(
            CallResult.MISSED,
            0,
            ANNA,
            Story.inbound()
                    .answers("g", GROUP, 0, 0)
                    .rings("a", ANNA, 1)
                    .ends("a", ANNA, 15)
                    .ends("g", GROUP, 15)),
    HUNT_WITH_A_SKIP(
            CallResult.ANSWERED,
            40,
            CLARA,
            Story.inbound()
                    .rings("g", GROUP, 0)
                    .rings("a", ANNA, 1)
                    .ends("a", ANNA, 11)
                    .fails("b", BORIS, 12, EndCause.BUSY)
                    .rings("c", CLARA, 13)
                    .answers("c", CLARA, 13, 18)
                    .ends("g", GROUP, 58)
                    .ends("c", CLARA, 58)),
    SIMULTANEOUS_RING(
            CallResult.ANSWERED,
            30,
            BORIS,
            Story.inbound()
                    .rings("a", ANNA, 0)
                    .rings("b", BORIS, 0)
                    .answers("b", BORIS, 0, 4)
                    .ends("a", ANNA, 4)
                    .ends("b", BORIS, 34)),
    BLIND_TRANSFER(
            CallResult.ANSWERED,
            90,
            BORIS,
            Story.inbound()
                    .rings("a", ANNA, 0)
                    .answers("a", ANNA, 0, 5)
                    .transfers("a", ANNA, 35, "202", Transfer.Kind.BLIND)
                    .rings("b", BORIS, 36)
                    .answers("b", BORIS, 36, 40)
                    .ends("b", BORIS, 100)),
    BLIND_TRANSFER_TO_NOBODY(
            CallResult.ANSWERED,
            30,
            ANNA,
            Story.inbound()
                    .answers("a", ANNA, 0, 5)
                    .transfers("a", ANNA, 35, "202", Transfer.Kind.BLIND)
                    .rings("b", BORIS, 36)
                    .ends("b", BORIS, 60)),
    ATTENDED_TRANSFER(
            CallResult.ANSWERED,
            95,
            BORIS,
            Story.inbound()
                    .rings("a", ANNA, 0)
                    .answers("a", ANNA, 0, 5)
                    .session("s2", Direction.INTERNAL, new Extension("202"))
                    .answers("b", BORIS, 30, 33)
                    .links("s1", 50)
                    .session("s1", Direction.INBOUND, CLIENT)
                    .transfers("a", ANNA, 50, "202", Transfer.Kind.ATTENDED)
                    .session("s2", Direction.INTERNAL, new Extension("202"))
                    .ends("b", BORIS, 100)),
    CLICK_TO_CALL_AGENT_SILENT(
            CallResult.CANCELLED,
            0,
            ANNA,
            Story.outbound().orders("a", ANNA, 0).fails("a", ANNA, 20, EndCause.REFUSED_BY_EMPLOYEE)),
    CLICK_TO_CALL_CLIENT_SILENT(
            CallResult.NO_ANSWER,
            0,
            ANNA,
            Story.outbound().orders("a", ANNA, 0).rings("a", ANNA, 6).fails("a", ANNA, 40, EndCause.NO_ANSWER)),
    CLICK_TO_CALL_CLIENT_BUSY(
            CallResult.BUSY,
            0,
            ANNA,
            Story.outbound().orders("a", ANNA, 0).rings("a", ANNA, 6).fails("a", ANNA, 8, EndCause.BUSY)),
    CLICK_TO_CALL_ANSWERED(
            CallResult.ANSWERED,
            45,
            ANNA,
            Story.outbound()
                    .orders("a", ANNA, 0)
                    .rings("a", ANNA, 6)
                    .answers("a", ANNA, 0, 15)
                    .ends("a", ANNA, 60)),
    OUTBOUND_GIVEN_UP(
            CallResult.CANCELLED,
            0,
            ANNA,
            Story.outbound().rings("a", ANNA, 0).hangsUp("a", ANNA, 9, EndedBy.EMPLOYEE)),
    INTERNAL_ANSWERED(
            CallResult.ANSWERED,
            10,
            ANNA,
            Story.internal().rings("a", ANNA, 0).answers("a", ANNA, 0, 5).ends("a", ANNA, 15)),
    INTERNAL_UNANSWERED(
            CallResult.NO_ANSWER, 0, ANNA, Story.internal().rings("a", ANNA, 0).ends("a", ANNA, 15)),
    HIDDEN_NUMBER(
            CallResult.MISSED,
            0,
            ANNA,
            Story.inbound().from(new HiddenNumber()).rings("a", ANNA, 0).ends("a", ANNA, 15)),
    LOST_END(
            CallResult.ANSWERED,
            25,
            ANNA,
            Story.inbound()
                    .rings("a", ANNA, 0)
                    .answers("a", ANNA, 0, 5)
                    .talks("a", ANNA, 30)
                    .expires(15_000)),
    LATE_END_AFTER_EXPIRY(
            CallResult.ANSWERED,
            3000,
            ANNA,
            Story.inbound()
                    .rings("a", ANNA, 0)
                    .answers("a", ANNA, 0, 5)
                    .expires(2000)
                    .ends("a", ANNA, 3005)),
    TALK_WITHOUT_ITS_BEGINNING(
            CallResult.ANSWERED,
            30,
            ANNA,
            Story.inbound()
                    .rings("a", ANNA, 0)
                    .talks("a", ANNA, 10)
                    .talks("a", ANNA, 20)
                    .ends("a", ANNA, 40)),
    LISTED_IN_HISTORY_TOO(
            CallResult.ANSWERED,
            60,
            ANNA,
            Story.inbound()
                    .rings("a", ANNA, 0)
                    .answers("a", ANNA, 0, 5)
                    .ends("a", ANNA, 65)
                    .isListed("r1", ANNA, 1, 5, 65));

    final CallResult result;
    final long talkSeconds;
    final Seat responsible;
    final Story story;

    Stories(CallResult result, long talkSeconds, Seat responsible, Story story) {
        this.result = result;
        this.talkSeconds = talkSeconds;
        this.responsible = responsible;
        this.story = story;
    }
}
