package io.patchbay.sandbox;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The portal says no: HTTP status, its code and its words. Also stands inside a batch, where the status is lost. */
final class Bitrix24Refusal extends RuntimeException {

    private final int status;
    private final String code;

    Bitrix24Refusal(int status, String code, String text) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** The commonest of all: 400 {@code ERROR_CORE}. */
    static Bitrix24Refusal core(String text) {
        return new Bitrix24Refusal(400, "ERROR_CORE", text);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /** @param more what else stands in the body */
    SimulatedServer.Reply reply(ObjectNode more) {
        var body = JsonNodeFactory.instance.objectNode().put("error", code).put("error_description", text());
        return SimulatedServer.Reply.json(status, body.setAll(more).toString());
    }
}
