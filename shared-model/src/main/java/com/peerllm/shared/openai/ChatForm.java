package com.peerllm.shared.openai;

import java.util.Map;
import tools.jackson.databind.util.RawValue;

/** Answers to conversations: {@code chat.completion} objects. */
final class ChatForm implements AnswerForm {
    @Override
    public ChatCompletionRequest read(byte[] body) {
        return ChatCompletionReader.read(body);
    }

    @Override
    public String idPrefix() {
        return "chatcmpl-";
    }

    @Override
    public String object() {
        return "chat.completion";
    }

    @Override
    public String chunkObject() {
        return "chat.completion.chunk";
    }

    @Override
    public String promptField() {
        return "messages";
    }

    @Override
    public ChoiceWriter writer(ChunkEnvelope envelope, int index, ChatCompletionRequest request) {
        return new ChunkWriter(envelope, index);
    }

    @Override
    public Map<String, Object> choice(CollectedChoice choice, ChatCompletionRequest request) {
        return AnswerForm.fields(
                "index",
                choice.index(),
                "message",
                message(choice),
                "logprobs",
                request.options().topLogprobs().isPresent() ? logprobs(choice) : null,
                "finish_reason",
                choice.reason().toString());
    }

    private static Map<String, Object> message(CollectedChoice choice) {
        boolean onlyCalls = choice.text().isEmpty() && !choice.calls().isEmpty();
        Map<String, Object> message =
                AnswerForm.fields("role", "assistant", "content", onlyCalls ? null : choice.text(), "refusal", null);
        if (!choice.thoughts().isEmpty()) message.put("reasoning_content", choice.thoughts());
        if (!choice.calls().isEmpty()) message.put("tool_calls", choice.calls());
        return message;
    }

    private static Map<String, Object> logprobs(CollectedChoice choice) {
        return AnswerForm.fields("content", new RawValue(choice.logprobsJson()), "refusal", null);
    }
}
