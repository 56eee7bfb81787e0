package com.peerllm.shared.openai;

import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    private static final int MAX_NESTING = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(64)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Numbers in schemas go on as they came.
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

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
            "chat_template_kwargs");

    /** Part of the OpenAI API, but not of this network. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "functions", "function_call", "modalities", "audio", "prediction", "verbosity", "web_search_options");

    private ChatCompletionReader() {}

    /** @throws InvalidRequest with the error that the sender gets */
    public static ChatCompletionRequest read(byte[] json) {
        JsonNode body;
        try {
            body = JSON.readTree(json);
        } catch (JacksonException e) {
            throw Fields.invalid("invalid_json", null, "The body is not valid JSON.");
        }
        if (body == null || !body.isObject()) {
            throw Fields.invalid("invalid_json", null, "The body must be a JSON object.");
        }
        return request(Fields.ofBody(body));
    }

    private static ChatCompletionRequest request(Fields body) {
        refuseWhatCannotBeServed(body);
        boolean stream = body.flag("stream", false);
        return new ChatCompletionRequest(
                model(body),
                MessageReader.read(body),
                SamplingReader.read(body),
                options(body),
                SamplingReader.maxTokens(body),
                SamplingReader.stop(body),
                (int) body.whole("n", 1, MAX_CHOICES).orElse(1),
                HostWishes.NONE,
                stream,
                stream && includeUsage(body));
    }

    private static void refuseWhatCannotBeServed(Fields body) {
        for (String name : body.names()) {
            if (READ.contains(name) || ACCEPTED.contains(name) || !body.has(name)) continue;
            throw UNSUPPORTED.contains(name) ? Fields.unsupported(name) : body.unknown(name);
        }
    }

    private static String model(Fields body) {
        JsonNode model = body.node("model");
        if (!model.isString() || model.asString().isBlank()) {
            throw Fields.invalid(
                    "missing_required_parameter", "model", "'model' must name a model; GET /v1/models lists them.");
        }
        return model.asString();
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

    private static boolean includeUsage(Fields body) {
        return body.optionalObject("stream_options")
                .map(options -> options.flag("include_usage", false))
                .orElse(false);
    }
}
