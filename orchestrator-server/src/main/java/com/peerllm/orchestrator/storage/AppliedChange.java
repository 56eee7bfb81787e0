package com.peerllm.orchestrator.storage;

import org.jdbi.v3.core.Handle;

/** Which change of the log the tables have reached; written in the transaction of the change. */
final class AppliedChange {
    private AppliedChange() {}

    static long number(Handle handle) {
        return handle.createQuery("select number from applied_change")
                .mapTo(Long.class)
                .one();
    }

    static void set(Handle handle, long number) {
        handle.createUpdate("update applied_change set number = :number")
                .bind("number", number)
                .execute();
    }
}
