package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a request asks of an answer beyond its text.
 *
 * @param tools what the model may call
 * @param format the form of the text
 * @param reasoning how much a reasoning model may think
 * @param topLogprobs absent: no log probabilities; 0: those of the chosen tokens; 1 to 20: with so many alternatives each
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AnswerOptions(
        Optional<ToolUse> tools, ResponseFormat format, Reasoning reasoning, OptionalInt topLogprobs) {
    public static final int MOST_TOP_LOGPROBS = 20;

    public static final AnswerOptions PLAIN =
            new AnswerOptions(Optional.empty(), ResponseFormat.TEXT, Reasoning.DEFAULT, OptionalInt.empty());

    public AnswerOptions {
        if (tools == null) tools = Optional.empty();
        if (topLogprobs == null) topLogprobs = OptionalInt.empty();
        Objects.requireNonNull(format);
        Objects.requireNonNull(reasoning);
        int asked = topLogprobs.orElse(0);
        if (asked < 0 || asked > MOST_TOP_LOGPROBS)
            throw new IllegalArgumentException("topLogprobs must be 0 to " + MOST_TOP_LOGPROBS);
    }
}
