package io.patchbay.console;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth.Colour;
import io.patchbay.connection.ConnectionHealth.Deafness;
import io.patchbay.connection.ConnectionHealth.Health;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Fault;
import java.util.Locale;
import java.util.Optional;

/**
 * A connection in short: a colour and one sentence.
 *
 * @param version   changes with anything that is shown
 * @param connector title of the connector
 * @param icon      address of its icon
 * @param colour    {@code green}, {@code amber}, {@code red} or {@code off}
 * @param word      the colour in words, for whoever does not see it
 * @param sentence  what is the matter and what to do
 * @param since     when it last went well; empty while it does
 * @param said      the connected system's own words about what is wrong; empty when there are none
 */
record Lamp(
        long id,
        String version,
        String title,
        String connector,
        String icon,
        String colour,
        String word,
        String sentence,
        String since,
        String said) {

    /** @param parked what was given up there and waits for a person */
    static Lamp of(
            Connection connection, Health health, int parked, Connectors connectors, Texts texts, WallClock clock) {
        var connector = connectors.find(connection.connector());
        var colour = colour(connection, connector, health, parked);
        var failing =
                connection.enabled() && connector.isPresent() && health.since().isPresent();
        var sentence = sentence(connection, connector, health, parked, texts, clock);
        return new Lamp(
                        connection.id().value(),
                        "",
                        connection.title(),
                        connector.map(Connector::title).orElse(connection.connector()),
                        icon(connection.connector()),
                        colour,
                        texts.of("lamp." + colour),
                        sentence,
                        failing ? since(health, texts, clock) : "",
                        failing ? said(health, sentence) : "")
                .versioned();
    }

    static String icon(String connector) {
        return "/connectors/" + connector + "/icon.svg";
    }

    private Lamp versioned() {
        return new Lamp(
                id, Integer.toHexString(hashCode()), title, connector, icon, colour, word, sentence, since, said);
    }

    private static String colour(Connection connection, Optional<Connector> connector, Health health, int parked) {
        if (!connection.enabled()) {
            return "off";
        }
        if (connector.isEmpty()) {
            return "red";
        }
        return (health.colour() == Colour.GREEN && parked > 0 ? Colour.AMBER : health.colour())
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private static String sentence(
            Connection connection,
            Optional<Connector> connector,
            Health health,
            int parked,
            Texts texts,
            WallClock clock) {
        if (!connection.enabled()) {
            return texts.of("lamp.off.sentence");
        }
        if (connector.isEmpty()) {
            return texts.of("lamp.gone.sentence", connection.connector());
        }
        if (health.deafness().isPresent() && !health.fault().equals(Optional.of(Fault.SETUP))) {
            return texts.of("lamp.deaf.sentence");
        }
        if (health.fault().isPresent()) {
            return connector
                    .get()
                    .strings()
                    .error(health.code(), texts.locale())
                    .orElseGet(() -> texts.of("fault." + health.fault().get()));
        }
        if (health.colour() != Colour.GREEN) {
            return texts.of("lamp.amber.sentence");
        }
        return parked > 0
                ? texts.of("lamp.parked.sentence", parked)
                : texts.of(
                        "lamp.green.sentence",
                        health.lastGood().map(clock::moment).orElse(""));
    }

    private static String said(Health health, String sentence) {
        var said = health.fault().isPresent()
                ? health.sentence()
                : health.deafness().map(Deafness::why).orElse("");
        return said.equals(sentence) ? "" : said;
    }

    private static String since(Health health, Texts texts, WallClock clock) {
        if (health.deafness().isPresent()) {
            return texts.of(
                    "lamp.deaf.since", clock.moment(health.deafness().get().since()));
        }
        return health.lastGood()
                .map(at -> texts.of("lamp.since", clock.moment(at)))
                .orElseGet(() -> texts.of("lamp.since.never"));
    }
}
