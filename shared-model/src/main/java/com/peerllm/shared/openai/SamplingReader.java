package com.peerllm.shared.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads how tokens are chosen, when an answer stops, and what is told about its tokens. */
final class SamplingReader {
    private static final int MAX_STOP_STRINGS = 4;
    private static final int MAX_STOP_LENGTH = 256;
    private static final Pattern TOKEN_ID = Pattern.compile("[0-9]{1,9}");

    private SamplingReader() {}

    static SamplingParameters read(Fields body) {
        return new SamplingParameters(
                body.number("temperature", 0, 2, 1),
                body.number("top_p", 0, 1, 1),
                (int) body.whole("top_k", 0, 1_000_000).orElse(0),
                body.number("min_p", 0, 1, 0),
                body.number("frequency_penalty", -2, 2, 0),
                body.number("presence_penalty", -2, 2, 0),
                repeatPenalty(body),
                body.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                logitBias(body));
    }

    private static double repeatPenalty(Fields body) {
        double penalty = body.number("repeat_penalty", 0, 2, 1);
        if (penalty == 0) {
            throw Fields.invalid("invalid_value", "repeat_penalty", "'repeat_penalty' must be above 0, up to 2.");
        }
        return penalty;
    }

    private static Map<Integer, Double> logitBias(Fields body) {
        if (body.isEmpty("logit_bias")) return Map.of();
        Fields biases = body.object("logit_bias");
        Map<Integer, Double> byToken = new HashMap<>();
        for (String token : biases.names()) {
            if (!biases.has(token)) continue;
            if (!TOKEN_ID.matcher(token).matches()) {
                throw Fields.invalid("invalid_value", "logit_bias", "A name in 'logit_bias' must be a token id.");
            }
            byToken.put(Integer.valueOf(token), Fields.inRange(biases.node(token), biases.at(token), -100, 100));
            if (byToken.size() > SamplingParameters.MOST_LOGIT_BIASES) {
                throw Fields.invalid(
                        "invalid_value",
                        "logit_bias",
                        "At most " + SamplingParameters.MOST_LOGIT_BIASES + " tokens have a bias.");
            }
        }
        return byToken;
    }

    static OptionalInt topLogprobs(Fields body) {
        OptionalLong top = body.whole("top_logprobs", 0, AnswerOptions.MOST_TOP_LOGPROBS);
        if (body.flag("logprobs", false)) return OptionalInt.of((int) top.orElse(0));
        if (top.isPresent()) {
            throw Fields.invalid("invalid_value", "top_logprobs", "'top_logprobs' needs 'logprobs' to be true.");
        }
        return OptionalInt.empty();
    }

    /** The newer name wins when a client sends both. */
    static OptionalInt maxTokens(Fields body) {
        OptionalLong newer = body.whole("max_completion_tokens", 1, Integer.MAX_VALUE);
        OptionalLong limit = newer.isPresent() ? newer : body.whole("max_tokens", 1, Integer.MAX_VALUE);
        return limit.isPresent() ? OptionalInt.of((int) limit.getAsLong()) : OptionalInt.empty();
    }

    static List<String> stop(Fields body) {
        if (!body.has("stop")) return List.of();
        JsonNode node = body.node("stop");
        List<String> stop = new ArrayList<>();
        if (node.isString()) {
            stop.add(node.asString());
        } else if (node.isArray()) {
            for (JsonNode each : node) stop.add(each.isString() ? each.asString() : notText());
        } else {
            notText();
        }
        if (stop.size() > MAX_STOP_STRINGS) {
            throw Fields.invalid("invalid_value", "stop", "At most four stop strings are accepted.");
        }
        for (String each : stop) {
            if (each.isEmpty() || each.length() > MAX_STOP_LENGTH) {
                throw Fields.invalid(
                        "invalid_value", "stop", "A stop string has 1 to " + MAX_STOP_LENGTH + " characters.");
            }
        }
        return stop;
    }

    private static String notText() {
        throw Fields.invalid("invalid_type", "stop", "'stop' must be a string or a list of strings.");
    }
}
