package com.peerllm.host.catalog;

import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.ModelShape;
import java.util.OptionalLong;

/**
 * How many bytes of a model's weights are read for one token: all, but in a mixture of experts only those of the experts that
 * are asked. Pure. The table of embeddings counts whole although one row of it is read, which a header does not tell apart.
 */
public final class ActiveWeights {
    private static final int MATRICES_OF_AN_EXPERT = 3;

    private ActiveWeights() {}

    /** Empty when the size of the weights is not known. */
    public static OptionalLong bytes(GgufFacts facts) {
        OptionalLong all = facts.weights().bytes();
        if (all.isEmpty()) return all;
        return OptionalLong.of((long) (all.getAsLong() * share(facts)));
    }

    private static double share(GgufFacts facts) {
        ModelShape shape = facts.shape();
        long parameters = facts.weights().parameterCount();
        if (shape.expertCount() == 0 || parameters <= 0) return 1;
        double ofExperts = (double) shape.layers()
                * shape.expertCount()
                * MATRICES_OF_AN_EXPERT
                * shape.embeddingLength()
                * shape.expertFeedForwardLength();
        double unused = 1 - (double) shape.expertsUsed() / shape.expertCount();
        return Math.clamp(1 - Math.min(1, ofExperts / parameters) * unused, 0, 1);
    }
}
