package com.peerllm.orchestrator.transparency;

import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.SignedNote;

/**
 * The log as everybody sees it now.
 *
 * @param note the checkpoint as it is served: signed by the log, and by witnesses that have seen it
 */
public record Published(Checkpoint checkpoint, SignedNote note) {
    public long size() {
        return checkpoint.size();
    }
}
