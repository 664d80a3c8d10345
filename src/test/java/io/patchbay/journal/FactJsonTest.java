package io.patchbay.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.Certainty;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.EndCause;
import io.patchbay.call.EndedBy;
import io.patchbay.call.ExpiryFact;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.Line;
import io.patchbay.call.LinkFact;
import io.patchbay.call.MalformedNumber;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.OrderFact;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.call.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FactJsonTest {

    private static final NumberPlan RUSSIA = new NumberPlan("RU");
    private static final Instant AT = Instant.ofEpochMilli(1718000618960L);
    private static final CallKey CALL = new CallKey(7, "s1");
    private static final PhoneNumber CLIENT = new PhoneNumber("+79000001235", "9000001235", "8 (900) 000-12-35");

    @Test
    void readsAFullLeg() {
        var fact = read("""
            {"kind":"leg","call":"s1","leg":"l1","at":1718000618960,"phase":"ENDED","seat":"anna","role":"EMPLOYEE",
             "direction":{"value":"OUTBOUND","certainty":"INFERRED"},
             "client":{"number":"8 (900) 000-12-35","certainty":"STATED"},
             "line":{"number":"89000000100","certainty":"GUESSED"},
             "started":1718000618960,"dialled":1718000619960,"answered":1718000620960,"ended":1718000621960,"heldMillis":1500,
             "cause":"BUSY","endedBy":"REMOTE","transfer":{"to":"202","kind":"ATTENDED"}}\
            """);

        assertThat(fact)
                .isEqualTo(new LegFact(
                        CALL,
                        new LegKey("l1"),
                        AT,
                        LegPhase.ENDED,
                        new Seat("anna"),
                        SeatRole.EMPLOYEE,
                        Optional.of(new Claim<>(Direction.OUTBOUND, Certainty.INFERRED)),
                        Optional.of(Claim.<io.patchbay.call.Party>stated(CLIENT)),
                        Optional.of(new Claim<>(new Line("+79000000100"), Certainty.GUESSED)),
                        new LegTimes(
                                Optional.of(AT),
                                Optional.of(AT.plusSeconds(1)),
                                Optional.of(AT.plusSeconds(2)),
                                Optional.of(AT.plusSeconds(3)),
                                Duration.ofMillis(1500)),
                        Optional.of(EndCause.BUSY),
                        Optional.of(EndedBy.REMOTE),
                        Optional.of(new Transfer("202", Transfer.Kind.ATTENDED))));
    }

    @Test
    void readsALegThatSaysLittle() {
        var fact = (LegFact) read("""
            {"kind":"leg","call":"s1","leg":42,"at":1718000618960,"phase":"RINGING","seat":"anna","direction":null,
             "client":{"hidden":true},"line":{"number":" "},"answered":null}\
            """);

        assertThat(fact.leg()).isEqualTo(new LegKey("42"));
        assertThat(fact.role()).isEqualTo(SeatRole.EMPLOYEE);
        assertThat(fact.direction()).isEmpty();
        assertThat(fact.client()).contains(Claim.stated(new HiddenNumber()));
        assertThat(fact.line()).isEmpty();
        assertThat(fact.times().answered()).isEmpty();
        assertThat(fact.times().held()).isZero();
    }

    @Test
    void readsLinksAndRecordings() {
        assertThat(read("{\"kind\":\"link\",\"call\":\"s1\",\"other\":\"s2\",\"at\":1718000618960}"))
                .isEqualTo(new LinkFact(CALL, new CallKey(7, "s2"), AT));
        assertThat(read("""
            {"kind":"recording","call":"s1","at":1718000618960,"recording":null,"seat":"anna","seconds":60}\
            """))
                .isEqualTo(new RecordingFact(
                        CALL, AT, Optional.empty(), Optional.of(new Seat("anna")), Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\":\"leg\",\"call\":\"\",\"at\":1}",
                "{\"kind\":\"smoke\",\"call\":\"s1\",\"at\":1718000618960}",
                "{\"kind\":\"link\",\"call\":\"s1\",\"at\":1718000618960}",
                "{\"kind\":\"link\",\"call\":\"s1\",\"other\":\"s2\",\"at\":\"yesterday\"}",
                "{\"kind\":\"link\",\"call\":\"s1\",\"other\":{},\"at\":1718000618960}",
                "{\"kind\":\"leg\",\"call\":\"s1\",\"leg\":\"l\",\"at\":1718000618960,\"phase\":\"SINGING\",\"seat\":\"a\"}",
                "{\"kind\":\"leg\",\"call\":\"s1\",\"leg\":\"l\",\"at\":1718000618960,\"phase\":\"RINGING\",\"seat\":\"\"}",
                "[]"
            })
    void refusesWhatIsNoFact(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedFactException.class)
                .hasMessageStartingWith("Could not read a fact: ");
    }

    @ParameterizedTest
    @MethodSource("facts")
    void losesNothingInStorage(CallFact fact) {
        var stored = StoredFact.of(fact);

        var restored = StoredFact.read(stored.json());

        assertThat(restored).isEqualTo(fact);
        assertThat(StoredFact.of(restored)).isEqualTo(stored);
    }

    static Stream<CallFact> facts() {
        var seat = new Seat("anna");
        var nothing =
                new LegTimes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
        return Stream.of(
                leg(Optional.empty(), nothing),
                leg(Optional.of(Claim.stated(CLIENT)), nothing),
                leg(Optional.of(Claim.stated(new Extension("201"))), nothing),
                leg(Optional.of(Claim.stated(new HiddenNumber())), nothing),
                leg(Optional.of(Claim.stated(new MalformedNumber("+7 \"90"))), nothing),
                leg(
                        Optional.empty(),
                        new LegTimes(
                                Optional.of(AT),
                                Optional.of(AT),
                                Optional.of(AT),
                                Optional.of(AT),
                                Duration.ofMillis(7))),
                new LinkFact(CALL, new CallKey(8, "s2"), AT),
                new RecordingFact(CALL, AT, Optional.of("r1"), Optional.of(seat), Duration.ofSeconds(61)),
                new RecordingFact(CALL, AT, Optional.empty(), Optional.empty(), Duration.ZERO),
                new OrderFact(CALL, AT, seat, CLIENT, "o-1"),
                new ExpiryFact(CALL, AT));
    }

    private static LegFact leg(Optional<Claim<io.patchbay.call.Party>> client, LegTimes times) {
        return new LegFact(
                CALL,
                new LegKey("l1"),
                AT,
                LegPhase.TRANSFERRED,
                new Seat("anna"),
                SeatRole.GROUP,
                Optional.of(new Claim<>(Direction.INTERNAL, Certainty.GUESSED)),
                client,
                Optional.of(Claim.stated(new Line("main"))),
                times,
                Optional.of(EndCause.NO_ANSWER),
                Optional.of(EndedBy.EMPLOYEE),
                Optional.of(new Transfer("202", Transfer.Kind.BLIND)));
    }

    private static CallFact read(String json) {
        return FactJson.read(JsonMapper.shared().readTree(json), 7, RUSSIA);
    }
}
