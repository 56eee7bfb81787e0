package com.peerllm.orchestrator.audit;

import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.wire.FromOrchestrator.AuditOffer;
import java.util.List;
import java.util.Optional;

/**
 * What one host says of its part of an answer, and all that another needs to check it. Kept in memory until the verdict.
 *
 * @param by who says so
 * @param promptTokens that it counted
 * @param said {@link com.peerllm.shared.wire.SaidHash} of the text that was relayed
 * @param before ids of the answer before the part
 * @param tokens ids of the part
 * @param ended whether the answer ended with it
 * @param trustedOnly whether the consumer lets newcomers see its prompt
 */
public record Claim(
        JobId job,
        ServedModel by,
        int promptTokens,
        String said,
        List<ChatMessage> messages,
        Optional<String> prompt,
        AnswerOptions options,
        List<String> stop,
        List<Integer> before,
        List<Integer> tokens,
        boolean ended,
        boolean trustedOnly) {

    AuditOffer offer(long stream) {
        return new AuditOffer(stream, by.announced().digest(), messages, prompt, options, stop, before, tokens, ended);
    }

    /** Sizes only, so that no log line can hold a prompt. */
    @Override
    public String toString() {
        return "Claim[" + job + ", " + by.connection() + ", tokens=" + tokens.size() + "]";
    }
}
