package io.patchbay.runtime;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the hub keeps what it must not forget.
 *
 * @param dataDir  folder of the embedded database, the broker's journal, recordings and the generated key; one hub at a time may use it
 * @param database the database; without a URL a SQLite file in the data folder
 * @param broker   the embedded broker; not used when an outer one is configured with {@code spring.artemis.mode=native}
 */
@ConfigurationProperties("patchbay")
public record RuntimeProperties(
        @DefaultValue("data") Path dataDir,
        @DefaultValue Database database,
        @DefaultValue Broker broker) {

    /**
     * The database.
     *
     * @param url         JDBC address; empty for the SQLite file {@code patchbay.db} in the data folder
     * @param username    login of an outer database
     * @param password    its password
     * @param connections most connections held open at once
     */
    public record Database(
            @DefaultValue("") String url,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("8") int connections) {

        @Override
        public String toString() {
            return "Database[url=" + url + ", username=" + username + ", password=***]";
        }
    }

    /**
     * The embedded broker.
     *
     * @param journalBufferMicros how long the journal collects writes of several senders before one disk sync, microseconds; 500 lets many
     *                            webhooks share a sync and costs one webhook half a millisecond
     * @param maxDiskPercent      hooks are answered 503 when the disk is fuller than this, percent
     */
    public record Broker(
            @DefaultValue("500") int journalBufferMicros,
            @DefaultValue("95") int maxDiskPercent) {}
}
