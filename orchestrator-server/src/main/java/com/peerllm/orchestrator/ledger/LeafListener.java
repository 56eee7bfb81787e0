package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import java.util.List;

/** Hears of new leaves of the transparency log, in order, when no crash can undo them. */
@FunctionalInterface
public interface LeafListener {
    /** Called by the journal's thread, so it must not wait. */
    void durable(List<LeafRow> leaves);
}
