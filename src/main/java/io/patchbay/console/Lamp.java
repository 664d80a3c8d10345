package io.patchbay.console;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth.Colour;
import io.patchbay.connection.ConnectionHealth.Health;
import io.patchbay.connector.Connectors;
import java.util.Locale;

/**
 * A connection in short: a colour and one sentence.
 *
 * @param version   changes with anything that is shown
 * @param connector title of the connector
 * @param icon      address of its icon
 * @param colour    {@code green}, {@code amber}, {@code red} or {@code off}
 * @param word      the colour in words, for whoever does not see it
 */
record Lamp(
        long id,
        String version,
        String title,
        String connector,
        String icon,
        String colour,
        String word,
        String sentence) {

    static Lamp of(Connection connection, Health health, Connectors connectors, Texts texts, WallClock clock) {
        var colour = connection.enabled() ? health.colour().name().toLowerCase(Locale.ROOT) : "off";
        var lamp = new Lamp(
                connection.id().value(),
                "",
                connection.title(),
                connectors
                        .find(connection.connector())
                        .map(connector -> connector.title())
                        .orElse(connection.connector()),
                "/connectors/" + connection.connector() + "/icon.svg",
                colour,
                texts.of("lamp." + colour),
                sentence(connection, health, connectors, texts, clock));
        return lamp.versioned();
    }

    private Lamp versioned() {
        return new Lamp(id, Integer.toHexString(hashCode()), title, connector, icon, colour, word, sentence);
    }

    private static String sentence(
            Connection connection, Health health, Connectors connectors, Texts texts, WallClock clock) {
        if (!connection.enabled()) {
            return texts.of("lamp.off.sentence");
        }
        if (health.fault().isPresent()) {
            return connectors
                    .find(connection.connector())
                    .flatMap(connector -> connector.strings().error(health.code(), texts.locale()))
                    .orElse(health.sentence());
        }
        return health.colour() == Colour.GREEN
                ? texts.of(
                        "lamp.green.sentence",
                        health.lastGood().map(clock::moment).orElse(""))
                : texts.of("lamp.amber.sentence");
    }
}
