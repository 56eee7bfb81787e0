package com.peerllm.host.localapi;

import com.peerllm.host.answering.OwnModels.OwnModel;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.EmbeddingRequest;
import com.peerllm.shared.openai.InvalidRequest;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.wire.ModelFeature;

/** Refuses by name what a model of this computer cannot do. A model that was never loaded is asked: nobody knows yet. */
final class Abilities {
    private Abilities() {}

    static void requireFor(ChatCompletionRequest chat, OwnModel model) {
        if (chat.wishes().estimateOnly()) {
            throw refused(
                    "unsupported_parameter",
                    "peerllm.estimate",
                    "An answer of this computer costs nothing: there is no estimate.");
        }
        if (chat.continued().isPresent()) {
            require(
                    model,
                    ModelFeature.COMPLETIONS,
                    "model",
                    "continues no plain text: ask it with POST /v1/chat/completions");
        } else {
            require(
                    model,
                    ModelFeature.CHAT,
                    "model",
                    "answers no chats: it makes embeddings. Ask it with POST /v1/embeddings");
        }
        if (chat.options().tools().isPresent()) require(model, ModelFeature.TOOLS, "tools", "calls no tools");
        if (!(chat.options().format() instanceof ResponseFormat.Text))
            require(model, ModelFeature.JSON_SCHEMA, "response_format", "keeps to no form");
        if (chat.options().topLogprobs().isPresent())
            require(model, ModelFeature.LOGPROBS, "logprobs", "tells no log probabilities");
    }

    static void requireFor(EmbeddingRequest request, OwnModel model) {
        if (request.wishes().estimateOnly()) {
            throw refused(
                    "unsupported_parameter",
                    "peerllm.estimate",
                    "Vectors of this computer cost nothing: there is no estimate.");
        }
        require(
                model,
                ModelFeature.EMBEDDINGS,
                "model",
                "makes no embeddings: it answers chats. Ask it with POST /v1/chat/completions");
    }

    private static void require(OwnModel model, ModelFeature feature, String param, String instead) {
        if (model.features().isEmpty() || model.features().contains(feature.wireName())) return;
        throw refused("unsupported_model", param, "'" + model.name() + "' " + instead + ".");
    }

    private static InvalidRequest refused(String code, String param, String sentence) {
        return new InvalidRequest(ApiError.badRequest(code, param, sentence));
    }
}
