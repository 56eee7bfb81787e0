package com.peerllm.orchestrator.hosts;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import java.util.concurrent.CompletionStage;

/** Decides whether a host with a proven identity may join. */
@FunctionalInterface
public interface HostGate {
    CompletionStage<Admission> admit(HostId host, PeerKey key);

    /** The answer: in, or out with a sentence. */
    sealed interface Admission {
        record Admitted() implements Admission {}

        record Denied(String reason) implements Admission {}
    }
}
