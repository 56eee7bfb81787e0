package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.ChatMessage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One admitted request: who asks, for what, at which price.
 *
 * @param model the exact file and its price
 * @param promptBytes length of all messages in UTF-8, counted once because deadlines ask for it again and again
 */
public record JobRequest(
        JobId id, AccountId consumer, ModelManifest model, ChatCompletionRequest chat, long promptBytes) {
    /** Most tokens that a chat template adds around one message, generously. */
    private static final int TOKENS_AROUND_MESSAGE = 16;

    /** Most tokens that a chat template adds to a conversation: begin marks, a default system prompt, today's date. */
    private static final int TOKENS_AROUND_CHAT = 128;

    /** English text has about 4.5 bytes to a token; no tokenizer in use packs more than this on average. */
    private static final int BYTES_PER_TOKEN_AT_MOST = 8;

    public static JobRequest of(JobId id, AccountId consumer, ModelManifest model, ChatCompletionRequest chat) {
        long bytes = 0;
        for (ChatMessage message : chat.messages()) {
            bytes += message.content().getBytes(StandardCharsets.UTF_8).length;
        }
        return new JobRequest(id, consumer, model, chat, bytes);
    }

    /**
     * Most tokens this prompt can have: no tokenizer makes more than one token of a byte. A host that claims more is not
     * believed.
     */
    public int promptTokensAtMost() {
        long bound = TOKENS_AROUND_CHAT
                + promptBytes
                + (long) TOKENS_AROUND_MESSAGE * chat.messages().size();
        return (int) Math.min(bound, Integer.MAX_VALUE / 2);
    }

    /** Fewest tokens this prompt can have, for turning down what fits nowhere. */
    public int promptTokensAtLeast() {
        return (int) Math.min(promptBytes / BYTES_PER_TOKEN_AT_MOST, Integer.MAX_VALUE / 2) + 1;
    }

    /** Turns of one conversation have the same key; others rarely. Never leaves memory. */
    int conversationKey() {
        String first = chat.messages().stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .map(ChatMessage::content)
                .orElse("");
        return Objects.hash(consumer, model.digest(), first);
    }
}
