package com.peerllm.host.engine;

import com.peerllm.host.engine.ResidentModel.Phase;
import com.peerllm.host.engine.ResidentModel.Waiting;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.EmbeddingInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The models of a host, of which as many are in memory as fit: an answer from one that is not loads it, and unloads idle ones
 * when their memory is needed. One model is loaded at a time, on the loader's thread; a running answer is never interrupted.
 *
 * <p>All methods are for any thread. The lock is {@link Residency}'s, with its rules.
 */
public final class ResidentModels implements AutoCloseable {
    private static final EngineFailure FULL = new EngineFailure(
            EngineErrorCode.BUSY, "Too many requests wait for this model to be loaded. Try again later.");

    private static final EngineFailure STOPPED = new EngineFailure(EngineErrorCode.STOPPED, "The engine was closed.");

    private static final EngineFailure NOT_LOADED =
            new EngineFailure(EngineErrorCode.NOT_READY, "The model is not in memory.");

    private final Residency residency;
    private final ThreadSharing threads;
    private final ModelLoader loader;

    /**
     * @param room is asked before each load
     * @param threadBudget computing threads of all models together
     * @param loader loads and unloads, one after another
     */
    public ResidentModels(List<ServableModel> servable, MemoryRoom room, int threadBudget, Mailbox loader) {
        this.residency = new Residency(servable);
        this.threads = new ThreadSharing(residency, threadBudget);
        this.loader = new ModelLoader(residency, room, threads, loader);
    }

    /** The state of each model's engine; {@code Stopped} while it is not in memory. */
    public Signal<Map<ModelDigest, EngineState>> states() {
        return residency.states();
    }

    /** Begins to load a model that nobody asks yet, if there is room for it. */
    public void load(ModelDigest id) {
        ResidentModel model = residency.known(id);
        synchronized (residency) {
            model.wishedFor = true;
            model.leavesWhenIdle = false;
            residency.used(model);
            loader.want(model);
        }
    }

    /**
     * From now on these can be loaded and no others. What is known already stays as it is, and is run in the new way after its
     * next load; the answers of what is gone fail with {@code STOPPED}.
     */
    public void serve(List<ServableModel> servable) {
        for (ResidentModel gone : residency.replace(servable)) loader.remove(gone, STOPPED);
        residency.tell();
    }

    /** @param budget computing threads of all models together, from now on */
    public void useThreads(int budget) {
        threads.useBudget(budget);
    }

    /** Begins an answer, after loading the model if it must be. */
    public Generation generate(ModelDigest id, GenerationRequest request, GenerationListener listener) {
        Optional<ResidentModel> model = residency.find(id);
        if (model.isEmpty()) return refused(listener);
        GenerationListener counted = new LastWordListener(listener, () -> ended(model.get()));
        return begin(model.get(), listener, engine -> engine.generate(request, counted));
    }

    /** Begins to turn texts into vectors, after loading the model if it must be. */
    public Generation embed(ModelDigest id, List<EmbeddingInput> inputs, EmbeddingListener listener) {
        Optional<ResidentModel> model = residency.find(id);
        if (model.isEmpty()) return refused(listener);
        EmbeddingListener counted = new LastVectorListener(listener, () -> ended(model.get()));
        return begin(model.get(), listener, engine -> engine.embed(inputs, counted));
    }

    private static Generation refused(JobListener listener) {
        listener.failed(NOT_LOADED);
        return () -> {};
    }

    /** Reads another host's part of an answer again; only by a model that is in memory. */
    public CompletableFuture<AuditFinding> audit(ModelDigest id, AuditRequest request) {
        return engine(id)
                .map(engine -> engine.audit(request))
                .orElseGet(() -> CompletableFuture.failedFuture(new EngineException(NOT_LOADED)));
    }

    /** Ends the model's process, unless it answers or is pinned; returns at once. */
    public void unload(ModelDigest id) {
        loader.unload(id);
    }

    /**
     * Ends the processes of all models that do not answer, pinned ones too; when it returns their memory is free. Those that
     * answer follow when they are done, unless somebody asks them again. Who asks afterwards gets the model loaded again.
     */
    public void unloadIdle() {
        loader.unloadIdle();
    }

    /** Answers that run or wait in one model. */
    public int answering(ModelDigest id) {
        synchronized (residency) {
            return residency
                    .find(id)
                    .map(model -> model.answering + model.waiting.size())
                    .orElse(0);
        }
    }

    /** Answers that run or wait in all models. */
    public int answering() {
        synchronized (residency) {
            return residency.all().stream()
                    .mapToInt(model -> model.answering + model.waiting.size())
                    .sum();
        }
    }

    /** The model's engine while it is in memory or on its way there. */
    public Optional<Engine> engine(ModelDigest id) {
        synchronized (residency) {
            return residency.find(id).flatMap(model -> model.engine);
        }
    }

    private Generation begin(ResidentModel model, JobListener listener, Function<Engine, Generation> job) {
        Optional<Engine> ready;
        Optional<EngineFailure> refusal = Optional.empty();
        LateGeneration late = new LateGeneration(() -> leave(model, listener));
        synchronized (residency) {
            residency.used(model);
            model.leavesWhenIdle = false;
            ready = model.phase == Phase.RESIDENT ? model.engine : Optional.empty();
            if (ready.isPresent()) model.answering++;
            else refusal = await(model, new Waiting(job, listener, late));
        }
        if (refusal.isPresent()) {
            listener.failed(refusal.get());
            return () -> {};
        }
        if (ready.isEmpty()) return late;
        threads.share();
        return job.apply(ready.get());
    }

    /** Takes it in, or says why not; with the lock. */
    private Optional<EngineFailure> await(ResidentModel model, Waiting request) {
        if (residency.closed()) return Optional.of(STOPPED);
        if (model.waiting.size() >= model.model.mostWaiting()) return Optional.of(FULL);
        model.waiting.add(request);
        loader.want(model);
        return Optional.empty();
    }

    /** A waiting request was cancelled; a load that nobody waits for any more is given up. */
    private void leave(ResidentModel model, JobListener gone) {
        synchronized (residency) {
            if (!model.waiting.removeIf(waiting -> waiting.listener() == gone)) return;
            if (!residency.wants(model)) model.load.ifPresent(load -> load.complete(false));
        }
        gone.finished(new Finish(Finish.Reason.CANCELLED, 0));
    }

    private void ended(ResidentModel model) {
        boolean leaves;
        synchronized (residency) {
            model.answering--;
            residency.used(model);
            leaves = model.leavesWhenIdle && model.answering == 0;
        }
        if (leaves) loader.left(model);
        else threads.share();
    }

    /** Ends all processes; running answers fail with {@code STOPPED}. The loader must still run, and is not closed here. */
    @Override
    public void close() {
        List<Engine> running;
        synchronized (residency) {
            residency.close();
            running = residency.all().stream()
                    .flatMap(model -> model.engine.stream())
                    .toList();
        }
        for (Engine engine : running) engine.close();
        for (ResidentModel model : residency.all()) loader.failWaiting(model, STOPPED);
        residency.tell();
    }
}
