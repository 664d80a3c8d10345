package io.patchbay.runtime;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Throws a connection away that waited for SQLite's write lock in vain. The driver takes it for one with an open transaction although none was begun, and
 * every later commit on it would fail.
 */
public final class BusyConnections implements SQLExceptionOverride {

    private static final int SQLITE_BUSY = 5;

    @java.lang.Override
    public Override adjudicate(SQLException refused) {
        return refused.getErrorCode() == SQLITE_BUSY ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
