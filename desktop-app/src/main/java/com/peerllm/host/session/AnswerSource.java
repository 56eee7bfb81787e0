package com.peerllm.host.session;

import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;

/** What makes answers: {@link com.peerllm.host.engine.Engine#generate}. */
@FunctionalInterface
public interface AnswerSource {
    Generation generate(GenerationRequest request, GenerationListener listener);
}
