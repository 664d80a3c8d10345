package io.patchbay.connector;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code map:<connector>/<mapping>}: runs {@code mappings/<mapping>.jslt} on the {@link Conversation} and makes its result the message body.
 *
 * <p>A result {@code {"fault": {"is", "code", "text"}}} raises a {@link ConnectorException}.
 */
public final class MapComponent extends DefaultComponent {

    private final Connectors connectors;

    public MapComponent(Connectors connectors) {
        this.connectors = connectors;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var cut = remaining.indexOf('/');
        if (cut <= 0) {
            throw new IllegalArgumentException("Write map:<connector>/<mapping>, not " + uri + ".");
        }
        var connector = connectors.get(remaining.substring(0, cut));
        var name = remaining.substring(cut + 1);
        var mapping = connector
                .mappings()
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("The connector " + connector.id()
                        + " has no mappings/" + name + ".jslt. It has: "
                        + String.join(", ", connector.mappings().names()) + "."));
        return new MapEndpoint(uri, this, mapping);
    }
}
