package io.patchbay.person;

import static io.patchbay.person.FilledHub.COMPANY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.PhoneNumber;
import io.patchbay.intake.StoredHooks;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.CallRow;
import io.patchbay.journal.Journal;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person who stands in every table and file of the hub is erased. The tables are the schema's own, so that a new one cannot be forgotten. */
class ErasureTest {

    private static final Set<String> SEALED = Set.of(
            "secret.sealed",
            "token.sealed",
            "vault_key.proof",
            "erasure_key.sealed",
            "audit_head.sealed",
            "rate_limit.state",
            "raw_hook.sealed_body",
            "restored_hook.sealed");

    @ParameterizedTest
    @EnumSource
    void leavesNoTraceInAnyTableOrFile(TestDatabase.Kind kind) throws IOException {
        try (var hub = ConnectorBench.of("beeline").hub().on(kind).start()) {
            var filled = new FilledHub(hub);
            filled.fill();
            assertThat(filled.places())
                    .as("where the person stood")
                    .containsAll(textColumns(hub, filled))
                    .contains("call.client_e164", "call_fact.json", "call_key.name", "raw_hook.sealed_body");
            var erasure = hub.bean(Erasure.class);
            var found = erasure.look(COMPANY, FilledHub.number());

            var receipt = erasure.erase(COMPANY, FilledHub.number(), "Anna");

            assertThat(receipt.isWhole()).isTrue();
            assertThat(filled.places()).isEmpty();
            assertThat(filled.files()).isEmpty();
            assertThat(found.counts())
                    .containsEntry(Kind.CALLS, 4L)
                    .containsEntry(Kind.MENTIONS, 1L)
                    .containsEntry(Kind.RECORDINGS, 1L)
                    .containsEntry(Kind.HOOKS, 4L)
                    .containsEntry(Kind.CLIENTS, 2L) // remembered, and in the directory
                    .containsEntry(Kind.SHOP_ORDERS, 1L)
                    .containsEntry(Kind.ORDERS, 1L)
                    .containsEntry(Kind.EFFECTS, 1L)
                    .doesNotContainKeys(Kind.SETTINGS, Kind.UNREADABLE);
            for (var certain :
                    List.of(Kind.CALLS, Kind.MENTIONS, Kind.RECORDINGS, Kind.HOOKS, Kind.CLIENTS, Kind.ORDERS)) {
                assertThat(receipt.counts().get(certain))
                        .as("%s", certain)
                        .isEqualTo(found.counts().get(certain));
            }
            assertThat(receipt.copies())
                    .as("what to erase elsewhere; an id that is the number is not written down")
                    .hasSameSizeAs(found.copies())
                    .isNotEmpty();
            assertThat(erasure.look(COMPANY, FilledHub.number()).isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhoseTheRowsOfEveryTableAre(TestDatabase.Kind kind) {
        try (var hub = ConnectorBench.of("beeline").hub().on(kind).start()) {
            var filled = new FilledHub(hub);
            var unowned = new TreeSet<String>();
            for (var column : hub.bean(TextColumns.class).all()) {
                if (column.where().isEmpty()
                        && !Untouched.DARK.containsKey(column.table())
                        && !Untouched.SETTINGS.containsKey(column.table())
                        && !Set.of("company", "vault_key", "retention_run").contains(column.table())) {
                    unowned.add(column.table() + "." + column.name());
                }
            }
            var bytes = new TreeSet<String>();
            filled.tables()
                    .forEach((table, columns) -> columns.stream()
                            .filter(FilledHub.Column::isBytes)
                            .forEach(column -> bytes.add(table + "." + column.name())));

            assertThat(unowned)
                    .as("texts of which an erasure cannot tell whose they are: give the table an owner, or name it"
                            + " in Untouched with the reason")
                    .isEmpty();
            assertThat(SEALED)
                    .as("bytes that nobody has said how to search: seal them or read them in Erasure")
                    .containsAll(bytes);
        }
    }

    @Test
    void keepsTheCallsForTheStatisticsAndTheNeighbourWhole() throws IOException {
        try (var hub = ConnectorBench.of("beeline").hub().start()) {
            var filled = new FilledHub(hub);
            filled.fill();
            var journal = hub.bean(Journal.class);
            var before = calls(journal);

            hub.bean(Erasure.class).erase(COMPANY, FilledHub.number(), "Anna");

            var after = calls(journal);
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertThat(figures(after.get(i))).isEqualTo(figures(before.get(i)));
            }
            var call = journal.find(COMPANY, filled.answered).orElseThrow().call();
            assertThat(call.client()).isEqualTo(new HiddenNumber());
            assertThat(call.erasedAt()).contains(ConnectorBench.START);
            assertThat(call.direction()).isEqualTo(Direction.INBOUND);
            assertThat(call.talkTime()).isEqualTo(Duration.ofSeconds(60));
            assertThat(call.result(ConnectorBench.START)).isEqualTo(CallResult.ANSWERED);
            var neighbour =
                    journal.find(COMPANY, filled.neighbours).orElseThrow().call();
            assertThat(((PhoneNumber) neighbour.client()).e164()).isEqualTo(FilledHub.NEIGHBOUR);
            assertThat(new StoredHooks(hub).texts()).singleElement().asString().contains(FilledHub.NEIGHBOUR);
        }
    }

    @Test
    void doesNothingTheSecondTimeAndNothingInAnotherCompany() throws IOException {
        try (var hub = ConnectorBench.of("beeline").hub().start()) {
            var filled = new FilledHub(hub);
            filled.fill();
            var erasure = hub.bean(Erasure.class);
            var before = filled.places();
            assertThat(erasure.erase(FilledHub.OTHER, FilledHub.number(), "B").counts())
                    .isEmpty();
            assertThat(filled.places()).isEqualTo(before);

            erasure.erase(COMPANY, FilledHub.number(), "Anna");
            var again = erasure.erase(COMPANY, FilledHub.number(), "Anna");

            assertThat(again.counts()).isEmpty();
            assertThat(again.copies()).isEmpty();
            assertThat(hub.bean(Receipts.class).of(COMPANY)).hasSize(3); // with the one the hub was filled with
        }
    }

    @Test
    void refusesANumberOfTheCompanyItself() throws IOException {
        try (var hub = ConnectorBench.of("beeline").hub().start()) {
            new FilledHub(hub).fill();
            hub.database()
                    .jdbc()
                    .sql("INSERT INTO pbx_line (connection_id, number) VALUES (?, '79161234567')")
                    .param(hub.connection().id().value())
                    .update();

            assertThatThrownBy(() -> hub.bean(Erasure.class).erase(COMPANY, FilledHub.number(), "Anna"))
                    .isInstanceOf(OwnNumberException.class);
        }
    }

    private static Set<String> textColumns(ConnectorBench hub, FilledHub filled) {
        var columns = new HashSet<String>();
        filled.tables().forEach((table, all) -> {
            if (FilledHub.isFilledRowByRow(table) && !table.equals("erasure")) {
                hub.bean(TextColumns.class).all().stream()
                        .filter(column ->
                                column.table().equals(table) && column.where().isPresent())
                        .filter(column -> !FilledHub.isWord(column.name()))
                        .forEach(column -> columns.add(table + "." + column.name()));
            }
        });
        assertThat(columns).hasSizeGreaterThan(20);
        return columns;
    }

    private static List<CallRow> calls(Journal journal) {
        return journal.list(CallQuery.newest(COMPANY, 50)).items();
    }

    private static String figures(CallRow call) {
        return String.join(
                " ",
                call.id().toString(),
                call.direction().name(),
                call.result().name(),
                call.startedAt().toString(),
                call.answeredAt().toString(),
                call.endedAt().toString(),
                call.talkTime().toString(),
                call.waitTime().toString(),
                call.responsible().toString());
    }
}
