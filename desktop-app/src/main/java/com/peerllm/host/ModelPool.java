package com.peerllm.host;

import com.peerllm.host.catalog.Fit;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.Footprint;
import com.peerllm.host.engine.ResidentModels;
import com.peerllm.host.engine.ServableModel;
import com.peerllm.host.engine.Supervision;
import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.model.ModelDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of this computer in operation: those in memory, and what was measured and learnt of each. For any thread. */
final class ModelPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelPool.class);

    private final HardwareProfile profile;
    private final Machine machine;
    private final Surroundings around;
    private final ModelRecords records;
    private final LongUnaryOperator capped;
    private final Mailbox loader;
    private final ResidentModels models;
    private final Signal<Map<ModelDigest, EngineState>> states = new Signal<>(Map.of());
    private final Set<ModelDigest> told = new HashSet<>();
    private final Signal.Subscription watching;

    /**
     * @param threadBudget computing threads of all models together
     * @param capped what models may take of main memory, from what would be free for them
     */
    ModelPool(
            HardwareProfile profile,
            Machine machine,
            ModelRecords records,
            int threadBudget,
            LongUnaryOperator capped,
            Surroundings around) {
        this.profile = profile;
        this.machine = machine;
        this.around = around;
        this.records = records;
        this.capped = capped;
        loader = new Mailbox(around.threads());
        models = new ResidentModels(List.of(), this::room, threadBudget, loader);
        watching = models.states().subscribe(this::changed);
    }

    /** From now on these can be loaded, and no others. */
    void serve(List<PlannedModel> planned) {
        models.serve(planned.stream().map(this::servable).toList());
    }

    void useThreads(int budget) {
        models.useThreads(budget);
    }

    ResidentModels models() {
        return models;
    }

    HardwareProfile profile() {
        return profile;
    }

    ModelRecords records() {
        return records;
    }

    /** The state of each model; when it is told, what the model says of itself is in the {@link #records} already. */
    Signal<Map<ModelDigest, EngineState>> states() {
        return states;
    }

    /** What a person should know about these models: layers given up, too slow to be offered, not running. */
    List<String> notes(Collection<PlannedModel> of) {
        List<String> notes = new ArrayList<>();
        for (PlannedModel model : of) {
            models.engine(model.digest()).map(Engine::concessions).orElse(List.of()).stream()
                    .map(concession -> model.name() + ": " + concession)
                    .forEach(notes::add);
            records.run(model.digest())
                    .flatMap(ServedModels::tooSlow)
                    .ifPresent(why -> notes.add(model.name() + ": " + why));
            if (states.get().get(model.digest()) instanceof EngineState.Failed(var code, String sentence))
                notes.add(model.name() + ": " + sentence);
        }
        return List.copyOf(notes);
    }

    /** Loads what must be known or pinned, and then what is asked for most likely: the first one. */
    void warm(List<PlannedModel> toServe) {
        List<PlannedModel> unknown = toServe.stream()
                .filter(model -> records.run(model.digest())
                        .map(run -> run.features().isEmpty())
                        .orElse(true))
                .toList();
        for (PlannedModel model : unknown) models.load(model.digest());
        for (PlannedModel model : toServe) if (model.pinned()) models.load(model.digest());
        models.load(toServe.getFirst().digest());
    }

    /** Ends all processes; running answers fail. */
    @Override
    public void close() {
        models.close();
        loader.close();
        watching.close();
        states.set(Map.of());
    }

    private void changed(Map<ModelDigest, EngineState> now) {
        now.forEach(this::learn);
        states.set(now);
    }

    /** Keeps what a model told about itself when it became ready, once. */
    private void learn(ModelDigest model, EngineState state) {
        switch (state) {
            case EngineState.Ready(var facts) -> {
                if (!told.add(model)) return;
                models.engine(model)
                        .flatMap(Engine::measured)
                        .ifPresent(measured -> records.keep(model, measured, false));
                records.served(model, facts);
            }
            case EngineState.Failed(EngineErrorCode code, String sentence) -> {
                if (code == EngineErrorCode.TOO_SLOW) records.quarantine(model).begin(sentence);
                if (told.remove(model)) log.warn("A model does not run: {}", sentence);
            }
            case EngineState.Stopped _ -> told.remove(model);
            case EngineState.Starting _, EngineState.Restarting _ -> {}
        }
    }

    private ServableModel servable(PlannedModel model) {
        int mostWaiting = model.engine().slots() + model.engine().queueLimit();
        return new ServableModel(model.digest(), model.takes(), model.pinned(), mostWaiting, () -> engine(model));
    }

    private Engine engine(PlannedModel model) {
        Optional<ModelRunRow> run = records.run(model.digest());
        EngineOptions tuned = run.filter(ModelRunRow::searched)
                .map(best -> tuned(model.engine(), best))
                .orElse(model.engine());
        return new Engine(
                tuned.withMeasuring(run.isEmpty()),
                options -> refusal(model, options),
                around.threads(),
                around.clock(),
                Supervision.remembering(records.quarantine(model.digest())));
    }

    /** A person's own number of threads goes before the measured one. */
    private static EngineOptions tuned(EngineOptions planned, ModelRunRow best) {
        EngineOptions layers = best.gpuLayers() == 0 ? planned.withGpuLayers(0) : planned;
        EngineOptions batch = layers.withMicroBatch(best.microBatch());
        return planned.threads().isPresent() ? batch : batch.withThreads(best.threads());
    }

    /** Asked before each start of an engine, with the memory that is free then. */
    private Optional<String> refusal(PlannedModel model, EngineOptions options) {
        Wish asPlanned = Wish.of(options.slots(), options.contextPerSlot(), options.gpuLayers());
        return Fit.of(model.model().facts(), machine.now(profile), asPlanned) instanceof Fit.TooBig no
                ? Optional.of(no.sentence())
                : Optional.empty();
    }

    private Footprint room(Footprint resident) {
        HardwareProfile now = machine.now(profile);
        long device = profile.devices().value().stream()
                .filter(ComputeDevice::ownMemory)
                .mapToLong(ComputeDevice::freeBytes)
                .max()
                .orElse(0);
        long main = Fit.room(now, resident.mainBytes());
        return new Footprint(
                Math.min(main, capped.applyAsLong(main + resident.mainBytes()) - resident.mainBytes()),
                Math.max(0, device - resident.deviceBytes()));
    }
}
