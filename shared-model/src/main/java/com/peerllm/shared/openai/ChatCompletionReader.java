package com.peerllm.shared.openai;

import java.util.Optional;
import java.util.Set;

/**
 * Reads and checks the body of {@code POST /v1/chat/completions}, with one reader for each subject.
 *
 * <p>{@code null} means "not set" wherever a client may send it. A parameter that would change the answer and is not
 * supported is refused by name, and so is one that the API does not have; nothing is dropped in silence. No error repeats
 * what the body said.
 */
public final class ChatCompletionReader {
    /** Most answers to one prompt. */
    static final int MAX_CHOICES = 8;

    /** Accepted and of no effect on the answer. */
    private static final Set<String> ACCEPTED =
            Set.of("user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key");

    /** Read by this class and the readers of the subjects. */
    private static final Set<String> READ = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "stop",
            "max_tokens",
            "max_completion_tokens",
            "frequency_penalty",
            "presence_penalty",
            "repeat_penalty",
            "logit_bias",
            "n",
            "logprobs",
            "top_logprobs",
            "response_format",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "reasoning_effort",
            "reasoning_budget_tokens",
            "thinking_budget_tokens",
            "chat_template_kwargs",
            WishesReader.FIELD);

    /** Part of the OpenAI API, but not of this network. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "functions", "function_call", "modalities", "audio", "prediction", "verbosity", "web_search_options");

    private ChatCompletionReader() {}

    /** @throws InvalidRequest with the error that the sender gets */
    public static ChatCompletionRequest read(byte[] json) {
        return request(RequestBody.read(json));
    }

    private static ChatCompletionRequest request(Fields body) {
        body.refuseOthers(READ, ACCEPTED, UNSUPPORTED);
        boolean stream = body.flag("stream", false);
        return new ChatCompletionRequest(
                RequestBody.model(body),
                MessageReader.read(body),
                Optional.empty(),
                SamplingReader.read(body),
                options(body),
                SamplingReader.maxTokens(body),
                SamplingReader.stop(body),
                (int) body.whole("n", 1, MAX_CHOICES).orElse(1),
                WishesReader.read(body),
                stream,
                stream && RequestBody.includeUsage(body));
    }

    private static AnswerOptions options(Fields body) {
        Optional<ToolUse> tools = ToolReader.read(body);
        ResponseFormat format = FormatReader.read(body);
        if (tools.isPresent() && !(format instanceof ResponseFormat.Text)) {
            throw Fields.invalid(
                    "unsupported_parameter",
                    "response_format",
                    "'response_format' other than text does not go together with 'tools'; send one of them.");
        }
        return new AnswerOptions(tools, format, ReasoningReader.read(body), SamplingReader.topLogprobs(body));
    }
}
