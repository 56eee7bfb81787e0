package com.peerllm.host.engine;

import java.util.Objects;

/** Why a generation failed: a code, and a sentence that says what happened and what to do, without any prompt text. */
public record EngineFailure(EngineErrorCode code, String sentence) {
    public EngineFailure {
        Objects.requireNonNull(code);
        Objects.requireNonNull(sentence);
    }

    public boolean retryable() {
        return code.retryable();
    }
}
