package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.EmbeddingVector;
import java.time.Duration;
import java.util.List;

/** Where the vectors of a request go: one call of {@link #finish} or {@link #fail}, on the event loop. */
public interface EmbeddingAnswer {
    /** So much was set aside, and no more can be charged. Before anything else, once, unless the request is refused. */
    default void held(Credits atMost) {}

    /** A host begins; how long that took. */
    default void begins(Duration waited) {}

    /**
     * All vectors, in the order of the inputs.
     *
     * @param by who made them, and for how much
     */
    void finish(List<EmbeddingVector> vectors, Answer.Part by);

    void fail(ApiError error);

    /** The job is over, however it ended, and so many tokens are charged. Comes last, once. */
    default void over(long paidTokens) {}
}
