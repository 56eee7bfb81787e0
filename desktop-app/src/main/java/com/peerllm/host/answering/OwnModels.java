package com.peerllm.host.answering;

import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.EmbeddingInput;
import java.util.List;

/** The models of this computer, for the person in front of it: loaded when they are asked, also while nothing is shared. */
public interface OwnModels {

    /**
     * One of them.
     *
     * @param name unique on this computer
     * @param features what it can do, in the words of {@code ModelFeature}; empty while it was never loaded
     * @param contextLength tokens that one answer may span, prompt included
     * @param freeSlots answers that it could begin now
     */
    record OwnModel(String name, ModelDigest digest, List<String> features, int contextLength, int freeSlots) {}

    List<OwnModel> list();

    /** Begins an answer, after loading the model if it must be; see {@link GenerationListener}. */
    Generation generate(ModelDigest model, GenerationRequest request, GenerationListener listener);

    Generation embed(ModelDigest model, List<EmbeddingInput> inputs, EmbeddingListener listener);
}
