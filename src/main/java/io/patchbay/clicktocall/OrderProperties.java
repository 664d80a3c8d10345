package io.patchbay.clicktocall;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Calls that are ordered in connected systems.
 *
 * @param oldest    an order that reaches the PBX later than this is refused: nobody wants a telephone that rings an hour later
 * @param heardIn   a PBX that did not say whether it makes the call must have told anything of it after this, or the order is given up
 * @param repeat    the same employee ordering the same number again within this time did it by mistake
 * @param unplaced  an order that was stored and not taken up is queued again after this
 */
@ConfigurationProperties("patchbay.click-to-call")
public record OrderProperties(
        @DefaultValue("60s") Duration oldest,
        @DefaultValue("30s") Duration heardIn,
        @DefaultValue("5s") Duration repeat,
        @DefaultValue("3s") Duration unplaced) {}
