package io.patchbay.effect;

import io.patchbay.call.CallId;

/** Puts a message on a connection's effect queue. It may be lost or come twice: the message only speeds up what a {@link Wake} says. */
public interface WakeSender {

    /**
     * @param group messages of one group are taken one after the other
     * @param live  goes before history
     */
    void send(long connection, CallId call, String group, boolean live);
}
