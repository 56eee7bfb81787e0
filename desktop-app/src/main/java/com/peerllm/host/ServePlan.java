package com.peerllm.host;

import com.peerllm.host.catalog.Fit;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.ModelKind;
import com.peerllm.shared.gguf.Pooling;
import com.peerllm.shared.gguf.RunShape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a host is going to do: which model, in which shape, for which orchestrator.
 *
 * @param ownCa certificates to trust besides the usual ones
 */
public record ServePlan(
        OrchestratorAddress orchestrator,
        Optional<Path> ownCa,
        HardwareProfile machine,
        CheckedModel model,
        EngineOptions engine) {

    /**
     * Decides how a model runs here, from its header alone: before a big file is read for its digest.
     *
     * @throws HostException {@code BAD_MODEL} or {@code NOT_ENOUGH_MEMORY} with what to do
     */
    public static Shape shape(GgufFacts facts, HardwareProfile machine, Wish wish) {
        refuseOtherKinds(facts);
        return switch (Fit.of(facts, machine, wish)) {
            case Fit.TooBig(String sentence) -> throw new HostException(Problem.NOT_ENOUGH_MEMORY, sentence);
            case Fit.Runs runs -> new Shape(runs.shape(), runs.gpuLayers());
            case Fit.Unknown unknown -> new Shape(unknown.shape(), unknown.gpuLayers());
        };
    }

    /** How a model is run; see {@link Fit}. */
    public record Shape(RunShape run, int gpuLayers) {}

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

    public static ServePlan of(
            OrchestratorAddress orchestrator,
            Optional<Path> ownCa,
            HardwareProfile machine,
            CheckedModel model,
            Shape shape,
            Path natives,
            OptionalInt threads) {
        EngineOptions options = EngineOptions.of(model.model().path(), natives)
                .withSlots(shape.run().slots(), shape.run().contextPerSlot())
                .withGpuLayers(shape.gpuLayers());
        return new ServePlan(
                orchestrator,
                ownCa,
                machine,
                model,
                threads.isPresent() ? options.withThreads(threads.getAsInt()) : options);
    }
}
