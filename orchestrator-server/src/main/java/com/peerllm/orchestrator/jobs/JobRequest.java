package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import com.peerllm.shared.wire.ModelFeature;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One admitted request: who asks, for what, at which price.
 *
 * @param model the exact file and its price
 * @param features what a host must offer to take it
 * @param callableTools names of the tools that an answer may call
 * @param prompt counted once because deadlines ask for it again and again
 */
public record JobRequest(
        JobId id,
        AccountId consumer,
        ModelManifest model,
        ChatCompletionRequest chat,
        Set<ModelFeature> features,
        Set<String> callableTools,
        PromptSize prompt)
        implements Billable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static JobRequest of(JobId id, AccountId consumer, ModelManifest model, ChatCompletionRequest chat) {
        Set<String> tools = chat.options().tools().map(JobRequest::callable).orElse(Set.of());
        return new JobRequest(id, consumer, model, chat, features(chat), tools, PromptSize.of(chat));
    }

    /** Thinking asks for no feature: a model that does not think answers all the same. */
    private static Set<ModelFeature> features(ChatCompletionRequest chat) {
        EnumSet<ModelFeature> features = EnumSet.of(ModelFeature.CHAT);
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

    /** Turns of one conversation have the same key; others rarely. Never leaves memory. */
    int conversationKey() {
        String first = chat.messages().stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .map(ChatMessage::content)
                .orElse("");
        return Objects.hash(consumer, model.digest(), first);
    }

    /** Names the job and the model only, so that no log line can hold a prompt. */
    @Override
    public String toString() {
        return "JobRequest[" + id + ", " + model.id() + "]";
    }
}
