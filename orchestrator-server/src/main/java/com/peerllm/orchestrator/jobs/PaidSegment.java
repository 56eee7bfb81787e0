package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import java.util.Optional;

/** What one host is paid for. */
record PaidSegment(
        HostConnection host,
        int promptTokens,
        int completionTokens,
        String deliveryHash,
        Optional<String> hostSignature) {

    /** @param promptTokens those that this host is paid for */
    static PaidSegment of(Segment segment, int promptTokens) {
        return new PaidSegment(
                segment.served().connection(),
                promptTokens,
                segment.tokens(),
                segment.deliveryHash(),
                segment.hostSignature());
    }
}
