package com.peerllm.host.session;

import com.peerllm.host.engine.AskedRequests;
import com.peerllm.host.engine.AuditRequest;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.shared.wire.FromOrchestrator.AuditOffer;
import com.peerllm.shared.wire.FromOrchestrator.JobOffer;
import java.util.Optional;

/** Turns an offer of the network into a request to the engine. */
final class JobRequests {
    private JobRequests() {}

    /** @throws IllegalArgumentException when a number of the offer is out of the engine's range */
    static GenerationRequest of(JobOffer offer) {
        return new GenerationRequest(
                AskedRequests.prompt(offer.messages(), offer.prompt(), offer.options()),
                offer.delivered(),
                AskedRequests.sampling(offer.sampling()),
                offer.maxTokens(),
                offer.stop(),
                offer.cacheScope().isEmpty() ? Optional.empty() : Optional.of(offer.cacheScope()),
                offer.options().format(),
                offer.options().topLogprobs());
    }

    static AuditRequest of(AuditOffer offer) {
        return new AuditRequest(
                AskedRequests.prompt(offer.messages(), offer.prompt(), offer.options()),
                offer.options().format(),
                offer.stop(),
                offer.before(),
                offer.tokens(),
                offer.ended());
    }
}
