package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.SamplingParameters;
import com.peerllm.shared.wire.FromOrchestrator;
import java.util.List;
import java.util.Optional;

/** Words one choice of a request as an offer to a host. */
final class Offers {
    private final JobRequest request;
    private final int choice;
    private final int maxTokens;
    private final String cacheScope;

    Offers(JobRequest request, int choice, int maxTokens, String cacheScope) {
        this.request = request;
        this.choice = choice;
        this.maxTokens = maxTokens;
        this.cacheScope = cacheScope;
    }

    /** @param delivered ids that the consumer has; the host goes on after them */
    FromOrchestrator.JobOffer offer(Segment segment, List<Integer> delivered) {
        return new FromOrchestrator.JobOffer(
                segment.stream(),
                request.id(),
                request.model().digest(),
                request.chat().messages(),
                request.chat().continued().map(ChatCompletionRequest.Continued::text),
                sampling(),
                request.chat().options(),
                maxTokens,
                request.chat().stop(),
                delivered,
                cacheScope,
                Optional.of(segment.price()));
    }

    /** With one seed for all, all choices would be the same. */
    private SamplingParameters sampling() {
        SamplingParameters asked = request.chat().sampling();
        return choice == 0 || asked.seed().isEmpty()
                ? asked
                : asked.withSeed(asked.seed().getAsLong() + choice);
    }
}
