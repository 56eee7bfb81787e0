package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.engine.ToWorker;
import com.peerllm.shared.wire.ModelFeature;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** A model whose weights and vocabulary are in memory; what it is to do, and the memory for that, come after. */
record OpenedModel(
        NativeLibrary library, Devices devices, Model model, Vocabulary vocabulary, int contextLimit, long begunNanos) {

    static OpenedModel open(ToWorker.Load wanted, PrintStream log) {
        long begun = System.nanoTime();
        Path natives = Path.of(wanted.natives());
        NativeLibrary library = NativeLibrary.load(natives, Arena.global());
        NativeLog nativeLog = NativeLog.install(library, Arena.global(), log);
        Devices devices = new Devices(library);
        devices.loadBackends(natives);
        Model model = Model.load(library, nativeLog, Path.of(wanted.model()), wanted.gpuLayers());
        int contextLimit = model.contextTrained() > 0
                ? Math.min(wanted.contextPerSlot(), model.contextTrained())
                : wanted.contextPerSlot();
        return new OpenedModel(library, devices, model, new Vocabulary(library, model), contextLimit, begun);
    }

    /** What the parent is told once everything is ready. */
    ModelFacts facts(
            ToWorker.Load wanted,
            TemplateSource templates,
            List<ModelFeature> features,
            OptionalInt embeddingDimensions) {
        return new ModelFacts(
                model.description(),
                model.architecture(),
                model.parameters(),
                model.sizeBytes(),
                vocabulary.size(),
                model.contextTrained(),
                contextLimit,
                wanted.slots(),
                wanted.threads(),
                vocabulary.bos(),
                vocabulary.eos(),
                templates,
                (System.nanoTime() - begunNanos) / 1_000_000,
                features.stream().map(ModelFeature::wireName).toList(),
                embeddingDimensions,
                devices.list());
    }
}
