package com.peerllm.orchestrator.storage;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;

/** Which change of the log the tables have reached; written in the transaction of the change. */
final class AppliedChange {
    private AppliedChange() {}

    static long number(Handle handle) {
        return handle.createQuery("select number from applied_change")
                .mapTo(Long.class)
                .one();
    }

    static long number(DataSource connections) throws SQLException {
        try (Connection connection = connections.getConnection();
                Handle handle = Jdbi.open(connection)) {
            handle.getConfig(Handles.class).setForceEndTransactions(false);
            return number(handle);
        }
    }

    /** @return true */
    static boolean set(Handle handle, long number) {
        return handle.createUpdate("update applied_change set number = :number")
                        .bind("number", number)
                        .execute()
                == 1;
    }
}
