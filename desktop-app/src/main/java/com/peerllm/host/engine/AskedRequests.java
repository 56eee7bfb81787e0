package com.peerllm.host.engine;

import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.SamplingParameters;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Says what a request of the OpenAI API asks in the engine's words; the network's offers and this computer's programs use it. */
public final class AskedRequests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AskedRequests() {}

    /** @param text to continue; without it the messages are a chat */
    public static Prompt prompt(List<ChatMessage> messages, Optional<String> text, AnswerOptions options) {
        return text.<Prompt>map(Prompt.Text::new)
                .orElseGet(
                        () -> new Prompt.Chat(JSON.writeValueAsString(messages), options.tools(), options.reasoning()));
    }

    /** @throws IllegalArgumentException when a number is out of the engine's range */
    public static Sampling sampling(SamplingParameters wanted) {
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
