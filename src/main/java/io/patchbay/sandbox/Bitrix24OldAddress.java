package io.patchbay.sandbox;

import java.net.URI;
import java.util.Map;

/**
 * The former address of a renamed portal: answers every request with 302 and the new host, as the vendor does [code]
 * contracts/crm/bitrix24.md §1.
 */
public final class Bitrix24OldAddress extends SimulatedServer {

    private final URI portal;

    /** @param portal where the portal lives now, without a slash at its end */
    public Bitrix24OldAddress(URI portal) {
        this.portal = portal;
    }

    @Override
    protected Reply answer(Request request) {
        return new Reply(302, Map.of("Location", portal + request.path()), new byte[0]);
    }
}
