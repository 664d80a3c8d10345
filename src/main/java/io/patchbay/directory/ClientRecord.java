package io.patchbay.directory;

import java.util.Optional;

/**
 * A client's card in one connected system.
 *
 * @param kind  the target's word: contact, company, lead
 * @param owner id of the responsible user in that system
 */
public record ClientRecord(String kind, String id, String name, Optional<String> url, Optional<String> owner) {}
