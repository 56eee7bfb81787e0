package com.peerllm.host;

import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.session.AnswerSource;
import com.peerllm.host.session.EmbeddingSource;
import com.peerllm.host.session.ServedModel;
import com.peerllm.shared.wire.AnnouncedModel;
import java.util.List;

/** Tells from the engine's state what the network may be offered. */
final class ServedModels {
    private static final double NOT_MEASURED = 0;

    private final CheckedModel model;
    private final AnswerSource answers;
    private final EmbeddingSource embeddings;

    ServedModels(CheckedModel model, AnswerSource answers, EmbeddingSource embeddings) {
        this.model = model;
        this.answers = answers;
        this.embeddings = embeddings;
    }

    List<ServedModel> in(EngineState state) {
        return switch (state) {
            case EngineState.Ready(ModelFacts facts) -> List.of(new ServedModel(announced(facts), answers, embeddings));
            case EngineState.Starting _, EngineState.Restarting _, EngineState.Failed _, EngineState.Stopped _ ->
                List.of();
        };
    }

    private AnnouncedModel announced(ModelFacts facts) {
        return new AnnouncedModel(
                model.model().name(),
                model.model().digest(),
                model.model().sizeBytes(),
                facts.architecture(),
                model.facts().quantization(),
                facts.contextPerSlot(),
                facts.vocabularySize(),
                facts.slots(),
                NOT_MEASURED,
                NOT_MEASURED,
                facts.features(),
                facts.embeddingDimensions());
    }
}
