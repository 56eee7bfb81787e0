package com.peerllm.orchestrator.storage;

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
    private final Connections connections;
    private final Jdbi readers;
    private final Jdbi writer;

    Transactions(Connections connections) {
        this.connections = connections;
        this.readers = Jdbi.create(connections.readers());
        this.writer = Jdbi.create(connections.writer());
        readers.getConfig(Handles.class).setForceEndTransactions(false);
        writer.getConfig(Handles.class).setForceEndTransactions(false);
    }

    <T> T read(Function<Handle, T> query) {
        return readers.withHandle(query::apply);
    }

    /** All of it happens, or nothing. */
    <T> T change(Function<Handle, T> work) {
        return writer.withHandle(handle -> {
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

    /** Throws the open connections away. */
    void connectAgain() {
        connections.connectAgain();
    }

    @Override
    public void close() {
        connections.close();
    }
}
