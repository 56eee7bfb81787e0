package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.engine.ToWorker;
import com.peerllm.shared.gguf.ModelKind;
import com.peerllm.shared.gguf.Pooling;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.ModelFeature;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** A model that is ready to turn texts into vectors; which models do, and how one vector comes of many, is decided here. */
record LoadedEmbedder(Vocabulary vocabulary, EmbeddingContext context, int contextLimit, ModelFacts facts) {

    /**
     * Whether a model is one for embeddings: its file says how to make one vector of many, or its network can do nothing else.
     */
    static boolean isOne(Model model) {
        return model.pooling() != Pooling.NONE || ModelKind.isEncoder(model.architecture());
    }

    static LoadedEmbedder of(OpenedModel opened, ToWorker.Load wanted) {
        Model model = opened.model();
        requirePooling(model, Path.of(wanted.model()).getFileName());
        EmbeddingContext context =
                EmbeddingContext.create(opened.library(), model, opened.contextLimit(), wanted.threads());
        ComputeThreads.attach(opened.library(), context.handle(), wanted.threads());
        ModelFacts facts = opened.facts(
                wanted, TemplateSource.NONE, List.of(ModelFeature.EMBEDDINGS), OptionalInt.of(context.dimensions()));
        return new LoadedEmbedder(opened.vocabulary(), context, opened.contextLimit(), facts);
    }

    private static void requirePooling(Model model, Path file) {
        if (model.pooling() == Pooling.RANK)
            throw refused("The model file " + file + " ranks texts; it makes no embeddings and answers no chats.");
        if (model.pooling() == Pooling.NONE)
            throw refused("The model file " + file
                    + " makes a vector of every token and does not say how to make one of a text.");
        if (model.encodesAndDecodes())
            throw refused("The model file " + file + " translates between two texts; it makes no embeddings.");
        if (model.embeddingDimensions() > EmbeddingFrame.MOST_DIMENSIONS)
            throw refused("The model file " + file + " makes vectors of " + model.embeddingDimensions()
                    + " numbers; at most " + EmbeddingFrame.MOST_DIMENSIONS + " can be sent.");
    }

    private static EngineException refused(String sentence) {
        return new EngineException(EngineErrorCode.MODEL_BROKEN, sentence + " Choose another.");
    }
}
