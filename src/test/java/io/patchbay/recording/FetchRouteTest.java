package io.patchbay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.patchbay.call.Call;
import io.patchbay.call.CallKey;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.intake.Door;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.Journal;
import io.patchbay.journal.StoredCall;
import io.patchbay.recording.Recording.State;
import io.patchbay.runtime.DataFolder;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelineEmployee;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineStory;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.HubParts;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import io.patchbay.upkeep.UpkeepSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** routes/recording/fetch.camel.yaml as shipped, from the event that ends a talk to the link that plays it. */
class FetchRouteTest {

    private static final String TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final CompanyId COMPANY = new CompanyId(1);
    private static final BeelineParty CLIENT = BeelineParty.outside("+79000001234");

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, 7);
    private final Door door = new Door();
    private ConnectorBench hub;

    @AfterEach
    void close() {
        hub.close();
        pbx.close();
        door.close();
    }

    private void connect(TestDatabase.Kind kind, String recordings) throws Exception {
        hub = ConnectorBench.of("beeline")
                .hub()
                .on(kind)
                .clock(clock)
                .setting("baseUrl", pbx.baseUrl())
                .setting("recordings", recordings)
                .secret("token", TOKEN)
                .property("patchbay.intake.public-url", door.address().toString())
                .property("patchbay.recording.largest", "2MB")
                .start();
        door.leadsTo(hub);
        HubParts.route(
                hub.bean(CamelContext.class),
                "routes/recording/fetch.camel.yaml",
                "fetch-recordings",
                Map.of("recordingSteps", hub.bean(RecordingSteps.class)));
        hub.bean(UpkeepSteps.class).keep();
        assertThat(pbx.liveSubscriptions()).hasSize(1);
    }

    private void connect() throws Exception {
        connect(TestDatabase.Kind.SQLITE, "ask");
    }

    private void fetch() {
        hub.bean(CamelContext.class).createProducerTemplate().sendBody("direct:fetch-recordings", null);
    }

    private BeelineEmployee at(String extension) {
        return pbx.company().at(extension);
    }

    /** Ends when the clock stands at its end. */
    private BeelineStory talk() {
        var story = pbx.stories().answered(CLIENT, at("201"));
        play(story);
        return story;
    }

    private void play(BeelineStory story) {
        clock.set(story.endsAt());
        pbx.play(story);
    }

    private List<Recording> recordings() {
        return call().call().keys().stream()
                .flatMap(key -> hub.bean(Recordings.class).of(key).stream())
                .toList();
    }

    private Recording recording() {
        assertThat(recordings()).hasSize(1);
        return recordings().getFirst();
    }

    private StoredCall call() {
        var rows = hub.bean(Journal.class).list(CallQuery.newest(COMPANY, 10)).items();
        assertThat(rows).hasSize(1);
        return hub.bean(Journal.class).find(COMPANY, rows.getFirst().id()).orElseThrow();
    }

    private long asked() {
        return pbx.requests(request -> request.path().endsWith("/download")).size();
    }

    private void spoil(int times, Misbehaviour how) {
        pbx.misbehave(request -> request.path().endsWith("/download"), times, how);
    }

    private static List<RecordingFact> stored(Call call) {
        return call.recordings().stream().filter(RecordingFact::isStored).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aRecordingThatComesLateIsStoredAndTold(TestDatabase.Kind kind) throws Exception {
        connect(kind, "ask");
        pbx.recordingsAppearAfter(Duration.ofMinutes(4));
        talk();

        fetch();
        assertThat(asked()).isZero(); // it cannot be there yet

        clock.advance(Duration.ofSeconds(15));
        fetch();
        assertThat(recording().state()).isEqualTo(State.WANTED);
        assertThat(recording().lastError())
                .hasValueSatisfying(why -> assertThat(why).contains("not there yet"));
        assertThat(recording().nextAt()).contains(recording().endedAt().plusSeconds(60));

        for (int minute = 0; minute < 6; minute++) {
            clock.advance(Duration.ofMinutes(1));
            fetch();
        }

        assertThat(recording().state()).isEqualTo(State.STORED);
        assertThat(recording().contentType()).isEqualTo("audio/mpeg");
        assertThat(recording().sizeBytes()).isGreaterThan(200_000);
        assertThat(recording().lastError()).isEmpty();
        assertThat(stored(call().call())).hasSize(1);
        assertThat(asked()).isEqualTo(4); // 15 s, 1 min, 2 min, 5 min
    }

    @Test
    void aRecordingThatNeverComesIsAbsentAfterThreeDays() throws Exception {
        connect();
        pbx.recordingsAppearAfter(Duration.ofDays(300));
        talk();

        for (int hour = 0; hour < 100; hour++) {
            clock.advance(Duration.ofHours(1));
            fetch();
        }

        assertThat(recording().state()).isEqualTo(State.ABSENT);
        assertThat(asked()).isEqualTo(10);
    }

    @Test
    void anOutageOfThePbxUsesUpNothing() throws Exception {
        connect();
        talk();
        pbx.misbehave(request -> true, 10_000, Misbehaviour.answer(Reply.json(503, "{}")));
        for (int hour = 0; hour < 100; hour++) {
            clock.advance(Duration.ofHours(1));
            fetch();
        }
        assertThat(recording().state()).isEqualTo(State.WANTED);

        pbx.behave();
        clock.advance(Duration.ofHours(2));
        fetch();
        clock.advance(Duration.ofHours(2));
        fetch();

        assertThat(recording().state()).isEqualTo(State.STORED);
    }

    @Test
    void aRecordingThatBreaksOffIsFetchedAgainAndStoredWhole() throws Exception {
        connect();
        talk();
        spoil(1, Misbehaviour.breakOff());
        clock.advance(Duration.ofSeconds(15));
        fetch();
        assertThat(recording().state()).isEqualTo(State.WANTED);
        assertThat(recording().lastError())
                .hasValueSatisfying(why -> assertThat(why).contains("broke off"));
        assertThat(files()).isEmpty();

        clock.advance(Duration.ofMinutes(5));
        fetch();

        assertThat(recording().state()).isEqualTo(State.STORED);
        assertThat(Files.size(hub.bean(RecordingFiles.class).of(recording())))
                .isEqualTo(recording().sizeBytes());
    }

    @Test
    void aPageInsteadOfSoundIsNoRecording() throws Exception {
        connect();
        talk();
        spoil(1, Misbehaviour.answer(Reply.of(200, "text/plain; charset=utf-8", "Please log in")));
        spoil(1, Misbehaviour.answer(Reply.bytes(200, "audio/mpeg", new byte[0])));
        clock.advance(Duration.ofSeconds(15));
        fetch();
        assertThat(recording().lastError())
                .hasValueSatisfying(why -> assertThat(why).contains("text/plain"));
        clock.advance(Duration.ofMinutes(1));
        fetch();
        assertThat(recording().lastError())
                .hasValueSatisfying(why -> assertThat(why).contains("empty"));
        assertThat(files()).isEmpty();

        clock.advance(Duration.ofMinutes(5));
        fetch();

        assertThat(recording().state()).isEqualTo(State.STORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><title>Log in</title>", "\r\n  <html>", "{\"error\": \"expired\"}"})
    void aPageThatCallsItselfABunchOfBytesIsNoRecording(String page) throws Exception {
        connect();
        talk();
        spoil(1, Misbehaviour.answer(Reply.of(200, "application/octet-stream", page)));
        clock.advance(Duration.ofSeconds(15));
        fetch();
        assertThat(recording().state()).isEqualTo(State.WANTED);
        assertThat(files()).isEmpty();

        clock.advance(Duration.ofMinutes(5));
        fetch();

        assertThat(recording().state()).isEqualTo(State.STORED);
    }

    @Test
    void aRecordingThatIsTooLargeHasVisiblyFailed() throws Exception {
        connect();
        talk();
        spoil(1, Misbehaviour.answer(Reply.bytes(200, "audio/mpeg", new byte[2 * 1024 * 1024 + 1])));
        clock.advance(Duration.ofSeconds(15));

        fetch();

        assertThat(recording().state()).isEqualTo(State.FAILED);
        assertThat(recording().lastError())
                .hasValueSatisfying(why -> assertThat(why).contains("longer than 2 MB", "patchbay.recording.largest"));
        assertThat(files()).isEmpty();
    }

    @Test
    void aRefusedRecordingHasFailedInThePbxsWords() throws Exception {
        connect();
        talk();
        spoil(1, Misbehaviour.answer(Reply.json(400, "{\"errorCode\":\"BadRequest\",\"description\":\"Так нельзя\"}")));
        clock.advance(Duration.ofSeconds(15));

        fetch();

        assertThat(recording().state()).isEqualTo(State.FAILED);
        assertThat(recording().lastError())
                .hasValueSatisfying(why -> assertThat(why).contains("Так нельзя"));
    }

    @Test
    void aDiskThatTakesNothingIsVisibleAndTriedAgain() throws Exception {
        connect();
        talk();
        var folder = folder();
        Files.delete(folder);
        Files.writeString(folder, "in the way");
        clock.advance(Duration.ofSeconds(15));
        fetch();
        assertThat(recording().state()).isEqualTo(State.WANTED);
        assertThat(recording().lastError())
                .hasValueSatisfying(why -> assertThat(why).contains("disk"));

        Files.delete(folder);
        Files.createDirectory(folder);
        clock.advance(Duration.ofMinutes(5));
        fetch();

        assertThat(recording().state()).isEqualTo(State.STORED);
    }

    @Test
    void oneThatFailsTakesNothingFromTheNext() throws Exception {
        connect();
        talk();
        var second = pbx.stories().answered(BeelineParty.outside("+79000007777"), at("202"));
        play(second);
        spoil(1, Misbehaviour.answer(Reply.json(400, "{}")));
        clock.advance(Duration.ofMinutes(1));

        fetch();

        assertThat(files()).hasSize(1);
    }

    @Test
    void fetchedTwiceAtOnceItIsToldOnce() throws Exception {
        connect();
        talk();
        clock.advance(Duration.ofSeconds(15));
        var recordings = hub.bean(Recordings.class);
        var due = recordings.due(clock.instant(), 10);
        assertThat(due).hasSize(1);
        fetch();

        assertThat(recordings.stored(due.getFirst().id(), "other.mp3", "audio/mpeg", 1))
                .isFalse();
        recordings.later(due.getFirst().id(), clock.instant(), "late");

        assertThat(recording().state()).isEqualTo(State.STORED);
        assertThat(stored(call().call())).hasSize(1);
    }

    @Test
    void aTalkBetweenColleaguesIsNotAskedFor() throws Exception {
        connect();
        play(pbx.stories().internal(at("201"), at("202"), true));
        clock.advance(Duration.ofMinutes(5));

        fetch();

        assertThat(recordings()).isEmpty();
        assertThat(asked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"told", "never"})
    void isAskedForOnlyWhereTheSettingsSay(String wanted) throws Exception {
        connect(TestDatabase.Kind.SQLITE, wanted);
        // 203 has no recording option, so the PBX never says that it records
        play(pbx.stories().answered(CLIENT, at("203")));
        clock.advance(Duration.ofMinutes(5));

        fetch();

        assertThat(recordings()).isEmpty();
        assertThat(asked()).isZero();
    }

    @Test
    void eachWhoSpokeInATransferredCallHasOne() throws Exception {
        connect();
        play(pbx.stories().blindTransfer(CLIENT, "9000000100", at("201"), at("202"), true));
        clock.advance(Duration.ofMinutes(5));

        fetch();

        assertThat(recordings()).extracting(Recording::state).containsExactly(State.STORED, State.STORED);
        assertThat(stored(call().call())).hasSize(2);
    }

    @Test
    void ofAnAttendedTransferEachTalkWithTheClientIsStoredOnce() throws Exception {
        connect();
        play(pbx.stories().attendedTransfer(CLIENT, "9000000100", at("201"), at("202")));
        for (int minute = 0; minute < 30; minute++) {
            clock.advance(Duration.ofMinutes(1));
            fetch();
        }

        assertThat(recordings().stream().filter(one -> one.state() == State.STORED))
                .extracting(one -> one.seat().id())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    // what targets are told

    @Test
    void aTargetIsToldOfTheHubsRecordingOnly() throws Exception {
        connect();
        talk();
        clock.advance(Duration.ofMinutes(1));
        fetch();
        var links = hub.bean(HubLinks.class);
        var fact = stored(call().call()).getFirst();
        var id = call().id();

        var told = links.recording(COMPANY, id, fact, true);

        assertThat(told.path("contentType").asString()).isEqualTo("audio/mpeg");
        assertThat(told.path("fileName").asString()).endsWith(".mp3");
        assertThat(told.path("sizeBytes").asLong()).isEqualTo(recording().sizeBytes());
        assertThat(told.path("base64").asString()).hasSizeGreaterThan(100_000);
        // the same digits as the name of another call's recording, at another seat, for another company
        var other = new CallKey(fact.call().connection(), "another-session");
        refused(links, COMPANY, new RecordingFact(other, fact.at(), fact.recording(), fact.seat(), fact.length()));
        refused(
                links,
                COMPANY,
                new RecordingFact(fact.call(), fact.at(), fact.recording(), Optional.of(new Seat("x")), fact.length()));
        refused(links, new CompanyId(2), fact);
        refused(
                links,
                COMPANY,
                new RecordingFact(fact.call(), fact.at(), Optional.of("9".repeat(30)), fact.seat(), fact.length()));
    }

    private void refused(HubLinks links, CompanyId company, RecordingFact fact) {
        assertThatThrownBy(() -> links.recording(company, call().id(), fact, false))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUSY));
    }

    // the link

    private String fetched() throws Exception {
        connect();
        talk();
        clock.advance(Duration.ofMinutes(1));
        fetch();
        return hub.bean(SignedLinks.class).to(recording()).getPath();
    }

    private MockMvc web() {
        return MockMvcBuilders.standaloneSetup(hub.bean(RecordingPage.class)).build();
    }

    @Test
    void aLinkPlaysItsRecordingAndIsKeptByNoCache() throws Exception {
        var link = fetched();
        var whole = Files.readAllBytes(hub.bean(RecordingFiles.class).of(recording()));

        assertThat(link).endsWith(".mp3");
        web().perform(get(link))
                .andExpect(status().isOk())
                .andExpect(content().contentType("audio/mpeg"))
                .andExpect(content().bytes(whole))
                .andExpect(header().string("Cache-Control", org.hamcrest.Matchers.containsString("no-store")))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Accept-Ranges", "bytes"));
        web().perform(head(link))
                .andExpect(status().isOk())
                .andExpect(header().longValue("Content-Length", whole.length));
    }

    @Test
    void aPlayerMayAskForAPart() throws Exception {
        var link = fetched();
        var whole = Files.readAllBytes(hub.bean(RecordingFiles.class).of(recording()));

        web().perform(get(link).header("Range", "bytes=100-199"))
                .andExpect(status().isPartialContent())
                .andExpect(header().string("Content-Range", "bytes 100-199/" + whole.length))
                .andExpect(content().bytes(java.util.Arrays.copyOfRange(whole, 100, 200)));
        web().perform(get(link).header("Range", "bytes=" + whole.length + "-"))
                .andExpect(status().isRequestedRangeNotSatisfiable());
    }

    @Test
    void aLinkEndsWithItsDay() throws Exception {
        fetched();
        var link =
                hub.bean(SignedLinks.class).to(recording(), Duration.ofDays(1)).getPath();
        clock.advance(Duration.ofDays(1).minusMillis(1));
        web().perform(get(link)).andExpect(status().isOk());

        clock.advance(Duration.ofMillis(1));

        web().perform(get(link)).andExpect(status().isNotFound());
    }

    @Test
    void aChangedLinkOpensNothing() throws Exception {
        var link = fetched();
        var begin = "/recordings/".length();
        for (int i = begin; i < link.length() - ".mp3".length(); i += 7) {
            var changed = link.substring(0, i) + (link.charAt(i) == 'A' ? 'B' : 'A') + link.substring(i + 1);
            web().perform(get(changed)).andExpect(status().isNotFound());
        }
        web().perform(get("/recordings/1.mp3")).andExpect(status().isNotFound());
        web().perform(get("/recordings/x")).andExpect(status().isNotFound());
    }

    @Test
    void aRecordingWhoseFileIsGoneIsNotFound() throws Exception {
        var link = fetched();
        Files.delete(hub.bean(RecordingFiles.class).of(recording()));

        web().perform(get(link)).andExpect(status().isNotFound());
    }

    private Path folder() {
        return hub.bean(DataFolder.class).folder("recordings");
    }

    private List<Path> files() throws IOException {
        try (var all = Files.list(folder())) {
            return all.toList();
        }
    }
}
