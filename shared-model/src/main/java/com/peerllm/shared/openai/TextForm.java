package com.peerllm.shared.openai;

import com.peerllm.shared.openai.ChatCompletionRequest.Continued;
import java.util.Map;

/** Texts that were continued: {@code text_completion} objects, the older form of the OpenAI API. */
final class TextForm implements AnswerForm {
    private static final String OBJECT = "text_completion";

    @Override
    public ChatCompletionRequest read(byte[] body) {
        return CompletionReader.read(body);
    }

    @Override
    public String idPrefix() {
        return "cmpl-";
    }

    @Override
    public String object() {
        return OBJECT;
    }

    @Override
    public String chunkObject() {
        return OBJECT;
    }

    @Override
    public String promptField() {
        return "prompt";
    }

    @Override
    public ChoiceWriter writer(ChunkEnvelope envelope, int index, ChatCompletionRequest request) {
        return new TextChunkWriter(envelope, index, echoed(request));
    }

    @Override
    public Map<String, Object> choice(CollectedChoice choice, ChatCompletionRequest request) {
        boolean withLogprobs = request.options().topLogprobs().isPresent();
        return AnswerForm.fields(
                "text",
                echoed(request) + choice.text(),
                "index",
                choice.index(),
                "logprobs",
                withLogprobs ? new TextLogprobs().of(choice.logprobsJson()) : null,
                "finish_reason",
                choice.reason().toString());
    }

    /** What the answer begins with. */
    private static String echoed(ChatCompletionRequest request) {
        return request.continued().filter(Continued::echo).map(Continued::text).orElse("");
    }
}
