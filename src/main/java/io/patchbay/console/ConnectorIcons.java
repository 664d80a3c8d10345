package io.patchbay.console;

import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.connector.Connectors;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The connectors' icons. Whatever an icon's file holds, no script in it runs. */
@Controller
class ConnectorIcons {

    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");
    private static final Duration KEPT = Duration.ofHours(1);
    private static final String NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final Connectors connectors;

    ConnectorIcons(Connectors connectors) {
        this.connectors = connectors;
    }

    /** A connector that is gone has a plug for an icon: what was connected with it is still shown. */
    @GetMapping("/connectors/{id}/icon.svg")
    @Needs(Right.OWN_ACCOUNT)
    ResponseEntity<byte[]> icon(@PathVariable String id) throws IOException {
        var icon = connectors.find(id).flatMap(connector -> connector.folder().bytes("icon.svg"));
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.maxAge(KEPT).cachePrivate())
                .header("Content-Security-Policy", NOTHING_RUNS)
                .body(
                        icon.isPresent()
                                ? icon.get()
                                : new ClassPathResource("static/assets/connector.svg").getContentAsByteArray());
    }
}
