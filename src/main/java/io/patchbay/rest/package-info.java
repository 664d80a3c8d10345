/** The REST API under /api/v1: what programs may read and do, described as OpenAPI 3.1. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "access",
            "audit",
            "backfill",
            "call",
            "caller",
            "company",
            "connection",
            "connector",
            "directory",
            "effect",
            "fields",
            "intake",
            "journal",
            "person",
            "retention",
            "recording",
            "rules",
            "replay",
            "run",
            "upkeep",
            "watch"
        })
package io.patchbay.rest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
