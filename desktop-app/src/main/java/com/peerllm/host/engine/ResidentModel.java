package com.peerllm.host.engine;

import com.peerllm.shared.model.ModelDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One model that can be in memory: where it is on its way there and who waits for it. {@link Residency}'s lock guards it. */
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
    ServableModel model;
    final List<Waiting> waiting = new ArrayList<>();
    Phase phase = Phase.COLD;
    Optional<Engine> engine = Optional.empty();
    Optional<EngineState.Failed> lastFailure = Optional.empty();
    /** Whether the load that goes on now ends with an engine that is ready; nothing while none does. */
    Optional<CompletableFuture<Boolean>> load = Optional.empty();

    int answering;
    int threads;
    long lastUsed;
    boolean wishedFor;
    /** Its memory is wanted back as soon as it answers nobody. */
    boolean leavesWhenIdle;

    ResidentModel(ServableModel model) {
        this.id = model.digest();
        this.model = model;
    }

    boolean takesMemory() {
        return phase == Phase.LOADING || phase == Phase.RESIDENT || phase == Phase.LEAVING;
    }

    ResidencyPlan.Resident resident() {
        return new ResidencyPlan.Resident(id, model.takes(), movable(), lastUsed);
    }

    boolean movable() {
        return idle() && !model.pinned();
    }

    boolean idle() {
        return phase == Phase.RESIDENT && answering == 0;
    }

    EngineState state() {
        if (engine.isPresent()) return engine.get().state().get();
        return lastFailure.<EngineState>map(failure -> failure).orElseGet(EngineState.Stopped::new);
    }

    void beginLoading(Engine newEngine, CompletableFuture<Boolean> outcome) {
        phase = Phase.LOADING;
        engine = Optional.of(newEngine);
        lastFailure = Optional.empty();
        load = Optional.of(outcome);
    }

    /** From now on it answers; those who waited are counted as answers, and the caller begins them. */
    List<Waiting> becomeResident() {
        phase = Phase.RESIDENT;
        List<Waiting> arrived = takeWaiting();
        answering += arrived.size();
        return arrived;
    }

    /** From now on who asks waits; the engine is the caller's to close. */
    Engine beginLeaving() {
        phase = Phase.LEAVING;
        return engine.orElseThrow();
    }

    /** @param why it is not in memory, when it is not there because of a failure */
    void becomeCold(Optional<EngineFailure> why) {
        engine = Optional.empty();
        phase = Phase.COLD;
        // Memory can come back; the other failures stay until somebody does something.
        lastFailure = why.filter(failure -> failure.code() != EngineErrorCode.NOT_ENOUGH_MEMORY)
                .map(failure -> new EngineState.Failed(failure.code(), failure.sentence()));
        if (why.isPresent()) wishedFor = false;
    }

    /** Nobody waits afterwards: what becomes of them is the caller's to tell. */
    List<Waiting> takeWaiting() {
        List<Waiting> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }
}
