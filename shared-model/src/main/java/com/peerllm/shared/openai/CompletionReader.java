package com.peerllm.shared.openai;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads and checks the body of {@code POST /v1/completions}: a text that the model continues. The rules of {@link
 * ChatCompletionReader} hold here too.
 */
public final class CompletionReader {
    /** As in the OpenAI API, which asks for so few when no limit is named. */
    static final int USUAL_MAX_TOKENS = 16;

    /** As in the OpenAI API. */
    static final int MOST_LOGPROBS = 5;

    /** Accepted and of no effect on the answer. */
    private static final Set<String> ACCEPTED = Set.of("user");

    private static final Set<String> READ = Set.of(
            "model",
            "prompt",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "stop",
            "max_tokens",
            "frequency_penalty",
            "presence_penalty",
            "repeat_penalty",
            "logit_bias",
            "n",
            "best_of",
            "echo",
            "logprobs",
            WishesReader.FIELD);

    /** Part of the OpenAI API, but not of this network. */
    private static final Set<String> UNSUPPORTED = Set.of("suffix");

    private CompletionReader() {}

    /** @throws InvalidRequest with the error that the sender gets */
    public static ChatCompletionRequest read(byte[] json) {
        Fields body = RequestBody.read(json);
        body.refuseOthers(READ, ACCEPTED, UNSUPPORTED);
        boolean stream = body.flag("stream", false);
        OptionalInt topLogprobs = topLogprobs(body);
        boolean echo = body.flag("echo", false);
        if (echo && topLogprobs.isPresent()) {
            throw Fields.invalid(
                    "unsupported_parameter",
                    "echo",
                    "'echo' does not go together with 'logprobs': those of the prompt are not told.");
        }
        refuseBestOf(body);
        return new ChatCompletionRequest(
                RequestBody.model(body),
                List.of(),
                Optional.of(new ChatCompletionRequest.Continued(prompt(body), echo)),
                SamplingReader.read(body),
                new AnswerOptions(Optional.empty(), ResponseFormat.TEXT, Reasoning.DEFAULT, topLogprobs),
                OptionalInt.of(
                        (int) body.whole("max_tokens", 1, Integer.MAX_VALUE).orElse(USUAL_MAX_TOKENS)),
                SamplingReader.stop(body),
                (int) body.whole("n", 1, ChatCompletionReader.MAX_CHOICES).orElse(1),
                WishesReader.read(body),
                stream,
                stream && RequestBody.includeUsage(body));
    }

    /** A text, or a list of one text. */
    private static String prompt(Fields body) {
        JsonNode prompt = body.node("prompt");
        if (prompt.isArray() && prompt.size() == 1) prompt = prompt.get(0);
        if (!body.has("prompt") || prompt.isArray() && prompt.isEmpty()) {
            throw Fields.invalid("missing_required_parameter", "prompt", "'prompt' must be a text to continue.");
        }
        if (prompt.isArray() || prompt.isNumber()) {
            throw Fields.invalid(
                    "unsupported_parameter",
                    "prompt",
                    "'prompt' can only be one text: send several in requests of their own, and text for token ids.");
        }
        if (!prompt.isString()) throw Fields.invalid("invalid_type", "prompt", "'prompt' must be a string.");
        if (prompt.asString().isEmpty()) {
            throw Fields.invalid("invalid_value", "prompt", "'prompt' must not be empty.");
        }
        return prompt.asString();
    }

    private static OptionalInt topLogprobs(Fields body) {
        OptionalLong asked = body.whole("logprobs", 0, MOST_LOGPROBS);
        return asked.isPresent() ? OptionalInt.of((int) asked.getAsLong()) : OptionalInt.empty();
    }

    /** Answers that are made and thrown away would be paid like the others; who wants them asks for them with n. */
    private static void refuseBestOf(Fields body) {
        long best = body.whole("best_of", 1, 20).orElse(1);
        if (best != 1
                && best != body.whole("n", 1, ChatCompletionReader.MAX_CHOICES).orElse(1)) {
            throw Fields.invalid(
                    "unsupported_parameter", "best_of", "'best_of' can only be what 'n' is: no answer is thrown away.");
        }
    }
}
