package com.peerllm.host.engine;

import com.peerllm.host.engine.ResidentModel.Phase;
import com.peerllm.host.engine.ResidentModel.Waiting;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.EmbeddingInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The models of a host, of which as many are in memory as fit: an answer from one that is not loads it, and unloads idle ones
 * when their memory is needed. One model is loaded at a time, on the loader's thread; a running answer is never interrupted.
 *
 * <p>All methods are for any thread.
 */
public final class ResidentModels implements AutoCloseable {
    private static final EngineFailure FULL = new EngineFailure(
            EngineErrorCode.BUSY, "Too many requests wait for this model to be loaded. Try again later.");

    private static final EngineFailure STOPPED = new EngineFailure(EngineErrorCode.STOPPED, "The engine was closed.");

    private final Map<ModelDigest, ResidentModel> models = new LinkedHashMap<>();
    private final Map<ModelDigest, CompletableFuture<Boolean>> loading = new LinkedHashMap<>();
    private final MemoryRoom room;
    private final int threadBudget;
    private final Mailbox loader;
    private final Signal<Map<ModelDigest, EngineState>> states;
    private final Object telling = new Object();
    private long uses;
    private boolean closed;

    /**
     * @param room is asked before each load
     * @param threadBudget computing threads of all models together
     * @param loader loads and unloads, one after another
     */
    public ResidentModels(List<ServableModel> servable, MemoryRoom room, int threadBudget, Mailbox loader) {
        for (ServableModel model : servable) models.put(model.digest(), new ResidentModel(model));
        this.room = room;
        this.threadBudget = threadBudget;
        this.loader = loader;
        this.states = new Signal<>(snapshot());
    }

    /** The state of each model's engine; {@code Stopped} while it is not in memory. */
    public Signal<Map<ModelDigest, EngineState>> states() {
        return states;
    }

    /** Begins to load a model that nobody asks yet, if there is room for it. */
    public synchronized void load(ModelDigest id) {
        ResidentModel model = known(id);
        model.wishedFor = true;
        model.lastUsed = ++uses;
        want(model);
    }

    /** Begins an answer, after loading the model if it must be. */
    public Generation generate(ModelDigest id, GenerationRequest request, GenerationListener listener) {
        ResidentModel model = known(id);
        return begin(model, listener, engine -> engine.generate(request, counted(model, listener)));
    }

    /** Begins to turn texts into vectors, after loading the model if it must be. */
    public Generation embed(ModelDigest id, List<EmbeddingInput> inputs, EmbeddingListener listener) {
        ResidentModel model = known(id);
        return begin(model, listener, engine -> engine.embed(inputs, counted(model, listener)));
    }

    private Generation begin(ResidentModel model, JobListener listener, Function<Engine, Generation> job) {
        Optional<Engine> ready;
        Optional<EngineFailure> refusal = Optional.empty();
        LateGeneration late = new LateGeneration(() -> leave(model, listener));
        synchronized (this) {
            model.lastUsed = ++uses;
            ready = model.phase == Phase.RESIDENT ? model.engine : Optional.empty();
            if (ready.isPresent()) model.answering++;
            else refusal = await(model, new Waiting(job, listener, late));
        }
        if (refusal.isPresent()) {
            listener.failed(refusal.get());
            return () -> {};
        }
        if (ready.isEmpty()) return late;
        shareThreads();
        return job.apply(ready.get());
    }

    /** Ends the model's process, unless it answers or is pinned; returns at once. */
    public void unload(ModelDigest id) {
        loader.post(() -> {
            synchronized (this) {
                if (!known(id).resident().movable()) return;
            }
            evict(known(id));
        });
    }

    /** Answers that run or wait in all models. */
    public synchronized int answering() {
        return models.values().stream()
                .mapToInt(model -> model.answering + model.waiting.size())
                .sum();
    }

    /** The model's engine while it is in memory or on its way there. */
    public synchronized Optional<Engine> engine(ModelDigest id) {
        return known(id).engine;
    }

    private ResidentModel known(ModelDigest id) {
        ResidentModel model = models.get(id);
        if (model == null) throw new IllegalArgumentException("This host has no model " + id.shortForm());
        return model;
    }

