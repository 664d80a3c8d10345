package io.patchbay.person;

/**
 * What a connected system holds because of the person, and where only the company can erase it.
 *
 * @param kind the target's word for a client's card, else the operation that made it, e.g. {@code log-call}
 * @param id   what the target calls it
 * @param url  where a person sees it there, without the number; empty when it is not known
 */
public record Copy(long connection, String kind, String id, String url) {}
