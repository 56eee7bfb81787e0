package com.peerllm.orchestrator.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs queries and transactions on the pool's connections, which have auto-commit off.
 *
 * <p>Not JDBI's own transactions: when a rollback fails, those switch auto-commit on again, and thereby commit. Here a
 * connection that cannot be rolled back is thrown away by the pool.
 */
final class Transactions implements AutoCloseable {
    private final HikariDataSource connections;
    private final Jdbi jdbi;

    Transactions(HikariDataSource connections) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    }

    <T> T read(Function<Handle, T> query) {
        return jdbi.withHandle(query::apply);
    }

    /** All of it happens, or nothing. */
    <T> T change(Function<Handle, T> work) {
        return jdbi.withHandle(handle -> {
            try {
                T result = work.apply(handle);
                handle.commit();
                return result;
            } catch (RuntimeException e) {
                rollBack(handle, e);
                throw e;
            }
        });
    }

    private static void rollBack(Handle handle, RuntimeException failure) {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Throws the open connections away: after H2 has closed itself they are of no use, and new ones open it again. */
    void connectAgain() {
        connections.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        connections.close();
    }
}