    // --- those who wait --------------------------------------------------------------------------------------------

    /** Takes it in, or says why not. */
    private Optional<EngineFailure> await(ResidentModel model, Waiting request) {
        if (closed) return Optional.of(STOPPED);
        if (model.waiting.size() >= model.model.mostWaiting()) return Optional.of(FULL);
        model.waiting.add(request);
        want(model);
        return Optional.empty();
    }

    private boolean isWanted(ResidentModel model) {
        return !closed && (model.wishedFor || !model.waiting.isEmpty());
    }

    private void want(ResidentModel model) {
        if (model.phase != Phase.COLD || closed) return;
        model.phase = Phase.WANTED;
        loader.post(() -> bringIn(model));
    }

    /** A waiting request was cancelled; a load that nobody waits for any more is given up. */
    private void leave(ResidentModel model, JobListener gone) {
        synchronized (this) {
            if (!model.waiting.removeIf(waiting -> waiting.listener() == gone)) return;
            CompletableFuture<Boolean> load = loading.get(model.id);
            if (load != null && !isWanted(model)) load.complete(false);
        }
        gone.finished(new Finish(Finish.Reason.CANCELLED, 0));
    }

    private void failWaiting(ResidentModel model, EngineFailure why) {
        List<Waiting> left;
        synchronized (this) {
            left = List.copyOf(model.waiting);
            model.waiting.clear();
        }
        for (Waiting each : left) WorkerDialogue.heard(each.listener(), listener -> listener.failed(why));
    }

    // --- the loader's thread ---------------------------------------------------------------------------------------

    private void bringIn(ResidentModel model) {
        synchronized (this) {
            if (!isWanted(model)) model.phase = Phase.COLD;
            if (model.phase != Phase.WANTED) return;
        }
        Optional<String> refusal = makeRoom(model);
        if (refusal.isPresent()) {
            giveUp(model, Optional.of(new EngineFailure(EngineErrorCode.NOT_ENOUGH_MEMORY, refusal.get())));
            return;
        }
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Engine engine = model.model.engine().get();
        synchronized (this) {
            model.phase = Phase.LOADING;
            model.engine = Optional.of(engine);
            model.lastFailure = Optional.empty();
            loading.put(model.id, outcome);
            // The last who waited may have left while room was made.
            if (!isWanted(model)) outcome.complete(false);
        }
        engine.state().subscribe(state -> changed(model, state, outcome));
        try {
            engine.start();
        } catch (IllegalStateException closedMeanwhile) {
            outcome.complete(false);
        }
        boolean ready = outcome.join();
        synchronized (this) {
            loading.remove(model.id);
        }
        if (ready) serve(model, engine);
        else close(model, engine);
    }

    /** Unloads what the plan says; again when an answer began meanwhile in what should leave. */
    private Optional<String> makeRoom(ResidentModel model) {
        while (true) {
            Footprint resident =
                    residents().stream().map(ResidencyPlan.Resident::takes).reduce(Footprint.NOTHING, Footprint::plus);
            switch (ResidencyPlan.of(residents(), model.model.takes(), room.besides(resident))) {
                case ResidencyPlan.Refused(String sentence) -> {
                    return Optional.of(sentence);
                }
                case ResidencyPlan.Load(List<ModelDigest> evict) -> {
                    boolean all = true;
                    for (ModelDigest id : evict) all &= evict(known(id));
                    if (all) return Optional.empty();
                }
            }
        }
    }

    private synchronized List<ResidencyPlan.Resident> residents() {
        return models.values().stream()
                .filter(ResidentModel::takesMemory)
                .map(ResidentModel::resident)
                .toList();
    }

    private boolean evict(ResidentModel model) {
        Engine engine;
        synchronized (this) {
            if (!model.resident().movable()) return false;
            model.phase = Phase.LEAVING;
            model.wishedFor = false;
            engine = model.engine.orElseThrow();
        }
        close(model, engine);
        return true;
    }

