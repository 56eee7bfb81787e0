package com.peerllm.host;

import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.session.AnswerSource;
import com.peerllm.host.session.AuditSource;
import com.peerllm.host.session.EmbeddingSource;
import com.peerllm.host.session.ServedModel;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.ModelFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Tells from the engines' states and what was measured which models the network may be offered. Pure. */
final class ServedModels {
    /** A slower model keeps people waiting longer than they stay. */
    static final double LEAST_TOKENS_PER_SECOND = 1;

    private static final double NOT_MEASURED = 0;

    private final List<PlannedModel> models;
    private final Function<ModelDigest, Optional<ModelRunRow>> runs;
    private final Function<ModelDigest, AnswerSource> answers;
    private final Function<ModelDigest, EmbeddingSource> embeddings;
    private final Function<ModelDigest, AuditSource> audits;

    ServedModels(
            List<PlannedModel> models,
            Function<ModelDigest, Optional<ModelRunRow>> runs,
            Function<ModelDigest, AnswerSource> answers,
            Function<ModelDigest, EmbeddingSource> embeddings,
            Function<ModelDigest, AuditSource> audits) {
        this.models = models;
        this.runs = runs;
        this.answers = answers;
        this.embeddings = embeddings;
        this.audits = audits;
    }

    /**
     * A loaded model is offered, and one that is not loaded when it was seen here before: what it can do is known then, and an
     * offer loads it.
     */
    List<ServedModel> in(Map<ModelDigest, EngineState> states) {
        List<ServedModel> served = new ArrayList<>();
        for (PlannedModel model : models) {
            Optional<ModelRunRow> run = runs.apply(model.digest());
            if (run.flatMap(ServedModels::tooSlow).isPresent()) continue;
            Optional<AnnouncedModel> announced =
                    switch (states.getOrDefault(model.digest(), new EngineState.Stopped())) {
                        case EngineState.Ready(ModelFacts facts) -> Optional.of(loaded(model, facts, run));
                        case EngineState.Stopped _, EngineState.Starting _ ->
                            run.filter(seen -> !seen.features().isEmpty()).map(seen -> cold(model, seen));
                        case EngineState.Restarting _, EngineState.Failed _ -> Optional.empty();
                    };
            announced.ifPresent(each -> served.add(new ServedModel(
                    each,
                    answers.apply(model.digest()),
                    embeddings.apply(model.digest()),
                    audits.apply(model.digest()))));
        }
        return List.copyOf(served);
    }

    /** Why a model is not offered although it runs. */
    static Optional<String> tooSlow(ModelRunRow run) {
        if (run.decodeOne() >= LEAST_TOKENS_PER_SECOND || makesEmbeddings(run.features())) return Optional.empty();
        return Optional.of(String.format(
                Locale.ROOT,
                "It makes %.2f tokens/s here, and less than %.0f is not offered. Choose a smaller model.",
                run.decodeOne(),
                LEAST_TOKENS_PER_SECOND));
    }

    private static AnnouncedModel loaded(PlannedModel model, ModelFacts facts, Optional<ModelRunRow> run) {
        return announced(
                model,
                facts.architecture(),
                facts.contextPerSlot(),
                facts.vocabularySize(),
                facts.slots(),
                run,
                0,
                facts.features(),
                facts.embeddingDimensions());
    }

    private static AnnouncedModel cold(PlannedModel model, ModelRunRow run) {
        int trained = model.model().facts().shape().contextLength();
        return announced(
                model,
                model.model().facts().architecture(),
                Math.min(model.engine().contextPerSlot(), trained),
                model.model().facts().shape().vocabularySize(),
                model.engine().slots(),
                Optional.of(run),
                Math.max(1, run.loadMillis()),
                run.features(),
                makesEmbeddings(run.features())
                        ? OptionalInt.of(model.model().facts().shape().embeddingLength())
                        : OptionalInt.empty());
    }

    private static AnnouncedModel announced(
            PlannedModel model,
            String architecture,
            int context,
            int vocabulary,
            int slots,
            Optional<ModelRunRow> run,
            long loadMillis,
            List<String> features,
            OptionalInt embeddingDimensions) {
        return new AnnouncedModel(
                model.name(),
                model.digest(),
                model.model().model().sizeBytes(),
                architecture,
                model.model().facts().quantization(),
                context,
                vocabulary,
                slots,
                run.map(ModelRunRow::decodeOne).orElse(NOT_MEASURED),
                run.map(ModelRunRow::prefill).orElse(NOT_MEASURED),
                loadMillis,
                features,
                embeddingDimensions,
                model.ask());
    }

    /** Such a model makes no tokens, and its speed is not measured. */
    private static boolean makesEmbeddings(List<String> features) {
        return features.contains(ModelFeature.EMBEDDINGS.wireName());
    }
}
