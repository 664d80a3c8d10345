package io.patchbay.connector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/**
 * How a target is reached and how fast it may be asked.
 *
 * @param auth          the ways to log in; the first whose {@code when} agrees with the settings is used
 * @param pace          all must agree before a request goes
 * @param connect       longest wait for the connection
 * @param answer        longest wait for the whole answer
 * @param maxAnswer     bytes; a longer answer is not read
 * @param followsRename a redirect to another host of the same path means that the account moved: repeat there and remember
 */
public record Access(
        Template base,
        List<Auth> auth,
        List<Pace> pace,
        Optional<Operating> operating,
        Duration connect,
        Duration answer,
        long maxAnswer,
        boolean followsRename) {

    /** A bucket of {@code capacity} requests into which {@code refill} flow evenly during {@code per}. */
    public record Pace(long capacity, long refill, Duration per) {}

    /**
     * A second limit: the working time a target spends for one method in a sliding window.
     *
     * @param used    where an answer tells the seconds used
     * @param resetAt where an answer tells when they are free again, epoch seconds
     */
    public record Operating(Duration limit, Duration window, JsonPointer used, JsonPointer resetAt) {}
}
