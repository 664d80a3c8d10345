package io.patchbay.connectors.beeline;

import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import java.util.List;

/** Where the simulated PBX pushes to: takes everything, as the hub must. */
final class Callback extends SimulatedServer {

    @Override
    protected Reply answer(Request request) {
        return Reply.empty(200);
    }

    String url() {
        return address() + "/hooks/0123456789abcdef";
    }

    List<byte[]> bodies() {
        return requests().stream().map(Request::body).toList();
    }
}
