package com.peerllm.host;

import com.peerllm.host.engine.EngineState;
import java.util.Collection;

/** The one state of an engine with several models: the best of them, for a host serves as long as one model can answer. */
final class OverallState {
    private OverallState() {}

    static EngineState of(Collection<EngineState> states) {
        return states.stream()
                .min((one, other) -> Integer.compare(rank(one), rank(other)))
                .orElseGet(EngineState.Stopped::new);
    }

    /** A model that is not loaded can still be; one that failed cannot. */
    private static int rank(EngineState state) {
        return switch (state) {
            case EngineState.Ready _ -> 0;
            case EngineState.Restarting _ -> 1;
            case EngineState.Starting _ -> 2;
            case EngineState.Stopped _ -> 3;
            case EngineState.Failed _ -> 4;
        };
    }
}
