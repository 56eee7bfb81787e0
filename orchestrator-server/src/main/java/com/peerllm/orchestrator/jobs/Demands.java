package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import com.peerllm.shared.wire.ModelFeature;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a request asks of a host, worked out once: for a long one it takes milliseconds, which the event loop does not have.
 *
 * @param features what a host must offer to take it
 * @param callableTools names of the tools that an answer may call
 * @param prompt between how many tokens the prompt must be
 */
public record Demands(Set<ModelFeature> features, Set<String> callableTools, PromptSize prompt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static Demands of(ChatCompletionRequest chat) {
        Set<String> tools = chat.options().tools().map(Demands::callable).orElse(Set.of());
        return new Demands(features(chat), tools, PromptSize.of(chat));
    }

    /** Thinking asks for no feature: a model that does not think answers all the same. */
    private static Set<ModelFeature> features(ChatCompletionRequest chat) {
        EnumSet<ModelFeature> features =
                EnumSet.of(chat.continued().isPresent() ? ModelFeature.COMPLETIONS : ModelFeature.CHAT);
        if (chat.options().tools().isPresent()) features.add(ModelFeature.TOOLS);
        if (!(chat.options().format() instanceof ResponseFormat.Text)) features.add(ModelFeature.JSON_SCHEMA);
        if (chat.options().topLogprobs().isPresent()) features.add(ModelFeature.LOGPROBS);
        return features;
    }

    private static Set<String> callable(ToolUse tools) {
        ToolChoice choice = tools.choice();
        return switch (choice.mode()) {
            case NONE -> Set.of();
            case NAMED -> Set.of(choice.name().orElseThrow());
            case AUTO, REQUIRED -> {
                Set<String> names = new HashSet<>();
                for (JsonNode tool : JSON.readTree(tools.toolsJson())) {
                    names.add(tool.path("function").path("name").asString());
                }
                yield names;
            }
        };
    }

    /** Counts only: the names of tools belong to the prompt. */
    @Override
    public String toString() {
        return "Demands[" + features + ", " + callableTools.size() + " tools, " + prompt + "]";
    }
}
