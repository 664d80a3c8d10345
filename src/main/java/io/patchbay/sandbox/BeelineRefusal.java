package io.patchbay.sandbox;

import tools.jackson.databind.json.JsonMapper;

/** Why the simulated PBX says no, in the form of contracts/pbx/beeline.md section 5. */
final class BeelineRefusal extends RuntimeException {

    private final int status;
    private final String code;
    private final String description;

    /** @param description empty: the body has none, as with {@code AuthTokenNotFoundInRequest} */
    BeelineRefusal(int status, String code, String description) {
        super(code + " " + description);
        this.status = status;
        this.code = code;
        this.description = description;
    }

    static BeelineRefusal badRequest(String description) {
        return new BeelineRefusal(400, "BadRequest", description);
    }

    /** The vendor's code for it is not known [inferred]. */
    static BeelineRefusal notFound(String description) {
        return new BeelineRefusal(404, "NotFound", description);
    }

    SimulatedServer.Reply reply() {
        var body = JsonMapper.shared().createObjectNode().put("errorCode", code);
        if (!description.isEmpty()) {
            body.put("description", description);
        }
        return SimulatedServer.Reply.json(status, body.toString());
    }
}
