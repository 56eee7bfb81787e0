package com.peerllm.host.session;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.shared.wire.JobFailure;

/** What the network is told when the engine fails. */
final class JobFailures {
    private JobFailures() {}

    static JobFailure of(EngineErrorCode code) {
        return switch (code) {
            case ENGINE_LOST -> JobFailure.ENGINE_LOST;
            case BUSY -> JobFailure.BUSY;
            case STOPPED -> JobFailure.HOST_PAUSED;
            case PROMPT_TOO_LONG -> JobFailure.CONTEXT_EXCEEDED;
            case BAD_REQUEST -> JobFailure.BAD_REQUEST;
            case COMPUTE_FAILED -> JobFailure.INTERNAL;
            case NOT_READY,
                    NATIVES_MISSING,
                    LAYOUT_MISMATCH,
                    MODEL_MISSING,
                    MODEL_BROKEN,
                    NOT_ENOUGH_MEMORY,
                    START_FAILED,
                    TOO_SLOW,
                    QUARANTINED -> JobFailure.MODEL_NOT_LOADED;
        };
    }
}
