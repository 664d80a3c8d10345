package io.patchbay.audit;

/** Knows on whose behalf this thread works: of the request it answers, or of the hub itself. */
@FunctionalInterface
public interface WhoActs {

    Actor now();
}
