package io.patchbay.journal;

import java.util.List;
import java.util.Optional;

/** @param next cursor of the following page; empty on the last one */
public record CallPage(List<CallRow> items, Optional<String> next) {}
