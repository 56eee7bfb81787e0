package com.peerllm.host.engine;

import com.peerllm.shared.model.ModelDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One model that can be in memory: where it is on its way there and who waits for it. {@link ResidentModels}' lock guards it. */
final class ResidentModel {
    /** The way into memory and out of it. */
    enum Phase {
        COLD,
        /** Somebody waits; the loader will come to it. */
        WANTED,
        LOADING,
        RESIDENT,
        /** It is being unloaded; who asks now waits for the next load. */
        LEAVING
    }

    /** A request that came before the model was there. */
    record Waiting(Function<Engine, Generation> job, JobListener listener, LateGeneration handle) {}

    final ModelDigest id;
    final ServableModel model;
    final List<Waiting> waiting = new ArrayList<>();
    Phase phase = Phase.COLD;
    Optional<Engine> engine = Optional.empty();
    Optional<EngineState.Failed> lastFailure = Optional.empty();
    int answering;
    int threads;
    long lastUsed;
    boolean wishedFor;

    ResidentModel(ServableModel model) {
        this.id = model.digest();
        this.model = model;
    }

    boolean takesMemory() {
        return phase == Phase.LOADING || phase == Phase.RESIDENT || phase == Phase.LEAVING;
    }

    ResidencyPlan.Resident resident() {
        boolean movable = phase == Phase.RESIDENT && answering == 0 && !model.pinned();
        return new ResidencyPlan.Resident(id, model.takes(), movable, lastUsed);
    }

    EngineState state() {
        if (engine.isPresent()) return engine.get().state().get();
        return lastFailure.<EngineState>map(failure -> failure).orElseGet(EngineState.Stopped::new);
    }
}
