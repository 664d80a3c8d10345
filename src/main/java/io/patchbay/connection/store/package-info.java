/** The connection package's tables, in SQL that SQLite and PostgreSQL both understand. */
@NullMarked
package io.patchbay.connection.store;

import org.jspecify.annotations.NullMarked;
