package io.patchbay.connectors.beeline;

import static io.patchbay.connectors.beeline.Decoding.ANNA;
import static io.patchbay.connectors.beeline.Decoding.GROUP;
import static io.patchbay.connectors.beeline.Decoding.IVAN;
import static io.patchbay.connectors.beeline.Decoding.MENU;
import static io.patchbay.connectors.beeline.Decoding.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BeelineDecodeTest {

    private static final String IDS = "<callId>callhalf-1:0</callId><extTrackingId>t-1</extTrackingId>";
    private static final String CALLED = IDS + "<personality>Terminator</personality>";
    private static final String CALLS = IDS + "<personality>Originator</personality>";
    private static final String ORDERED = IDS + "<personality>Click-to-Dial</personality>";
    private static final String RINGS = "<state>Alerting</state><startTime>1718000000000</startTime>";
    private static final String TALKS =
            "<state>Active</state><startTime>1718000000000</startTime><answerTime>1718000005000</answerTime>";
    private static final String OVER =
            "<state>Released</state><startTime>1718000000000</startTime>" + "<releaseTime>1718000030000</releaseTime>";
    private static final String CLIENT = remote("tel:+79000001234", "Network", "");

    @Nested
    class Client {

        @Test
        void withoutAnAddressIsHidden() {
            for (var party : List.of(
                    "<remoteParty><privacy/><callType>Network</callType></remoteParty>",
                    "<remoteParty><callType>Network</callType></remoteParty>",
                    remote("sip:anonymous@anonymous.invalid", "Network", ""))) {
                var leg = received(party);

                assertThat(leg.at("/client/hidden").asBoolean()).as(party).isTrue();
                assertThat(leg.at("/client/certainty").asString()).isEqualTo("STATED");
                assertThat(leg.at("/direction/value").asString()).isEqualTo("INBOUND");
            }
        }

        @Test
        void withoutAnyPartyIsPerhapsHidden() {
            var leg = received("");

            assertThat(leg.at("/client/hidden").asBoolean()).isTrue();
            assertThat(leg.at("/client/certainty").asString()).isEqualTo("INFERRED");
            assertThat(leg.at("/direction/certainty").asString()).isEqualTo("GUESSED");
        }

        @ParameterizedTest
        @CsvSource({
            "tel:+4930123456, +4930123456",
            "tel:3530000000, 3530000000",
            "sip:+79000001234@10.0.0.1;user=phone, +79000001234",
            "tel:+79000001234;ext=5, +79000001234",
            "' tel:+79000001234 ', +79000001234",
        })
        void isWhatStandsBetweenSchemeAndParameters(String written, String number) {
            assertThat(received(remote(written, "Network", ""))
                            .at("/client/number")
                            .asString())
                    .isEqualTo(number);
        }

        @Test
        void isTheTrueCallerOfTheQueueNotTheOneShownToTheAgent() {
            var shown = remote("tel:+79000000100", "Group", "<name>Sales Petrov</name>");
            var leg = received(shown + """
                <acdCallInfo><acdUserId>%s</acdUserId><acdNumber>tel:301</acdNumber><waitTime>18</waitTime>
                  <callingPartyInfo><address>tel:+79000001235</address><callType>Network</callType></callingPartyInfo>
                </acdCallInfo>\
                """.formatted(GROUP));

            assertThat(leg.at("/client/number").asString()).isEqualTo("+79000001235");
            assertThat(leg.at("/direction/value").asString()).isEqualTo("INBOUND");
        }

        @Test
        void isNeverOurOwnLine() {
            var leg = received(remote("tel:+79000000100", "Group", "<userId>9000000100@mpbx.sip.beeline.ru</userId>"));

            assertThat(leg.has("client")).isFalse();
            assertThat(leg.at("/direction/value").asString()).isEqualTo("INBOUND");
        }

        // gotcha 14: some see the employee's own number while his phone rings
        @ParameterizedTest
        @ValueSource(strings = {"tel:+79000000202", "tel:9000000202", "tel:202"})
        void isNeverTheEmployeeWhoOrderedTheCall(String own) {
            var leg = Decoding.of("CallOriginatingEvent", ANNA, ORDERED + RINGS + remote(own, "Unknown", ""))
                    .leg();

            assertThat(leg.has("client")).isFalse();
            assertThat(leg.path("phase").asString()).isEqualTo("ORDERED");
        }

        @Test
        void ofAnOrderIsAGuessUntilItIsDialled() {
            var ordered = Decoding.of("CallOriginatingEvent", ANNA, ORDERED + RINGS + CLIENT)
                    .leg();
            var dialled = Decoding.of("CallOriginatedEvent", ANNA, CALLS + RINGS + CLIENT)
                    .leg();

            assertThat(ordered.at("/client/certainty").asString()).isEqualTo("GUESSED");
            assertThat(dialled.at("/client/certainty").asString()).isEqualTo("STATED");
        }
    }

    @Nested
    class Direction {

        @ParameterizedTest
        @CsvSource({
            "Terminator, tel:+79000001234, Network, INBOUND, STATED",
            "Terminator, tel:201, Group, INTERNAL, STATED",
            "Terminator, tel:201, Enterprise, INTERNAL, STATED",
            "Terminator, tel:+79000001234, Unknown, INBOUND, INFERRED",
            "Terminator, tel:201, Unknown, INTERNAL, INFERRED",
            "Terminator, tel:+79000001234, Group, INBOUND, INFERRED",
            "Originator, tel:+79000001234, Network, OUTBOUND, STATED",
            "Originator, tel:202, Group, INTERNAL, STATED",
            "Originator, tel:*98, Unknown, INTERNAL, INFERRED",
            "Originator, tel:112, Emergency, OUTBOUND, STATED",
            "Originator, tel:+79000001234, Unknown, OUTBOUND, INFERRED",
            "Click-to-Dial, tel:+79000001234, Unknown, OUTBOUND, STATED",
            "Click-to-Dial, tel:203, Unknown, INTERNAL, INFERRED",
        })
        void comesFromTheLegNotFromTheShapeOfANumber(
                String personality, String address, String type, String value, String certainty) {
            var leg = Decoding.of(
                            "CallUpdatedEvent",
                            STORE,
                            IDS + "<personality>" + personality + "</personality>" + RINGS + remote(address, type, ""))
                    .leg();

            assertThat(leg.at("/direction/value").asString()).isEqualTo(value);
            assertThat(leg.at("/direction/certainty").asString()).isEqualTo(certainty);
        }

        @Test
        void ofAColleagueWithAMobileNumberIsInternal() {
            var leg = received(remote("tel:+79000000201", "Group", "<userId>" + IVAN + "</userId>"));

            assertThat(leg.at("/direction/value").asString()).isEqualTo("INTERNAL");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CallTransferredEvent",
                    "CallForwardedEvent",
                    "CallPickedUpEvent",
                    "CallBargedInEvent",
                    "CallMonitoredEvent",
                    "CallParkRetrievedEvent"
                })
        void isAGuessOnceTheFarEndWasChanged(String kind) {
            var leg = Decoding.of(kind, ANNA, CALLED + TALKS + CLIENT).leg();

            assertThat(leg.at("/direction/certainty").asString()).isEqualTo("GUESSED");
            assertThat(leg.path("phase").asString()).isEqualTo("TALKING");
            assertThat(leg.at("/client/number").asString()).isEqualTo("+79000001234");
        }
    }

    @Nested
    class Line {

        @Test
        void isTheOldestRedirection() {
            var leg = received(CLIENT
                    + redirections(
                            party("Иван Петров", "tel:201", IVAN),
                            party("Отдел продаж", "tel:301", GROUP),
                            party("9000000100 9000000100", "tel:9000000100", "9000000100@mpbx.sip.beeline.ru")));

            assertLine(leg, "+79000000100", "STATED");
        }

        @Test
        void thatTheHubDoesNotKnowYetIsRecognisedByItsDoubleName() {
            var redirection = party("9000000555 9000000555", "tel:+79000000555", "9000000555@rnd.so.ims.example");

            assertLine(received(CLIENT + redirections(redirection)), "+79000000555", "STATED");
        }

        @Test
        void thatTheHubDoesNotKnowYetIsInferredFromItsUser() {
            var redirection = party("Main", "tel:3530000000", "3530000000@ufa.vo.example");

            assertLine(received(CLIENT + redirections(redirection)), "3530000000", "INFERRED");
        }

        @Test
        void isNeverAColleagueWhoTransferred() {
            var leg = Decoding.of(
                            "CallReceivedEvent",
                            STORE,
                            CALLED + RINGS + CLIENT + redirections(party("Иван Петров", "tel:+79000000201", IVAN)))
                    .leg();

            assertThat(leg.has("line")).isFalse();
        }

        @Test
        void isTheQueuesNumberWhenNothingElseIsSaid() {
            assertLine(received(CLIENT + queue("tel:+79000000100")), "+79000000100", "STATED");
            assertLine(received(CLIENT + queue("tel:+74950000001")), "+74950000001", "INFERRED");
        }

        @Test
        void isTheEndpointWhenThatIsOneOfOurNumbers() {
            var endpoint = "<endpoint><addressOfRecord>9000000100@mpbx.sip.beeline.ru</addressOfRecord></endpoint>";

            assertLine(received(CLIENT + endpoint), "+79000000100", "INFERRED");
        }

        @Test
        void isTheNumberThatWasSubscribedTo() {
            var byQuery = Decoding.of("CallReceivedEvent", STORE, CALLED + RINGS + CLIENT)
                    .query("number", "9000000100");
            var bySetting = Decoding.of("CallReceivedEvent", STORE, CALLED + RINGS + CLIENT)
                    .setting("pattern", "9000000100@rnd.so.ims.example");
            var byTarget = Decoding.of("CallReceivedEvent", "9000000100@mpbx.sip.beeline.ru", CALLED + RINGS + CLIENT);

            for (var decoding : List.of(byQuery, bySetting, byTarget)) {
                assertLine(decoding.leg(), "+79000000100", "STATED");
            }
            assertThat(byTarget.leg().path("role").asString()).isEqualTo("GROUP");
        }

        @Test
        void isPerhapsTheEmployeesOwnMobileNumber() {
            assertLine(received(CLIENT), "9000000202", "GUESSED");
        }

        @Test
        void ofASipSeatIsUnknownWhenNothingIsSaid() {
            assertThat(received(CLIENT, STORE).has("line")).isFalse();
        }

        @Test
        void isOnlyAskedForWhenAClientCalls() {
            var outbound = Decoding.of("CallOriginatedEvent", ANNA, CALLS + RINGS + CLIENT);
            var internal = Decoding.of("CallReceivedEvent", ANNA, CALLED + RINGS + remote("tel:201", "Group", ""));

            assertThat(outbound.leg().has("line")).isFalse();
            assertThat(internal.leg().has("line")).isFalse();
        }

        private void assertLine(JsonNode leg, String number, String certainty) {
            assertThat(leg.at("/line/number").asString()).isEqualTo(number);
            assertThat(leg.at("/line/certainty").asString()).isEqualTo(certainty);
        }
    }

    @Nested
    class Keys {

        @Test
        void ofAnOldInstallationGetTheDayBecauseTheyStartAgain() {
            var leg = Decoding.of(
                            "CallReceivedEvent",
                            ANNA,
                            "<callId>callhalf-1:0</callId><extTrackingId>108:1</extTrackingId>"
                                    + "<personality>Terminator</personality>" + RINGS + CLIENT)
                    .leg();

            assertThat(leg.path("call").asString()).isEqualTo("108:1@2024-06-10");
        }

        @Test
        void ofASessionWithoutOneAreTheLegs() {
            var leg = Decoding.of(
                            "CallReceivedEvent",
                            ANNA,
                            "<callId>callhalf-9:0</callId><personality>Terminator</personality>" + RINGS + CLIENT)
                    .leg();

            assertThat(leg.path("call").asString()).isEqualTo("callhalf-9:0");
            assertThat(leg.path("leg").asString()).isEqualTo("callhalf-9:0");
        }

        @Test
        void areTrimmed() {
            var leg = Decoding.of(
                            "CallReceivedEvent",
                            "\n  " + ANNA + "\r\n",
                            "<callId>\n callhalf-9:0 </callId><extTrackingId>\tt-9\n</extTrackingId>"
                                    + "<personality> Terminator </personality>" + RINGS + CLIENT)
                    .leg();

            assertThat(leg.path("call").asString()).isEqualTo("t-9");
            assertThat(leg.path("seat").asString()).isEqualTo(ANNA);
            assertThat(leg.path("direction").path("value").asString()).isEqualTo("INBOUND");
        }
    }

    @Nested
    class Seat {

        @ParameterizedTest
        @CsvSource({
            GROUP + ", GROUP",
            MENU + ", MENU",
            "MPBX_g_10001_x@ip.beeline.ru, GROUP",
            ANNA + ", EMPLOYEE",
            "9000000777@vol.nw.ims.mnc099.mcc250.3gppnetwork.org, EMPLOYEE",
        })
        void isAnEmployeeAGroupOrAMenu(String target, String role) {
            assertThat(received(CLIENT, target).path("role").asString()).isEqualTo(role);
        }

        @Test
        void whichTheEventDoesNotNameIsTheOneThatWasSubscribedTo() {
            for (var pattern : List.of("202", ANNA)) {
                var leg = Decoding.of("CallReceivedEvent", "", CALLED + RINGS + CLIENT)
                        .setting("pattern", pattern)
                        .leg();

                assertThat(leg.path("seat").asString()).isEqualTo(ANNA);
            }
        }

        @Test
        void thatCannotBeKnownMakesTheEventIgnored() {
            assertThat(Decoding.of("CallReceivedEvent", "", CALLED + RINGS + CLIENT)
                            .ignored())
                    .contains("does not say whose call it is");
        }

        @Test
        void ofAnEmployeeWithoutExtensionIsAnEmployeesThoughHisPhoneIsALine() {
            var leg = Decoding.of("CallReceivedEvent", ANNA, CALLED + RINGS + CLIENT)
                    .lines("+79000000202")
                    .employees(Map.of(ANNA, ""))
                    .leg();

            assertThat(leg.path("role").asString()).isEqualTo("EMPLOYEE");
        }

        @Test
        void isNotThatOfSomebodyWithoutExtensionWhenTheWholeCompanyIsWatched() {
            assertThat(Decoding.of("CallReceivedEvent", "", CALLED + RINGS + CLIENT)
                            .setting("pattern", "")
                            .employees(Map.of(ANNA, ""))
                            .ignored())
                    .contains("does not say whose call it is");
        }

        @Test
        void isDecodedEvenWhenTheHubKnowsNobodyYet() {
            var leg = Decoding.of("CallReceivedEvent", ANNA, CALLED + RINGS + CLIENT)
                    .without("lines", "employees")
                    .leg();

            assertThat(leg.path("role").asString()).isEqualTo("EMPLOYEE");
            assertThat(leg.at("/client/number").asString()).isEqualTo("+79000001234");
        }
    }

    @Nested
    class End {

        @Test
        void isNotSaidByReleasing() {
            var leg = Decoding.of(
                            "CallReleasingEvent",
                            IVAN,
                            CALLS + "<state>Active</state><startTime>1718000000000</startTime>" + CLIENT
                                    + cause("Busy", ""))
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("RINGING");
            assertThat(leg.path("cause").asString()).isEqualTo("BUSY");
            assertThat(leg.has("ended")).isFalse();
            assertThat(leg.has("answered")).isFalse();
        }

        @Test
        void ofATalkIsNotSaidByReleasingEither() {
            var leg = Decoding.of("CallReleasingEvent", IVAN, CALLS + TALKS + CLIENT)
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("TALKING");
            assertThat(leg.has("ended")).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "Busy, BUSY",
            "Request Timeout, NO_ANSWER",
            "Temporarily Unavailable, UNREACHABLE",
            "Forbidden, FORBIDDEN",
            "User Not Found, UNKNOWN_NUMBER",
            "Translation Failure, UNKNOWN_NUMBER",
            "Routing Failure, FAILED",
            "Global Failure, FAILED",
            "Request Failure, FAILED",
            "Server Failure, FAILED",
            "Dial Tone Timeout, FAILED",
            "Insufficient Credits, FAILED",
            "Something New, FAILED",
        })
        void hasTheNetworksCause(String word, String cause) {
            var leg = released(CALLS, cause(word, ""));

            assertThat(leg.path("cause").asString()).isEqualTo(cause);
        }

        @ParameterizedTest
        @CsvSource({
            "486, BUSY",
            "408, NO_ANSWER",
            "480, UNREACHABLE",
            "403, FORBIDDEN",
            "404, UNKNOWN_NUMBER",
            "503, FAILED"
        })
        void hasTheCauseOfTheSipStatusWhenThatIsAll(String status, String cause) {
            var leg = released(CALLS, "<releaseCause><sipStatus>" + status + "</sipStatus></releaseCause>");

            assertThat(leg.path("cause").asString()).isEqualTo(cause);
        }

        @Test
        void withoutACauseIsNormal() {
            assertThat(released(CALLS, "").has("cause")).isFalse();
            assertThat(released(CALLS, "<releaseCause><sipStatus>487</sipStatus></releaseCause>")
                            .has("cause"))
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "Request Timeout, 111, NO_ANSWER",
            "Forbidden, 111, REFUSED_BY_EMPLOYEE",
            "Busy, '', REFUSED_BY_EMPLOYEE",
            "Temporarily Unavailable, '', UNREACHABLE",
        })
        void ofAnOrderThatWasNeverDialledIsTheEmployees(String word, String code, String cause) {
            var leg = released(ORDERED, cause(word, code));

            assertThat(leg.path("cause").asString()).isEqualTo(cause);
            assertThat(leg.has("dialled")).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "localRelease, " + ANNA + ", EMPLOYEE",
            "remoteRelease, " + ANNA + ", REMOTE",
            "remoteRelease, " + GROUP + ", REMOTE",
            "localRelease, " + GROUP + ", ''"
        })
        void isSomebodysDoing(String party, String target, String by) {
            var leg = Decoding.of(
                            "CallReleasedEvent",
                            target,
                            CALLED + OVER + CLIENT + "<releasingParty>" + party + "</releasingParty>")
                    .leg();

            assertThat(leg.path("endedBy").asString("")).isEqualTo(by);
        }

        @Test
        void ofALegThatWasHandedOverIsTheHandOver() {
            var leg = released(
                    CALLED, "<answerTime>1718000005000</answerTime><detachedTime>1718000020000</detachedTime>");

            assertThat(leg.path("ended").asLong()).isEqualTo(1718000020000L);
        }

        @Test
        void withoutATimeIsWhenTheEventCame() {
            var leg = Decoding.of(
                            "CallReleasedEvent",
                            ANNA,
                            CALLED + "<state>Released</state><startTime>1718000000000</startTime>" + CLIENT)
                    .receivedAt(1718000031000L)
                    .leg();

            assertThat(leg.path("ended").asLong()).isEqualTo(1718000031000L);
            assertThat(leg.path("at").asLong()).isEqualTo(1718000031000L);
        }
    }

    @Nested
    class Transfer {

        private static final String HANDED = "<state>Detached</state><startTime>1718000000000</startTime>"
                + "<answerTime>1718000005000</answerTime><detachedTime>1718000020000</detachedTime>"
                + "<redirect><address>tel:202</address><reason>transfer</reason>"
                + "<redirectTime>1718000020000</redirectTime></redirect>";

        @Test
        void ofOneLegIsBlind() {
            var decoding = Decoding.of("CallRedirectedEvent", IVAN, List.of(CALLED + HANDED + CLIENT));

            var leg = decoding.leg();
            assertThat(leg.path("phase").asString()).isEqualTo("TRANSFERRED");
            assertThat(leg.at("/transfer/to").asString()).isEqualTo("202");
            assertThat(leg.at("/transfer/kind").asString()).isEqualTo("BLIND");
            assertThat(leg.path("ended").asLong()).isEqualTo(1718000020000L);
            assertThat(decoding.facts("link")).isEmpty();
        }

        @Test
        void ofTwoLegsIsAttendedAndMakesTheirSessionsOneCall() {
            var question = "<callId>callhalf-2:0</callId><extTrackingId>t-2</extTrackingId>"
                    + "<personality>Originator</personality>"
                    + HANDED.replace("Detached", "Held").replace("tel:202", "tel:+79000001234")
                    + remote("tel:202", "Group", "");
            var decoding = Decoding.of("CallRedirectedEvent", IVAN, List.of(CALLED + HANDED + CLIENT, question));

            assertThat(decoding.facts("leg")).hasSize(2).allSatisfy(leg -> {
                assertThat(leg.path("phase").asString()).isEqualTo("TRANSFERRED");
                assertThat(leg.at("/transfer/kind").asString()).isEqualTo("ATTENDED");
            });
            assertThat(decoding.facts("link")).singleElement().satisfies(link -> {
                assertThat(link.path("call").asString()).isEqualTo("t-1");
                assertThat(link.path("other").asString()).isEqualTo("t-2");
                assertThat(link.path("at").asLong()).isEqualTo(1718000020000L);
            });
        }

        @Test
        void withinOneSessionNeedsNoLink() {
            var question = "<callId>callhalf-2:0</callId><extTrackingId>t-1</extTrackingId>"
                    + "<personality>Originator</personality>" + HANDED;

            assertThat(Decoding.of("CallRedirectedEvent", IVAN, List.of(CALLED + HANDED, question))
                            .facts("link"))
                    .isEmpty();
        }

        @Test
        void toNobodyIsStillAHandOver() {
            var leg = Decoding.of(
                            "CallRedirectedEvent",
                            IVAN,
                            List.of(CALLED + HANDED.replace("<address>tel:202</address>", "")))
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("TRANSFERRED");
            assertThat(leg.has("transfer")).isFalse();
        }

        @Test
        void seenByTheOneWhoStaysKeepsTheLegUnderItsNewSession() {
            var leg = Decoding.of("CallTransferredEvent", ANNA, CALLED + TALKS + CLIENT)
                    .leg();

            assertThat(leg.path("leg").asString()).isEqualTo("callhalf-1:0");
            assertThat(leg.path("phase").asString()).isEqualTo("TALKING");
        }

        @ParameterizedTest
        @CsvSource({
            "user-busy, BUSY",
            "do-not-disturb, BUSY",
            "no-answer, NO_ANSWER",
            "unavailable, UNREACHABLE",
            "unconditional, ''",
            "follow-me, ''"
        })
        void byForwardingEndsTheLegThatNeverAnswered(String reason, String cause) {
            var leg = Decoding.of(
                            "CallRedirectedEvent",
                            IVAN,
                            List.of(CALLED
                                    + "<state>Detached</state><startTime>1718000000000</startTime>"
                                    + "<redirect><address>tel:202</address><reason>" + reason
                                    + "</reason><redirectTime>1718000018000</redirectTime></redirect>" + CLIENT))
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("ENDED");
            assertThat(leg.path("ended").asLong()).isEqualTo(1718000018000L);
            assertThat(leg.path("cause").asString("")).isEqualTo(cause);
            assertThat(leg.has("transfer")).isFalse();
        }

        @Test
        void byAMenuIsNobodysHandOver() {
            var leg = Decoding.of("CallRedirectedEvent", MENU, List.of(CALLED + HANDED + CLIENT))
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("ENDED");
            assertThat(leg.path("role").asString()).isEqualTo("MENU");
        }

        @Test
        void thatIsOnlySeenAsADetachedLegIsOneToo() {
            var leg = Decoding.of(
                            "CallDetachedEvent",
                            IVAN,
                            CALLED + TALKS.replace("Active", "Detached") + "<detachedTime>1718000020000</detachedTime>"
                                    + CLIENT)
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("TRANSFERRED");
            assertThat(leg.path("ended").asLong()).isEqualTo(1718000020000L);
        }

        @Test
        void thatComesBackRingsOnceMore() {
            var leg = Decoding.of(
                            "CallReceivedEvent",
                            IVAN,
                            CALLED.replace("-1:0", "-3:0") + RINGS + CLIENT
                                    + "<recallType>Call Transfer Recall</recallType>")
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("RINGING");
            assertThat(leg.path("leg").asString()).isEqualTo("callhalf-3:0");
            assertThat(leg.path("call").asString()).isEqualTo("t-1");
        }
    }

    @Nested
    class Hold {

        @ParameterizedTest
        @ValueSource(strings = {"Held", "Remote Held"})
        void isAPhase(String state) {
            var leg = Decoding.of(
                            "CallHeldEvent",
                            ANNA,
                            CALLED + TALKS.replace("Active", state) + "<heldTime>1718000010000</heldTime>" + CLIENT)
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("HELD");
            assertThat(leg.path("at").asLong()).isEqualTo(1718000010000L);
        }

        @Test
        void isSummedUp() {
            var leg = Decoding.of(
                            "CallRetrievedEvent", ANNA, CALLED + TALKS + "<totalHeldTime>4200</totalHeldTime>" + CLIENT)
                    .leg();

            assertThat(leg.path("phase").asString()).isEqualTo("TALKING");
            assertThat(leg.path("heldMillis").asLong()).isEqualTo(4200);
        }
    }

    @Nested
    class State {

        @ParameterizedTest
        @ValueSource(strings = {"CallSubscriptionEvent", "CallSubscriptionResyncEvent"})
        void ofASubscriptionRepeatsTheFactsAndAddsNothingNew(String kind) {
            var ringing = CALLED + RINGS + CLIENT;
            var talking = "<callId>callhalf-2:0</callId><extTrackingId>t-2</extTrackingId>"
                    + "<personality>Originator</personality>" + TALKS + CLIENT;

            var renewed = Decoding.of(kind, ANNA, List.of(ringing, talking)).facts("leg");

            assertThat(renewed.getFirst())
                    .isEqualTo(Decoding.of("CallReceivedEvent", ANNA, ringing).leg());
            assertThat(renewed.getLast())
                    .isEqualTo(Decoding.of("CallAnsweredEvent", ANNA, talking).leg());
        }

        @Test
        void withoutCallsIsIgnored() {
            assertThat(Decoding.of(Decoding.document("CallSubscriptionEvent", ANNA, "<hookStatus>On-Hook</hookStatus>"))
                            .ignored())
                    .contains("no call");
        }
    }

    @Nested
    class Recording {

        private static final String RECORDED = "<recordingState>Started</recordingState>";

        @Test
        void isLookedForAfterEachTalkWithAClient() {
            var ended = Decoding.of(
                    "CallReleasedEvent", ANNA, CALLED + OVER + "<answerTime>1718000005000</answerTime>" + CLIENT);

            assertThat(ended.facts("recording")).singleElement().satisfies(recording -> {
                assertThat(recording.path("call").asString()).isEqualTo("t-1");
                assertThat(recording.path("seat").asString()).isEqualTo(ANNA);
                assertThat(recording.path("at").asLong()).isEqualTo(1718000005000L);
            });
        }

        @Test
        void isNotLookedForWhereNobodySpokeWithAClient() {
            var answered = OVER + "<answerTime>1718000005000</answerTime>";

            assertThat(Decoding.of("CallReleasedEvent", ANNA, CALLED + OVER + CLIENT)
                            .facts("recording"))
                    .isEmpty();
            assertThat(Decoding.of("CallReleasedEvent", MENU, CALLED + answered + CLIENT)
                            .facts("recording"))
                    .isEmpty();
            assertThat(Decoding.of("CallReleasedEvent", ANNA, CALLED + answered + remote("tel:201", "Group", ""))
                            .facts("recording"))
                    .isEmpty();
        }

        @Test
        void isLookedForOnlyAsTheSettingSays() {
            var ended = CALLED + OVER + "<answerTime>1718000005000</answerTime>" + CLIENT;

            assertThat(Decoding.of("CallReleasedEvent", ANNA, ended)
                            .setting("recordings", "told")
                            .facts("recording"))
                    .isEmpty();
            assertThat(Decoding.of("CallAnsweredEvent", ANNA, CALLED + TALKS + CLIENT + RECORDED)
                            .setting("recordings", "told")
                            .facts("recording"))
                    .hasSize(1);
            assertThat(Decoding.of("CallReleasedEvent", ANNA, ended + RECORDED)
                            .setting("recordings", "never")
                            .facts("recording"))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "CallRecordingStartedEvent, '', 1",
            "CallRecordingStoppedEvent, User Requested, 1",
            "CallRecordingStoppedEvent, Failure, 0",
            "CallRecordingStartingEvent, '', 0",
            "CallRecordingPausedEvent, '', 0"
        })
        void isToldByItsOwnEvents(String kind, String reason, int hints) {
            var output = Decoding.of(Decoding.document(
                            kind,
                            ANNA,
                            "<call>" + CALLED + TALKS + CLIENT + "</call>"
                                    + (reason.isEmpty() ? "" : "<reason>" + reason + "</reason>")))
                    .output();

            assertThat(output.path("facts")).hasSize(hints);
            assertThat(output.has("ignored")).isEqualTo(hints == 0);
        }
    }

    @Nested
    class Ignored {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HookStatusEvent",
                    "CallCollectingEvent",
                    "ConferenceHeldEvent",
                    "ACDCallAddedEvent",
                    "AgentStateEvent",
                    "CallSomethingNewEvent",
                    "CompletelyNewEvent"
                })
        void isWhatSaysNothingAboutACall(String kind) {
            var data = kind.contains("Collecting") ? "<call>" + CALLS + RINGS + CLIENT + "</call>" : "<x>1</x>";

            assertThat(Decoding.of(Decoding.document(kind, ANNA, data)).ignored())
                    .isNotEmpty();
        }

        @Test
        void isABodyThatIsNoEvent() {
            assertThat(Decoding.ofText("hello").ignored()).isEqualTo("The body is no event.");
            assertThat(Decoding.ofText("").ignored()).isEqualTo("The body is no event.");
        }

        @Test
        void isACallWithoutIdsOrTimes() {
            assertThat(Decoding.of("CallReceivedEvent", ANNA, "<state>Alerting</state>")
                            .ignored())
                    .isNotEmpty();
            assertThat(Decoding.of("CallReceivedEvent", ANNA, CALLED).ignored()).isNotEmpty();
        }

        @Test
        void isNotTheEndOfTheSubscription() {
            var output = Decoding.of(Decoding.document("SubscriptionTerminatedEvent", ANNA, ""))
                    .output();

            assertThat(output.path("ignored").isMissingNode()).isTrue();
            assertThat(output.at("/events/0/event").asString()).isEqualTo("subscription-ended");
            assertThat(output.at("/events/0/subscription").asString()).isEqualTo("s-1");
        }
    }

    @Test
    void aKindOfCallEventThatIsNotKnownYetIsReadByItsState() {
        var leg = Decoding.of("CallSomethingNewEvent", ANNA, CALLED + TALKS + CLIENT)
                .leg();

        assertThat(leg.path("phase").asString()).isEqualTo("TALKING");
    }

    @Test
    void theSameEventOfTwoSubscriptionsGivesTheSameFacts() {
        var event = "<call>" + CALLED + TALKS + CLIENT + "</call>";
        var other = new String(Decoding.document("CallAnsweredEvent", ANNA, event)).replace("s-1", "s-2");

        assertThat(Decoding.of(other.getBytes()).output())
                .isEqualTo(Decoding.of(Decoding.document("CallAnsweredEvent", ANNA, event))
                        .output());
    }

    @Test
    void employeesMayBeUnknownByExtension() {
        var leg = Decoding.of("CallReceivedEvent", ANNA, CALLED + RINGS + CLIENT)
                .employees(Map.of())
                .lines()
                .leg();

        assertThat(leg.path("seat").asString()).isEqualTo(ANNA);
    }

    private static JsonNode received(String more) {
        return received(more, ANNA);
    }

    private static JsonNode received(String more, String target) {
        return Decoding.of("CallReceivedEvent", target, CALLED + RINGS + more).leg();
    }

    private static JsonNode released(String who, String more) {
        return Decoding.of("CallReleasedEvent", ANNA, who + OVER + CLIENT + more)
                .leg();
    }

    private static String remote(String address, String type, String more) {
        return "<remoteParty><address>" + address + "</address>" + more + "<callType>" + type
                + "</callType></remoteParty>";
    }

    private static String party(String name, String address, String userId) {
        return "<party><name>" + name + "</name><address>" + address + "</address><userId>" + userId
                + "</userId></party><reason>deflection</reason>";
    }

    private static String redirections(String... newestFirst) {
        return "<redirections><redirection>" + String.join("</redirection><redirection>", newestFirst)
                + "</redirection></redirections>";
    }

    private static String queue(String number) {
        return "<acdCallInfo><acdUserId>" + GROUP + "</acdUserId><acdNumber>" + number + "</acdNumber></acdCallInfo>";
    }

    private static String cause(String word, String code) {
        return "<releaseCause><internalReleaseCause>" + word + "</internalReleaseCause>"
                + (code.isEmpty() ? "" : "<cdrTerminationCause>" + code + "</cdrTerminationCause>") + "</releaseCause>";
    }
}
