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
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.AnswerMeter;
import com.peerllm.host.session.ServedModel;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.model.ModelDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host's models in operation: the resident ones, what was measured of each, and what of them the network is offered. */
final class ModelPool implements Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(ModelPool.class);

    private final ServePlan plan;
    private final Machine machine;
    private final Surroundings around;
    private final ModelRecords records;
    private final Mailbox loader;
    private final ResidentModels models;
    private final ServedModels offers;
    private final Signal<List<ServedModel>> served;
    private final Signal<EngineState> overall = new Signal<>(new EngineState.Stopped());
    private final Set<ModelDigest> told = new HashSet<>();
    private Signal.Subscription watching = () -> {};

    /** @param served is kept up to date */
    ModelPool(
            ServePlan plan,
            Machine machine,
            ModelRecords records,
            AnswerMeter meter,
            Signal<List<ServedModel>> served,
            Surroundings around) {
        this.plan = plan;
        this.machine = machine;
        this.around = around;
        this.records = records;
        this.served = served;
        loader = new Mailbox(around.threads());
        models = new ResidentModels(
                plan.models().stream().map(this::servable).toList(), this::room, plan.threadBudget(), loader);
        offers = new ServedModels(
                plan.models(),
                records::run,
                model -> meter.metering((request, listener) -> models.generate(model, request, listener)),
                model -> meter.meteringInputs((inputs, listener) -> models.embed(model, inputs, listener)),
                model -> request -> models.audit(model, request));
    }

    Signal<EngineState> overall() {
        return overall;
    }

    int answering() {
        return models.answering();
    }

    /** The state of each model, in the order of the plan. */
    Map<ModelDigest, EngineState> states() {
        return models.states().get();
    }

    /** What a person should know about a model that runs or does not: layers given up, too slow to be offered. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (PlannedModel model : plan.models()) {
            models.engine(model.digest()).map(Engine::concessions).orElse(List.of()).stream()
                    .map(concession -> model.name() + ": " + concession)
                    .forEach(notes::add);
            records.run(model.digest())
                    .flatMap(ServedModels::tooSlow)
                    .ifPresent(why -> notes.add(model.name() + ": " + why));
            if (states().get(model.digest()) instanceof EngineState.Failed(var code, String sentence))
                notes.add(model.name() + ": " + sentence);
        }
        return List.copyOf(notes);
    }

    /** Loads what must be known or pinned, and then what is asked for most likely: the first model. */
    @Override
    public void start() {
        watching = models.states().subscribe(this::changed);
        List<PlannedModel> unknown = plan.models().stream()
                .filter(model -> records.run(model.digest())
                        .map(run -> run.features().isEmpty())
                        .orElse(true))
                .toList();
        for (PlannedModel model : unknown) models.load(model.digest());
        for (PlannedModel model : plan.models()) if (model.pinned()) models.load(model.digest());
        models.load(plan.models().getFirst().digest());
    }

    @Override
    public void stop() {
        watching.close();
        models.close();
        loader.close();
        overall.set(new EngineState.Stopped());
    }

    private void changed(Map<ModelDigest, EngineState> states) {
        states.forEach(this::learn);
        served.set(offers.in(states));
        overall.set(OverallState.of(states.values()));
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
        return Fit.of(model.model().facts(), machine.now(plan.machine()), asPlanned) instanceof Fit.TooBig no
                ? Optional.of(no.sentence())
                : Optional.empty();
    }

    private Footprint room(Footprint resident) {
        HardwareProfile now = machine.now(plan.machine());
        long device = plan.machine().devices().value().stream()
                .filter(ComputeDevice::ownMemory)
                .mapToLong(ComputeDevice::freeBytes)
                .max()
                .orElse(0);
        return new Footprint(Fit.room(now, resident.mainBytes()), Math.max(0, device - resident.deviceBytes()));
    }
}
