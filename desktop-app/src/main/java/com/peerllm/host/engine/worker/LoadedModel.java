package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.ToWorker;
import com.peerllm.host.engine.format.ChatFormat;
import com.peerllm.shared.wire.ModelFeature;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

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

    static LoadedModel of(OpenedModel opened, ToWorker.Load wanted, PrintStream log) {
        NativeLibrary library = opened.library();
        Model model = opened.model();
        Vocabulary vocabulary = opened.vocabulary();
        if (!model.generates())
            throw new EngineException(
                    EngineErrorCode.MODEL_BROKEN,
                    "The model file " + Path.of(wanted.model()).getFileName()
                            + " is of a kind that does not generate text. Choose another.");
        InferenceContext context = InferenceContext.create(
                library, model, wanted.slots(), opened.contextLimit(), wanted.threads(), wanted.microBatch());
        ComputeThreads.attach(library, context.handle(), wanted.threads());
        ChatRenderer renderer = ChatRenderers.choose(library, model, vocabulary, InstantSource.system(), log);
        Marks marks = new Marks(vocabulary, renderer.format().words());
        ModelFacts facts = opened.facts(wanted, renderer.source(), features(renderer.format()), OptionalInt.empty());
        return new LoadedModel(library, model, vocabulary, context, renderer, marks, opened.contextLimit(), facts);
    }

    private static List<ModelFeature> features(ChatFormat format) {
        List<ModelFeature> features = new ArrayList<>(List.of(
                ModelFeature.CHAT,
                ModelFeature.COMPLETIONS,
                ModelFeature.JSON_SCHEMA,
                ModelFeature.LOGPROBS,
                ModelFeature.AUDIT));
        if (format.tools().isPresent()) features.add(ModelFeature.TOOLS);
        if (format.thinking().isPresent()) features.add(ModelFeature.REASONING);
        return features;
    }
}
