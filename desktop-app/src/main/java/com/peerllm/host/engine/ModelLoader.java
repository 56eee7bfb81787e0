package com.peerllm.host.engine;

import com.peerllm.host.engine.ResidentModel.Phase;
import com.peerllm.host.engine.ResidentModel.Waiting;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.shared.model.ModelDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Brings models into memory and out of it again, one after another on a thread of its own, and lets those begin who waited.
 *
 * <p>{@link #want}, {@link #unload} and {@link #failWaiting} are for any thread; the rest runs on the loader's, but for {@link
 * #changed}, which engines call. Any thread may make a cold model wanted; every other change of its phase is made on the loader's
 * thread, so there a phase lasts between two holds of the lock. The lock is {@link Residency}'s, with its rules.
 */
final class ModelLoader {
    private final Residency residency;
    private final MemoryRoom room;
    private final ThreadSharing threads;
    private final Mailbox thread;

    /**
     * @param room is asked before each load
     * @param thread where models are loaded and unloaded
     */
    ModelLoader(Residency residency, MemoryRoom room, ThreadSharing threads, Mailbox thread) {
        this.residency = residency;
        this.room = room;
        this.threads = threads;
        this.thread = thread;
    }

    /** Will come to it, unless it is in memory or on its way; to be called with the lock that let somebody want it. */
    void want(ResidentModel model) {
        synchronized (residency) {
            if (model.phase != Phase.COLD || residency.closed()) return;
            model.phase = Phase.WANTED;
            thread.post(() -> bringIn(model));
        }
    }

    /** Ends the model's process, unless it answers or is pinned; returns at once. */
    void unload(ModelDigest id) {
        thread.post(() -> residency.find(id).ifPresent(model -> evict(model, false)));
    }

    /** Ends the processes of all models that do not answer, pinned ones too; returns when their memory is free. */
    void unloadIdle() {
        for (ResidentModel model : residency.all()) giveUpLoad(model);
        thread.ask(() -> {
            for (ResidentModel model : residency.all()) evictWhenIdle(model);
            return true;
        });
    }

    private void evictWhenIdle(ResidentModel model) {
        synchronized (residency) {
            model.leavesWhenIdle = model.phase == Phase.RESIDENT && !model.idle();
        }
        evict(model, true);
    }

    /** The last answer of a model ended whose memory is wanted back. */
    void left(ResidentModel model) {
        thread.post(() -> {
            synchronized (residency) {
                if (!model.leavesWhenIdle) return;
            }
            evict(model, true);
        });
    }

    /** Ends the process of a model that this host does not have any more; its answers fail with {@code STOPPED}. */
    void remove(ResidentModel model, EngineFailure why) {
        giveUpLoad(model);
        failWaiting(model, why);
        thread.post(() -> {
            Engine engine;
            synchronized (residency) {
                if (model.phase != Phase.RESIDENT) return;
                engine = model.beginLeaving();
            }
            end(model, engine);
        });
    }

    private void giveUpLoad(ResidentModel model) {
        synchronized (residency) {
            model.wishedFor = false;
            if (!residency.wants(model)) model.load.ifPresent(load -> load.complete(false));
        }
    }

    void failWaiting(ResidentModel model, EngineFailure why) {
        List<Waiting> left;
        synchronized (residency) {
            left = model.takeWaiting();
        }
        for (Waiting each : left) WorkerDialogue.heard(each.listener(), listener -> listener.failed(why));
    }

    private void bringIn(ResidentModel model) {
        synchronized (residency) {
            if (!residency.wants(model)) model.phase = Phase.COLD;
            if (model.phase != Phase.WANTED) return;
        }
        Optional<String> refusal = makeRoom(model);
        if (refusal.isPresent()) {
            giveUp(model, Optional.of(new EngineFailure(EngineErrorCode.NOT_ENOUGH_MEMORY, refusal.get())));
            return;
        }
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Engine engine = model.model.engine().get();
        synchronized (residency) {
            model.beginLoading(engine, outcome);
            // The last who waited may have left while room was made.
            if (!residency.wants(model)) outcome.complete(false);
        }
        boolean ready = load(model, engine, outcome);
        if (ready) serve(model, engine);
        else end(model, engine);
    }

    private boolean load(ResidentModel model, Engine engine, CompletableFuture<Boolean> outcome) {
        engine.state().subscribe(state -> changed(model, state, outcome));
        try {
            engine.start();
        } catch (IllegalStateException closedMeanwhile) {
            outcome.complete(false);
        }
        boolean ready = outcome.join();
        synchronized (residency) {
            model.load = Optional.empty();
        }
        return ready;
    }

    /** Unloads what the plan says; again when an answer began meanwhile in what should leave. */
    private Optional<String> makeRoom(ResidentModel model) {
        while (true) {
            Footprint resident = residency.inMemory().stream()
                    .map(ResidencyPlan.Resident::takes)
                    .reduce(Footprint.NOTHING, Footprint::plus);
            switch (ResidencyPlan.of(residency.inMemory(), model.model.takes(), room.besides(resident))) {
                case ResidencyPlan.Refused(String sentence) -> {
                    return Optional.of(sentence);
                }
                case ResidencyPlan.Load(List<ModelDigest> evict) -> {
                    boolean all = true;
                    for (ModelDigest id : evict)
                        all &= residency
                                .find(id)
                                .map(other -> evict(other, false))
                                .orElse(true);
                    if (all) return Optional.empty();
                }
            }
        }
    }

    private boolean evict(ResidentModel model, boolean pinnedToo) {
        Engine engine;
        synchronized (residency) {
            if (!(pinnedToo ? model.idle() : model.movable())) return false;
            model.wishedFor = false;
            engine = model.beginLeaving();
        }
        end(model, engine);
        return true;
    }

    private void serve(ResidentModel model, Engine engine) {
        List<Waiting> arrived;
        synchronized (residency) {
            arrived = model.becomeResident();
        }
        threads.share();
        for (Waiting each : arrived) each.handle().began(each.job().apply(engine));
    }

    /** Ends the process; when it returns its memory is free. Who came meanwhile gets the model loaded again. */
    private void end(ResidentModel model, Engine engine) {
        EngineState last = engine.state().get();
        engine.close();
        Optional<EngineFailure> why = last instanceof EngineState.Failed(EngineErrorCode code, String sentence)
                ? Optional.of(new EngineFailure(code, sentence))
                : Optional.empty();
        giveUp(model, why);
    }

    private void giveUp(ResidentModel model, Optional<EngineFailure> why) {
        why.ifPresent(failure -> failWaiting(model, failure));
        synchronized (residency) {
            model.becomeCold(why);
            if (!model.waiting.isEmpty()) want(model);
        }
        residency.tell();
    }

    /** What an engine tells, on a thread of its own. */
    private void changed(ResidentModel model, EngineState state, CompletableFuture<Boolean> outcome) {
        switch (state) {
            case EngineState.Ready _ -> {
                outcome.complete(true);
                threads.started(model);
            }
            case EngineState.Failed _ -> {
                if (!outcome.complete(false)) thread.post(() -> buried(model));
            }
            case EngineState.Starting _, EngineState.Restarting _, EngineState.Stopped _ -> {}
        }
        residency.tell();
    }

    /** A resident model's engine gave up: its place is free. */
    private void buried(ResidentModel model) {
        Engine engine;
        synchronized (residency) {
            if (model.phase != Phase.RESIDENT || !(model.state() instanceof EngineState.Failed)) return;
            engine = model.beginLeaving();
        }
        end(model, engine);
    }
}
