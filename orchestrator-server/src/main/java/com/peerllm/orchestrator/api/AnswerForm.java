package com.peerllm.orchestrator.api;

import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.wire.ModelFeature;
import java.util.Map;

/** What differs between the routes that make answers: how a request is read, and how its answer looks. */
sealed interface AnswerForm permits ChatForm, TextForm {
    /** @throws com.peerllm.shared.openai.InvalidRequest with the error that the sender gets */
    ChatCompletionRequest read(byte[] body);

    /** What a host must be able to do with the model. */
    ModelFeature feature();

    /** For a model of which no host can do that. */
    ApiError unsupported(ModelId model);

    /** The id of an answer is this and what follows {@code job_} in its job's. */
    String idPrefix();

    /** What an answer in one piece says that it is. */
    String object();

    /** What each chunk of a streamed answer says that it is. */
    String chunkObject();

    ChoiceWriter writer(ChunkEnvelope envelope, int index, ChatCompletionRequest request);

    /** One choice of an answer in one piece. */
    Map<String, Object> choice(CollectedChoice choice, ChatCompletionRequest request);
}
