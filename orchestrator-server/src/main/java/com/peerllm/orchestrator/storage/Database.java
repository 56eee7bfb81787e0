package com.peerllm.orchestrator.storage;

/** The open database: connections, the tables at this program's version, and one store for each subject. */
public final class Database implements AutoCloseable {

    private Database() {}

    /** @throws StorageException when it cannot be opened; the sentence says what to do */
    public static Database open(DatabaseAddress address) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
