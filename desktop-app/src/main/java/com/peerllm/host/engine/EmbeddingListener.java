package com.peerllm.host.engine;

import com.peerllm.shared.wire.EmbeddingVector;
import java.util.List;

/**
 * Hears texts become vectors: at most one {@code started}, then a vector for each input in the order of the inputs, then how it
 * ended. {@code finished} comes after the last vector, or with {@link Finish.Reason#CANCELLED} after fewer.
 */
public non-sealed interface EmbeddingListener extends JobListener {

    /**
     * The inputs are read.
     *
     * @param tokensPerInput how many tokens each has, the marks that the model wants around a text included
     */
    void started(List<Integer> tokensPerInput);

    /** The next input's vector; its length in the Euclidean sense is 1. */
    void vector(EmbeddingVector vector);
}
