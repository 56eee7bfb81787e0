package com.peerllm.orchestrator.hosts;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.reputation.HostHistory;
import java.util.concurrent.CompletionStage;

/** Decides whether a host with a proven identity may join. */
@FunctionalInterface
public interface HostGate {
    CompletionStage<Admission> admit(HostId host, PeerKey key);

    /** The answer: in, or out with a sentence. */
    sealed interface Admission {
        /** @param history what is known of the host */
        record Admitted(HostHistory history) implements Admission {}

        record Denied(String reason) implements Admission {}
    }
}