    private void serve(ResidentModel model, Engine engine) {
        List<Waiting> arrived;
        synchronized (this) {
            model.phase = Phase.RESIDENT;
            arrived = new ArrayList<>(model.waiting);
            model.waiting.clear();
            model.answering += arrived.size();
        }
        shareThreads();
        for (Waiting each : arrived) each.handle().began(each.job().apply(engine));
    }

    /** Ends the process; when it returns its memory is free. Who came meanwhile gets the model loaded again. */
    private void close(ResidentModel model, Engine engine) {
        EngineState last = engine.state().get();
        engine.close();
        Optional<EngineFailure> why = last instanceof EngineState.Failed(EngineErrorCode code, String sentence)
                ? Optional.of(new EngineFailure(code, sentence))
                : Optional.empty();
        giveUp(model, why);
    }

    private void giveUp(ResidentModel model, Optional<EngineFailure> why) {
        why.ifPresent(failure -> failWaiting(model, failure));
        synchronized (this) {
            model.engine = Optional.empty();
            model.phase = Phase.COLD;
            // Memory can come back; the other failures stay until somebody does something.
            model.lastFailure = why.filter(failure -> failure.code() != EngineErrorCode.NOT_ENOUGH_MEMORY)
                    .map(failure -> new EngineState.Failed(failure.code(), failure.sentence()));
            if (why.isPresent()) model.wishedFor = false;
            if (!model.waiting.isEmpty()) want(model);
        }
        tell();
    }

    // --- what engines tell -----------------------------------------------------------------------------------------

    private void changed(ResidentModel model, EngineState state, CompletableFuture<Boolean> outcome) {
        switch (state) {
            case EngineState.Ready _ -> {
                outcome.complete(true);
                synchronized (this) {
                    model.threads = threadBudget;
                }
                shareThreads();
            }
            case EngineState.Failed _ -> {
                if (!outcome.complete(false)) loader.post(() -> buried(model));
            }
            case EngineState.Starting _, EngineState.Restarting _, EngineState.Stopped _ -> {}
        }
        tell();
    }

    /** A resident model's engine gave up: its place is free. */
    private void buried(ResidentModel model) {
        Engine engine;
        synchronized (this) {
            if (model.phase != Phase.RESIDENT || !(model.state() instanceof EngineState.Failed)) return;
            model.phase = Phase.LEAVING;
            engine = model.engine.orElseThrow();
        }
        close(model, engine);
    }

    private GenerationListener counted(ResidentModel model, GenerationListener listener) {
        return new LastWordListener(listener, () -> ended(model));
    }

    private EmbeddingListener counted(ResidentModel model, EmbeddingListener listener) {
        return new LastVectorListener(listener, () -> ended(model));
    }

    private void ended(ResidentModel model) {
        synchronized (this) {
            model.answering--;
            model.lastUsed = ++uses;
        }
        shareThreads();
    }

    private void shareThreads() {
        List<Engine> changed;
        final int each;
        synchronized (this) {
            List<ResidentModel> answering = models.values().stream()
                    .filter(model -> model.answering > 0)
                    .toList();
            each = ThreadShares.each(threadBudget, answering.size());
            changed = answering.stream()
                    .filter(model -> model.threads != each)
                    .flatMap(model -> model.engine.stream())
                    .toList();
            for (ResidentModel model : answering) model.threads = each;
        }
        for (Engine engine : changed) engine.useThreads(each);
    }

    private void tell() {
        synchronized (telling) {
            states.set(snapshot());
        }
    }

    private synchronized Map<ModelDigest, EngineState> snapshot() {
        Map<ModelDigest, EngineState> now = new LinkedHashMap<>();
        models.forEach((id, model) -> now.put(id, model.state()));
        return now;
    }

    /** Ends all processes; running answers fail with {@code STOPPED}. The loader must still run, and is not closed here. */
    @Override
    public void close() {
        List<Engine> running;
        synchronized (this) {
            closed = true;
            loading.values().forEach(load -> load.complete(false));
            running = models.values().stream()
                    .flatMap(model -> model.engine.stream())
                    .toList();
        }
        for (Engine engine : running) engine.close();
        for (ResidentModel model : models.values()) failWaiting(model, STOPPED);
        tell();
    }
}
