package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.ToWorker;
import com.peerllm.host.engine.format.ChatFormat;
import com.peerllm.shared.wire.ModelFeature;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A model that is ready to answer, with everything around it; loading is one call. */
record LoadedModel(
        NativeLibrary library,
        Model model,
        Vocabulary vocabulary,
        InferenceContext context,
        ChatRenderer renderer,
        Marks marks,
        int contextLimit,
        ModelFacts facts) {

    static LoadedModel load(ToWorker.Load wanted, PrintStream log) {
        long begun = System.nanoTime();
        Path natives = Path.of(wanted.natives());
        Path file = Path.of(wanted.model());
        NativeLibrary library = NativeLibrary.load(natives, Arena.global());
        NativeLog nativeLog = NativeLog.install(library, Arena.global(), log);
        Devices devices = new Devices(library);
        devices.loadBackends(natives);
        Model model = Model.load(library, nativeLog, file, wanted.gpuLayers());
        if (!model.generates())
            throw new EngineException(
                    EngineErrorCode.MODEL_BROKEN,
                    "The model file " + file.getFileName()
                            + " is of a kind that does not generate text. Choose another.");
        Vocabulary vocabulary = new Vocabulary(library, model);
        int contextLimit = model.contextTrained() > 0
                ? Math.min(wanted.contextPerSlot(), model.contextTrained())
                : wanted.contextPerSlot();
        InferenceContext context = InferenceContext.create(
                library, model, wanted.slots(), contextLimit, wanted.threads(), wanted.microBatch());
        ComputeThreads.attach(library, context, wanted.threads());
        ChatRenderer renderer = ChatRenderers.choose(library, model, vocabulary, InstantSource.system(), log);
        Marks marks = new Marks(vocabulary, renderer.format().words());
        ModelFacts facts = new ModelFacts(
                model.description(),
                model.meta("general.architecture").orElse("unknown"),
                model.parameters(),
                model.sizeBytes(),
                vocabulary.size(),
                model.contextTrained(),
                contextLimit,
                wanted.slots(),
                wanted.threads(),
                vocabulary.bos(),
                vocabulary.eos(),
                renderer.source(),
                (System.nanoTime() - begun) / 1_000_000,
                features(renderer.format()),
                devices.list());
        return new LoadedModel(library, model, vocabulary, context, renderer, marks, contextLimit, facts);
    }

    private static List<String> features(ChatFormat format) {
        List<ModelFeature> features =
                new ArrayList<>(List.of(ModelFeature.CHAT, ModelFeature.JSON_SCHEMA, ModelFeature.LOGPROBS));
        if (format.tools().isPresent()) features.add(ModelFeature.TOOLS);
        if (format.thinking().isPresent()) features.add(ModelFeature.REASONING);
        return features.stream().map(ModelFeature::wireName).toList();
    }
}
