package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import java.util.List;
import java.util.Optional;

/** What one host is paid for. */
record PaidSegment(
        ServedModel served,
        int promptTokens,
        int completionTokens,
        String deliveryHash,
        Optional<String> hostSignature) {

    HostConnection host() {
        return served.connection();
    }

    /** All tokens that are paid for. */
    static long tokens(List<PaidSegment> paid) {
        return paid.stream()
                .mapToLong(each -> (long) each.promptTokens() + each.completionTokens())
                .sum();
    }

    /** @param promptTokens those that this host is paid for */
    static PaidSegment of(Segment segment, int promptTokens) {
        return new PaidSegment(
                segment.served(), promptTokens, segment.tokens(), segment.deliveryHash(), segment.hostSignature());
    }
}
