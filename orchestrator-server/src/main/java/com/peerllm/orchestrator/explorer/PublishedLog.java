package com.peerllm.orchestrator.explorer;

import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.TlogProof;
import java.util.Optional;

/** What the transparency log has published. Both may read the disk. */
public interface PublishedLog {
    /** A log that has published nothing yet. */
    PublishedLog NONE = new PublishedLog() {
        @Override
        public Optional<SignedNote> checkpoint() {
            return Optional.empty();
        }

        @Override
        public Optional<TlogProof> prove(long leaf) {
            return Optional.empty();
        }
    };

    /** The newest signed checkpoint; empty before there is one. */
    Optional<SignedNote> checkpoint();

    /** That a leaf is in the log of the newest checkpoint; empty when that one does not reach it yet. */
    Optional<TlogProof> prove(long leaf);
}
