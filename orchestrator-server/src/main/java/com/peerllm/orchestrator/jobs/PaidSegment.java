package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.audit.Claim;
import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import java.util.Optional;

/**
 * What one host is paid for.
 *
 * @param claim there when another host is to check it first
 */
record PaidSegment(
        ServedModel served,
        int promptTokens,
        int completionTokens,
        String deliveryHash,
        Optional<String> hostSignature,
        Optional<Claim> claim) {

    HostConnection host() {
        return served.connection();
    }

    /** @param promptTokens those that this host is paid for */
    static PaidSegment of(Segment segment, int promptTokens) {
        return new PaidSegment(
                segment.served(),
                promptTokens,
                segment.tokens(),
                segment.deliveryHash(),
                segment.hostSignature(),
                segment.claim());
    }

    PaidSegment withPromptAtMost(int most) {
        return new PaidSegment(
                served, Math.min(promptTokens, most), completionTokens, deliveryHash, hostSignature, claim);
    }
}
