package io.patchbay.connection.api;

import io.patchbay.connection.Content;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a target answered: JSON (text as a string, nothing as null), or bytes that are still to be read. */
record Answer(int status, JsonNode body, Optional<Content> content) {}
