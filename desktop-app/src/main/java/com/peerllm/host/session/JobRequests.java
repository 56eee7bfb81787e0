package com.peerllm.host.session;

import com.peerllm.host.engine.AuditRequest;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.Sampling;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.SamplingParameters;
import com.peerllm.shared.wire.FromOrchestrator.AuditOffer;
import com.peerllm.shared.wire.FromOrchestrator.JobOffer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Turns an offer of the network into a request to the engine. */
final class JobRequests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JobRequests() {}

    /** @throws IllegalArgumentException when a number of the offer is out of the engine's range */
    static GenerationRequest of(JobOffer offer) {
        return new GenerationRequest(
                prompt(offer.messages(), offer.prompt(), offer.options()),
                offer.delivered(),
                sampling(offer.sampling()),
                offer.maxTokens(),
                offer.stop(),
                offer.cacheScope().isEmpty() ? Optional.empty() : Optional.of(offer.cacheScope()),
                offer.options().format(),
                offer.options().topLogprobs());
    }

    static AuditRequest of(AuditOffer offer) {
        return new AuditRequest(
                prompt(offer.messages(), offer.prompt(), offer.options()),
                offer.options().format(),
                offer.stop(),
                offer.before(),
                offer.tokens(),
                offer.ended());
    }

    private static Prompt prompt(List<ChatMessage> messages, Optional<String> text, AnswerOptions options) {
        return text.<Prompt>map(Prompt.Text::new)
                .orElseGet(
                        () -> new Prompt.Chat(JSON.writeValueAsString(messages), options.tools(), options.reasoning()));
    }

    private static Sampling sampling(SamplingParameters wanted) {
        return new Sampling(
                wanted.temperature(),
                wanted.topP(),
                wanted.topK(),
                wanted.minP(),
                wanted.frequencyPenalty(),
                wanted.presencePenalty(),
                wanted.repeatPenalty(),
                wanted.seed(),
                wanted.logitBias());
    }
}
