package io.patchbay.clicktocall;

/** Hands stored orders to whoever places them. It may lose them: {@link ClickToCall#settle} finds them again. */
interface OrderQueue {

    void put(long order);
}
