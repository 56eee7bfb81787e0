package com.peerllm.host;

import com.peerllm.host.catalog.Fit;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.gguf.ModelKind;
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
     * Decides how the model runs here.
     *
     * @throws HostException {@code BAD_MODEL} or {@code NOT_ENOUGH_MEMORY} with what to do
     */
    public static ServePlan of(
            OrchestratorAddress orchestrator,
            Optional<Path> ownCa,
            HardwareProfile machine,
            CheckedModel model,
            Path natives,
            Wish wish,
            OptionalInt threads) {
        refuseOtherKinds(model);
        return switch (Fit.of(model.facts(), machine, wish)) {
            case Fit.TooBig(String sentence) -> throw new HostException(Problem.NOT_ENOUGH_MEMORY, sentence);
            case Fit.Runs runs ->
                new ServePlan(
                        orchestrator,
                        ownCa,
                        machine,
                        model,
                        options(model, natives, runs.shape(), runs.gpuLayers(), threads));
            case Fit.Unknown unknown ->
                new ServePlan(
                        orchestrator,
                        ownCa,
                        machine,
                        model,
                        options(model, natives, unknown.shape(), unknown.gpuLayers(), threads));
        };
    }

    private static void refuseOtherKinds(CheckedModel model) {
        ModelKind kind = model.facts().kind();
        if (kind == ModelKind.CHAT || kind == ModelKind.COMPLETION) return;
        String makes = kind == ModelKind.EMBEDDING ? "makes embeddings" : "ranks texts";
        throw new HostException(
                Problem.BAD_MODEL,
                "The model " + model.model().name() + " " + makes + "; hosts serve models that chat. Choose another.");
    }

    private static EngineOptions options(
            CheckedModel model, Path natives, RunShape shape, int gpuLayers, OptionalInt threads) {
        EngineOptions options = EngineOptions.of(model.model().path(), natives)
                .withSlots(shape.slots(), shape.contextPerSlot())
                .withGpuLayers(gpuLayers);
        return threads.isPresent() ? options.withThreads(threads.getAsInt()) : options;
    }
}
