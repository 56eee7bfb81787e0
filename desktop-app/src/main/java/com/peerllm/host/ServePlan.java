package com.peerllm.host;

import com.peerllm.host.catalog.Fit;
import com.peerllm.host.catalog.GpuLayers;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.Footprint;
import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.ModelKind;
import com.peerllm.shared.gguf.Pooling;
import com.peerllm.shared.gguf.RunShape;
import com.peerllm.shared.money.TokenPrice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a host is going to do: which models, in which shape, for which orchestrator.
 *
 * @param ownCa certificates to trust besides the usual ones
 * @param models at least one; the first is the one that screens name
 */
public record ServePlan(
        OrchestratorAddress orchestrator, Optional<Path> ownCa, HardwareProfile machine, List<PlannedModel> models) {
    public ServePlan {
        models = List.copyOf(models);
        if (models.isEmpty()) throw new IllegalArgumentException("A host serves at least one model");
    }

    /** Threads that may compute at the same time in all models together: as many as one model would take alone. */
    int threadBudget() {
        return threadBudget(machine, engine().threads());
    }

    /** @param wished by the person; else one less than the computer has cores */
    static int threadBudget(HardwareProfile machine, OptionalInt wished) {
        int cores = machine.physicalCores().value();
        return Math.clamp(wished.orElse(cores - 1), 1, Math.max(1, cores));
    }

    ServePlan with(List<PlannedModel> others) {
        return new ServePlan(orchestrator, ownCa, machine, others);
    }

    /** The first model. */
    public CheckedModel model() {
        return models.getFirst().model();
    }

    /** How the first model is run. */
    public EngineOptions engine() {
        return models.getFirst().engine();
    }

    /**
     * Decides how a model runs here, from its header alone: before a big file is read for its digest.
     *
     * @throws HostException {@code BAD_MODEL} or {@code NOT_ENOUGH_MEMORY} with what to do
     */
    public static Shape shape(GgufFacts facts, HardwareProfile machine, Wish wish) {
        refuseOtherKinds(facts);
        return switch (Fit.of(facts, machine, wish)) {
            case Fit.TooBig no -> throw new HostException(Problem.NOT_ENOUGH_MEMORY, no.sentence());
            case Fit.Runs runs -> new Shape(runs.shape(), runs.gpuLayers(), takes(facts, runs, machine));
            case Fit.Unknown unknown ->
                new Shape(
                        unknown.shape(),
                        unknown.gpuLayers(),
                        new Footprint(facts.weights().bytes().orElse(0), 0));
        };
    }

    /** How a model is run, and the memory it takes; see {@link Fit}. */
    public record Shape(RunShape run, int gpuLayers, Footprint takes) {}

    private static Footprint takes(GgufFacts facts, Fit.Runs runs, HardwareProfile machine) {
        boolean ownMemory = machine.devices().value().stream().anyMatch(ComputeDevice::ownMemory);
        long onDevice = ownMemory ? GpuLayers.deviceBytes(facts, runs.memory(), runs.gpuLayers()) : 0;
        return new Footprint(runs.memory().totalBytes() - onDevice, onDevice);
    }

    private static void refuseOtherKinds(GgufFacts facts) {
        ModelKind kind = facts.kind();
        if (kind == ModelKind.RANKING)
            throw new HostException(
                    Problem.BAD_MODEL,
                    "This model ranks texts; hosts serve models that chat or make embeddings. Choose another.");
        if (kind == ModelKind.EMBEDDING && facts.pooling() == Pooling.NONE)
            throw new HostException(
                    Problem.BAD_MODEL,
                    "This model makes a vector of every token and its file does not say how to make one of a text. Choose another.");
    }

    /** A plan for one model. */
    public static ServePlan of(
            OrchestratorAddress orchestrator,
            Optional<Path> ownCa,
            HardwareProfile machine,
            CheckedModel model,
            Shape shape,
            Path natives,
            OptionalInt threads,
            Optional<TokenPrice> ask) {
        return new ServePlan(
                orchestrator, ownCa, machine, List.of(planned(model, shape, natives, threads, false, ask)));
    }

    /**
     * @param pinned whether the model stays in memory
     * @param ask what is asked for a million tokens; without one, the network's price
     */
    public static PlannedModel planned(
            CheckedModel model,
            Shape shape,
            Path natives,
            OptionalInt threads,
            boolean pinned,
            Optional<TokenPrice> ask) {
        EngineOptions options = EngineOptions.of(model.model().path(), natives)
                .withSlots(shape.run().slots(), shape.run().contextPerSlot())
                .withGpuLayers(shape.gpuLayers());
        EngineOptions withThreads = threads.isPresent() ? options.withThreads(threads.getAsInt()) : options;
        return new PlannedModel(model, withThreads, shape.takes(), pinned, ask);
    }
}
