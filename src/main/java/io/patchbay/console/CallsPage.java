package io.patchbay.console;

import java.util.List;
import java.util.Optional;

/**
 * The first page.
 *
 * @param choices   above the list
 * @param number    searched for
 * @param pollUrl   where the changed list is read
 * @param moreUrl   where the following calls are read; empty when there are none
 * @param empty     why the list is empty, a beginning of keys; empty when it is not
 * @param emptyHref where its button leads; empty for no button
 */
record CallsPage(
        List<Choice> choices,
        String number,
        String show,
        String pollUrl,
        List<Lamp> lamps,
        List<CallLine> lines,
        Optional<String> moreUrl,
        String empty,
        String emptyHref) {

    /** A choice above the list; {@code text} is a key. */
    record Choice(String href, String text, boolean current) {}
}
