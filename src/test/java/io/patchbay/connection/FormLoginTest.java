package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import io.patchbay.testing.ConnectorBench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Auth of the kind form: what each form carries, by its path. */
class FormLoginTest {

    /** A worked example of contracts/crm/my-documents.md §2. */
    private static final String HASH = "5c50ebb1fc337f5037d5155986de8df3";

    private static final String RINGING =
            "{\"call\": {\"id\": \"3245342322.34544\", \"clientNumber\": \"+79001122333\"}, \"employees\": []}";

    private final Board board = new Board();

    @AfterEach
    void close() {
        board.close();
    }

    @Test
    void signsTheFieldsOfTheRequestAsTheyAreBeforeTheyAreEncoded() {
        try (var bench = plan().secret("secret", "GthDSG763hs").start()) {
            bench.run(Operation.SHOW_CARD, RINGING);

            var form = board.requests().getFirst().form();
            assertThat(form.get("hash")).containsExactly(HASH);
            assertThat(form).doesNotContainKey("key");
            assertThat(board.requests().getFirst().text()).contains("callerId=%2B79001122333");
        }
    }

    @Test
    void givesEveryPathOnlyWhatIsForIt() {
        try (var bench = plan().start()) {
            bench.run(Operation.FIND_CLIENT, "{\"number\": \"+79001122333\"}");

            var form = board.requests().getFirst().form();
            assertThat(form.get("key")).containsExactly("key-1");
            assertThat(form).doesNotContainKey("hash");
        }
    }

    @Test
    void countsAFieldThatIsNotThereAsEmpty() {
        try (var bench = plan().secret("secret", "s").start()) {
            bench.run(Operation.SHOW_CARD, "{\"call\": {\"id\": \"1\"}, \"employees\": []}");

            assertThat(board.requests().getFirst().form().get("hash"))
                    .isEqualTo(List.of("6f89a3fca46c5df15205f130157bba17"));
        }
    }

    @Test
    void namesTheSecretThatIsMissing() {
        try (var bench = plan().start()) {
            var fault = catchThrowableOfType(ConnectorException.class, () -> bench.run(Operation.SHOW_CARD, RINGING));

            assertThat(fault.fault()).isEqualTo(Fault.SETUP);
            assertThat(fault).hasMessageContaining("secret is missing");
            assertThat(board.requests()).isEmpty();
        }
    }

    private ConnectorBench.Plan plan() {
        return ConnectorBench.of("signet")
                .in(Path.of("src/test/resources/kit-connectors"))
                .at(board.address())
                .secret("key", "key-1");
    }

    private static final class Board extends SimulatedServer {
        @Override
        protected Reply answer(Request request) {
            return Reply.json(200, "{}");
        }
    }
}
