package com.peerllm.host.answering;

import com.peerllm.host.engine.AskedRequests;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.SamplingParameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/** Puts a question of the chat into the words of the engine and of the network, with the same sampling in both. */
final class ChatWords {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Questions of this person share computed prefixes with each other, and with nobody else. */
    static final String OWN_SCOPE = "this computer's person";

    /** What llama.cpp's own chat uses, which small models need: the network's defaults keep every unlikely token. */
    private static final SamplingParameters SAMPLING =
            new SamplingParameters(0.8, 0.95, 40, 0.05, 0, 0, 1, OptionalLong.empty(), Map.of());

    private ChatWords() {}

    static GenerationRequest forThisComputer(Assistant.Question question) {
        List<ChatMessage> messages = question.messages().stream()
                .map(message -> ChatMessage.of(message.role(), message.content()))
                .toList();
        return new GenerationRequest(
                AskedRequests.prompt(messages, Optional.empty(), AnswerOptions.PLAIN),
                List.of(),
                AskedRequests.sampling(SAMPLING),
                GenerationRequest.NO_LIMIT,
                List.of(),
                Optional.of(OWN_SCOPE),
                AnswerOptions.PLAIN.format(),
                OptionalInt.empty());
    }

    static byte[] forTheNetwork(String model, Assistant.Question question) {
        List<Map<String, String>> messages = question.messages().stream()
                .map(message -> Map.of("role", message.role(), "content", message.content()))
                .toList();
        return JSON.writeValueAsBytes(Map.of(
                "model", model,
                "messages", messages,
                "stream", true,
                "stream_options", Map.of("include_usage", true),
                "temperature", SAMPLING.temperature(),
                "top_p", SAMPLING.topP(),
                "top_k", SAMPLING.topK(),
                "min_p", SAMPLING.minP()));
    }
}
