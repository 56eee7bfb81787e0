package com.peerllm.shared.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and checks the body of {@code POST /v1/chat/completions}.
 *
 * <p>{@code null} means "not set" wherever a client may send it. A parameter that would change the answer and is not
 * supported yet is refused by name, and so is one that the API does not have; nothing is dropped in silence. No error
 * repeats what the body said.
 */
public final class ChatCompletionReader {
    private static final int MAX_MESSAGES = 4096;
    private static final int MAX_STOP_STRINGS = 4;
    private static final int MAX_STOP_LENGTH = 256;
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
            .build();

    /** Accepted and of no effect on the answer. */
    private static final Set<String> ACCEPTED = Set.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "parallel_tool_calls");

    /** Read by this class. */
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
            "n",
            "logprobs",
            "response_format",
            "tools",
            "logit_bias");

    /** Part of the OpenAI API, but not of this network yet. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "tool_choice",
            "functions",
            "function_call",
            "top_logprobs",
            "modalities",
            "audio",
            "prediction",
            "reasoning_effort",
            "verbosity",
            "web_search_options");

    private static final Map<String, String> ROLES =
            Map.of("system", "system", "developer", "system", "user", "user", "assistant", "assistant", "tool", "tool");

    private final JsonNode body;

    private ChatCompletionReader(JsonNode body) {
        this.body = body;
    }

    /** @throws InvalidRequest with the error that the sender gets */
    public static ChatCompletionRequest read(byte[] json) {
        JsonNode body;
        try {
            body = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new InvalidRequest(ApiError.badRequest("invalid_json", null, "The body is not valid JSON."));
        }
        if (body == null || !body.isObject()) {
            throw new InvalidRequest(ApiError.badRequest("invalid_json", null, "The body must be a JSON object."));
        }
        return new ChatCompletionReader(body).request();
    }

    private ChatCompletionRequest request() {
        refuseWhatCannotBeServed();
        boolean stream = flag(body, "stream", "stream");
        return new ChatCompletionRequest(
                model(),
                messages(),
                sampling(),
                AnswerOptions.PLAIN,
                maxTokens(),
                stop(),
                1,
                stream,
                stream && includeUsage());
    }

    private void refuseWhatCannotBeServed() {
        for (String name : body.propertyNames()) {
            if (READ.contains(name) || ACCEPTED.contains(name) || body.get(name).isNull()) continue;
            if (UNSUPPORTED.contains(name)) throw unsupported(name);
            String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
            throw invalid("unknown_parameter", shown, "Unknown parameter: '" + shown + "'.");
        }
        if (number("n", 1, 128, 1) != 1) throw unsupported("n");
        if (flag(body, "logprobs", "logprobs")) throw unsupported("logprobs");
        if (body.has("tools") && !isEmpty(body.get("tools"))) throw unsupported("tools");
        if (body.has("logit_bias") && !isEmpty(body.get("logit_bias"))) throw unsupported("logit_bias");
        JsonNode format = body.path("response_format");
        if (!isEmpty(format) && !"text".equals(format.path("type").asString(""))) throw unsupported("response_format");
    }

    private String model() {
        JsonNode model = body.path("model");
        if (!model.isString() || model.asString().isBlank()) {
            throw invalid(
                    "missing_required_parameter", "model", "'model' must name a model; GET /v1/models lists them.");
        }
        return model.asString();
    }

    private List<ChatMessage> messages() {
        JsonNode list = body.path("messages");
        if (!list.isArray() || list.isEmpty()) {
            throw invalid(
                    "missing_required_parameter", "messages", "'messages' must be a list with at least one message.");
        }
        if (list.size() > MAX_MESSAGES) {
            throw invalid("too_many_messages", "messages", "At most " + MAX_MESSAGES + " messages are accepted.");
        }
        List<ChatMessage> messages = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) messages.add(message(list.get(i), "messages[" + i + "]"));
        return messages;
    }

    private static ChatMessage message(JsonNode node, String at) {
        if (!node.isObject()) throw invalid("invalid_type", at, "A message must be an object.");
        String role = ROLES.get(node.path("role").asString(""));
        if (role == null) {
            throw invalid(
                    "invalid_value", at + ".role", "A role is one of system, developer, user, assistant and tool.");
        }
        if (!isEmpty(node.path("tool_calls"))) throw unsupported(at + ".tool_calls");
        JsonNode name = node.path("name");
        if (!isMissing(name) && !name.isString())
            throw invalid("invalid_type", at + ".name", "A name must be a string.");
        return ChatMessage.of(
                role,
                content(node.path("content"), at + ".content"),
                name.isString() ? Optional.of(name.asString()) : Optional.empty());
    }

    private static String content(JsonNode node, String at) {
        if (node.isString()) return node.asString();
        if (!node.isArray()) {
            throw invalid("invalid_type", at, "Content must be a string or a list of parts of type text.");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < node.size(); i++) {
            JsonNode part = node.get(i);
            String type = part.path("type").asString("");
            if (!type.equals("text")) throw unsupported(at + "[" + i + "].type");
            if (!part.path("text").isString()) {
                throw invalid("invalid_type", at + "[" + i + "].text", "The text of a part must be a string.");
            }
            text.append(part.path("text").asString());
        }
        return text.toString();
    }

    private SamplingParameters sampling() {
        return new SamplingParameters(
                number("temperature", 0, 2, 1),
                number("top_p", 0, 1, 1),
                (int) whole("top_k", 0, 1_000_000).orElse(0),
                number("min_p", 0, 1, 0),
                number("frequency_penalty", -2, 2, 0),
                number("presence_penalty", -2, 2, 0),
                1,
                whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                Map.of());
    }

    /** The newer name wins when a client sends both. */
    private OptionalInt maxTokens() {
        OptionalLong newer = whole("max_completion_tokens", 1, Integer.MAX_VALUE);
        OptionalLong limit = newer.isPresent() ? newer : whole("max_tokens", 1, Integer.MAX_VALUE);
        return limit.isPresent() ? OptionalInt.of((int) limit.getAsLong()) : OptionalInt.empty();
    }

    private List<String> stop() {
        JsonNode node = body.path("stop");
        if (isMissing(node)) return List.of();
        List<String> stop = new ArrayList<>();
        if (node.isString()) {
            stop.add(node.asString());
        } else if (node.isArray()) {
            for (JsonNode each : node) {
                if (!each.isString())
                    throw invalid("invalid_type", "stop", "'stop' must be a string or a list of strings.");
                stop.add(each.asString());
            }
        } else {
            throw invalid("invalid_type", "stop", "'stop' must be a string or a list of strings.");
        }
        if (stop.size() > MAX_STOP_STRINGS)
            throw invalid("invalid_value", "stop", "At most four stop strings are accepted.");
        for (String each : stop) {
            if (each.isEmpty() || each.length() > MAX_STOP_LENGTH) {
                throw invalid("invalid_value", "stop", "A stop string has 1 to " + MAX_STOP_LENGTH + " characters.");
            }
        }
        return stop;
    }

    private boolean includeUsage() {
        JsonNode options = body.path("stream_options");
        if (isMissing(options)) return false;
        if (!options.isObject()) throw invalid("invalid_type", "stream_options", "'stream_options' must be an object.");
        return flag(options, "include_usage", "stream_options.include_usage");
    }

    private static boolean flag(JsonNode object, String name, String at) {
        JsonNode node = object.path(name);
        if (isMissing(node)) return false;
        if (!node.isBoolean()) throw invalid("invalid_type", at, "'" + at + "' must be true or false.");
        return node.asBoolean();
    }

    private double number(String name, double least, double most, double otherwise) {
        JsonNode node = body.path(name);
        if (isMissing(node)) return otherwise;
        if (!node.isNumber()) throw invalid("invalid_type", name, "'" + name + "' must be a number.");
        double value = node.asDouble();
        if (!(value >= least && value <= most)) {
            throw invalid(
                    "invalid_value", name, "'" + name + "' must be from " + plain(least) + " to " + plain(most) + ".");
        }
        return value;
    }

    private OptionalLong whole(String name, long least, long most) {
        JsonNode node = body.path(name);
        if (isMissing(node)) return OptionalLong.empty();
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw invalid("invalid_type", name, "'" + name + "' must be a whole number.");
        }
        long value = node.asLong();
        if (value < least || value > most) {
            throw invalid("invalid_value", name, "'" + name + "' must be from " + least + " to " + most + ".");
        }
        return OptionalLong.of(value);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static boolean isMissing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isEmpty(JsonNode node) {
        return isMissing(node) || (node.isContainer() && node.isEmpty());
    }

    private static InvalidRequest unsupported(String param) {
        return invalid("unsupported_parameter", param, "'" + param + "' is not supported by this network yet.");
    }

    private static InvalidRequest invalid(String code, String param, String message) {
        return new InvalidRequest(ApiError.badRequest(code, param, message));
    }
}
