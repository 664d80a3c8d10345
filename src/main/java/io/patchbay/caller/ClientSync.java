package io.patchbay.caller;

import io.patchbay.call.NumberPlan;
import io.patchbay.company.Companies;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.run.Piece;
import io.patchbay.run.Run;
import io.patchbay.run.RunFailedException;
import io.patchbay.run.Tally;
import io.patchbay.run.Work;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the whole list of a system's clients into the directory, page by page; where it was stopped it goes on. Nobody is removed: a list that comes empty changes nothing.
 * Doing a page twice changes nothing the second time.
 */
@Component
public class ClientSync implements Work {

    public static final String KIND = "client-sync";

    private final Operations operations;
    private final ClientDirectory directory;
    private final Companies companies;

    ClientSync(Operations operations, ClientDirectory directory, Companies companies) {
        this.operations = operations.with(Urgency.BACKGROUND);
        this.directory = directory;
        this.companies = companies;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Piece next(Run run) {
        var connection = run.scope()
                .connection()
                .orElseThrow(() -> new IllegalStateException("A list of clients is one connection's."));
        var input = JsonNodeFactory.instance.objectNode();
        if (!run.bookmark().isEmpty()) {
            input.set("cursor", JsonMapper.shared().readTree(run.bookmark()));
        }
        var page = page(connection, input);
        var plan = new NumberPlan(companies.get(run.company()).region());
        var taken = 0;
        var skipped = 0;
        for (var client : page.path("clients")) {
            var told = ToldClients.listed(client, plan);
            told.ifPresent(one -> directory.told(run.company(), connection, one));
            taken += told.isPresent() ? 1 : 0;
            skipped += told.isPresent() ? 0 : 1;
        }
        var next = page.path("next");
        var last = next.isMissingNode() || next.isNull() || next.asString("?").isEmpty();
        var piece = Piece.at(last ? "" : next.toString())
                .did(taken, Tally.of("done", taken).and("skipped", skipped));
        return last ? piece.andThatIsAll() : piece;
    }

    private JsonNode page(long connection, JsonNode input) {
        try {
            return operations.run(new ConnectionId(connection), Operation.LIST_CLIENTS, input);
        } catch (ConnectorException e) {
            if (e.fault().passes()) {
                throw e;
            }
            throw new RunFailedException(e.fault().name(), String.valueOf(e.getMessage()));
        }
    }
}
