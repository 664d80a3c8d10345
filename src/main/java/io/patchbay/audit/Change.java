package io.patchbay.audit;

/**
 * One thing that is different afterwards, or one circumstance worth knowing.
 *
 * @param what   name of a field or a setting
 * @param from   empty when there was nothing
 * @param to     empty when there is nothing any more
 * @param hidden a secret: that it changed is all that is told
 */
public record Change(String what, String from, String to, boolean hidden) {}
