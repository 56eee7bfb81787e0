package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.Checkpoint;

/** Hears how far an audit is; called by the thread that runs it. */
@FunctionalInterface
public interface AuditProgress {
    /** @param leaves how many hold so far */
    void reached(long leaves, Checkpoint of);

    static AuditProgress silent() {
        return (leaves, of) -> {};
    }
}
