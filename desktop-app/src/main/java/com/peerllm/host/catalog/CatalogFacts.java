package com.peerllm.host.catalog;

import com.peerllm.shared.gguf.Attention;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.ModelKind;
import com.peerllm.shared.gguf.ModelShape;
import com.peerllm.shared.gguf.Pooling;
import com.peerllm.shared.gguf.Tokenizer;
import com.peerllm.shared.gguf.Weights;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A published model's facts in the form that a file's header gives them, so that {@link Fit} answers the same for a model
 * before and after its download. Pure.
 */
final class CatalogFacts {
    private static final int GGUF_VERSION = 3;

    private CatalogFacts() {}

    static GgufFacts of(CatalogModel model, String quantization, long weightBytes) {
        CatalogArchitecture facts = model.architecture();
        boolean embedding = facts.kind().equals(CatalogArchitecture.EMBEDDING);
        return new GgufFacts(
                GGUF_VERSION,
                facts.architecture(),
                embedding ? ModelKind.EMBEDDING : ModelKind.CHAT,
                Optional.of(model.name()),
                Optional.of(model.licence()),
                Optional.empty(),
                quantization,
                new Weights(facts.parameters(), 1, OptionalLong.of(weightBytes), Optional.empty(), List.of()),
                shape(facts),
                attention(facts),
                new Tokenizer(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                embedding ? Pooling.MEAN : Pooling.NONE,
                Optional.empty());
    }

    private static ModelShape shape(CatalogArchitecture facts) {
        Optional<CatalogArchitecture.Experts> experts = facts.experts();
        return new ModelShape(
                facts.layers(),
                0,
                facts.embeddingLength(),
                experts.isPresent() ? 0 : facts.feedForwardLength(),
                facts.contextLength(),
                facts.vocabularySize(),
                experts.map(CatalogArchitecture.Experts::count).orElse(0),
                experts.map(CatalogArchitecture.Experts::used).orElse(0),
                experts.map(CatalogArchitecture.Experts::feedForwardLength).orElse(0),
                OptionalDouble.empty());
    }

    private static Attention attention(CatalogArchitecture facts) {
        return new Attention(
                Collections.nCopies(facts.layers(), facts.heads()),
                Collections.nCopies(facts.layers(), facts.keyValueHeads()),
                facts.keyLength(),
                facts.keyLength(),
                facts.keyLength(),
                facts.keyLength(),
                facts.slidingWindow() == 0 ? OptionalInt.empty() : OptionalInt.of(facts.slidingWindow()),
                new Attention.SlidingPattern.Unstated(),
                0,
                false,
                false);
    }
}
