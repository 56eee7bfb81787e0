package com.peerllm.endtoend.kills;

import com.peerllm.shared.wire.TokenFrame;

/** What a host says about an answer, on its way through a {@link CuttingProxy}. */
sealed interface Passing {
    record Tokens(TokenFrame frame) implements Passing {}

    /** The answer is complete. */
    record Finished() implements Passing {}
}
