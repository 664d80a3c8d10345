package io.patchbay.connection;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One company's use of a connector, without its secrets.
 *
 * @param connector the connector's id; it may have been removed since
 * @param settings  as given, without the manifest's defaults
 * @param changedAt last change of title, settings or secrets
 */
public record Connection(
        ConnectionId id,
        CompanyId company,
        String connector,
        String title,
        Map<String, JsonNode> settings,
        boolean enabled,
        Instant createdAt,
        Instant changedAt) {}
