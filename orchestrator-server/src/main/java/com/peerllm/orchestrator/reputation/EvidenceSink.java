package com.peerllm.orchestrator.reputation;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.History;
import java.util.Optional;

/** Takes what becomes known of hosts, to keep it. Called on the event loop; must not wait. */
public interface EvidenceSink {
    /** Keeps nothing. */
    EvidenceSink NONE = (host, model, piece, after) -> {};

    /**
     * @param model empty for what concerns the host's presence
     * @param after what all evidence adds up to, this piece included
     */
    void add(HostId host, Optional<ModelDigest> model, Evidence piece, History after);
}
