package com.peerllm.host.session;

import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.Generation;
import com.peerllm.shared.openai.EmbeddingInput;
import java.util.List;

/** What turns texts into vectors: {@link com.peerllm.host.engine.Engine#embed}. */
@FunctionalInterface
public interface EmbeddingSource {
    Generation embed(List<EmbeddingInput> inputs, EmbeddingListener listener);
}
