package io.patchbay.watch;

/** A way to tell people. */
interface Channel {

    /** One word, stored beside what is sent over it. */
    String word();

    /** @throws NotTakenException when it must be tried again */
    void send(Alert alert);
}
