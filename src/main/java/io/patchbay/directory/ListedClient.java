package io.patchbay.directory;

import io.patchbay.call.PhoneNumber;
import java.util.List;

/**
 * A client as a connected system tells of him.
 *
 * @param numbers those that can be called; may be empty
 * @param vip     whether the system marks him; what is marked anywhere stays marked
 */
public record ListedClient(ClientRecord card, List<PhoneNumber> numbers, boolean vip) {

    public ListedClient {
        numbers = numbers.stream().distinct().toList();
    }
}
