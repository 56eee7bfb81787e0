package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.audit.Claim;
import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.List;
import java.util.Optional;

/**
 * What one host is paid for.
 *
 * @param part for who checks it first
 */
record PaidSegment(
        ServedModel served,
        int promptTokens,
        int completionTokens,
        String deliveryHash,
        Optional<String> hostSignature,
        Segment part) {

    HostConnection host() {
        return served.connection();
    }

    TokenPrice price() {
        return part.price();
    }

    Credits cost() {
        return price().cost(promptTokens, completionTokens);
    }

    /** What the consumer is told of it. */
    Answer.Part told() {
        return new Answer.Part(host().id().pseudonym(), promptTokens, completionTokens, price(), cost());
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
                segment.served(),
                promptTokens,
                segment.tokens(),
                segment.deliveryHash(),
                segment.hostSignature(),
                segment);
    }

    /** There when another host is to check it first; to be asked when the part is over. */
    Optional<Claim> claim() {
        return part.claim();
    }

    PaidSegment withPromptAtMost(int most) {
        return new PaidSegment(
                served, Math.min(promptTokens, most), completionTokens, deliveryHash, hostSignature, part);
    }
}
