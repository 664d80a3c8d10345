package io.patchbay.connection;

import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import java.net.URI;

/** The system of the test connector gatekeeper: answers whoever comes, so that a test sees how he came. */
final class Gatekeeper extends SimulatedServer {

    @Override
    protected Reply answer(Request request) {
        return Reply.json(200, "{\"well\":\"come\"}");
    }

    /** The same server under another name, i.e. another origin. */
    URI elsewhere() {
        return URI.create("http://localhost:" + address().getPort());
    }

    Request last() {
        return requests().getLast();
    }
}
