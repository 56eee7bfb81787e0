package com.peerllm.shared.gguf;

import com.peerllm.shared.gguf.Attention.SlidingPattern;
import com.peerllm.shared.gguf.GgufException.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Turns a header's key-value pairs and tensors into {@link GgufFacts}, with llama.cpp's defaults for what is not stated.
 *
 * <p>Source of the defaults: {@code llama_model_base::load_hparams} in llama.cpp v0.5.0. The upper bounds are far above
 * every published model; a value outside them is damage.
 */
final class FactsFromHeader {
    private static final int MOST_WIDTH = 1 << 24;
    private static final int MOST_HEADS = 1 << 16;

    private final Metadata metadata;
    private final String architecture;

    FactsFromHeader(Metadata metadata) throws GgufException {
        this.metadata = metadata;
        architecture = metadata.text(GgufKeys.ARCHITECTURE).orElseThrow(() -> metadata.missing(GgufKeys.ARCHITECTURE));
    }

    /** Refuses, by name, files in this format that are not one whole language model. */
    void checkIsLanguageModel(int tensors, long at) throws GgufException {
        String type = metadata.text(GgufKeys.TYPE).orElse("model");
        if (!type.equals("model") || architecture.equals("clip"))
            throw new GgufException(
                    Reason.NOT_A_LANGUAGE_MODEL,
                    at,
                    "The file is " + GgufException.shown(architecture.equals("clip") ? "mmproj" : type)
                            + ", an addition to a model");
        int parts = metadata.whole(GgufKeys.SPLIT_COUNT, 0, 65_535).orElse(1);
        if (parts > 1)
            throw new GgufException(Reason.SPLIT_FILE, at, "The file is one of " + parts + " parts of a model");
        if (tensors == 0) throw new GgufException(Reason.NOT_A_LANGUAGE_MODEL, at, "The file holds no weights");
    }

    GgufFacts facts(int version, TensorDirectory.Summary tensors) throws GgufException {
        ModelShape shape = shape();
        Pooling pooling = Pooling.of(metadata.wholeIfInRange(architecture + GgufKeys.POOLING, 0, Pooling.most())
                .orElse(0));
        Optional<String> template = metadata.text(GgufKeys.CHAT_TEMPLATE);
        return new GgufFacts(
                version,
                architecture,
                kind(pooling, template),
                metadata.text(GgufKeys.NAME),
                metadata.text(GgufKeys.LICENSE),
                metadata.text(GgufKeys.SIZE_LABEL),
                FileType.nameOf(metadata.wholeIfInRange(GgufKeys.FILE_TYPE, 0, Integer.MAX_VALUE), tensors),
                tensors.weights(),
                shape,
                attention(shape),
                tokenizer(shape.vocabularySize()),
                pooling,
                template);
    }

    private ModelKind kind(Pooling pooling, Optional<String> template) {
        if (pooling == Pooling.RANK) return ModelKind.RANKING;
        if (pooling != Pooling.NONE || ModelKind.isEncoder(architecture)) return ModelKind.EMBEDDING;
        return template.isPresent() ? ModelKind.CHAT : ModelKind.COMPLETION;
    }

    private ModelShape shape() throws GgufException {
        int layers = required(GgufKeys.LAYERS, MetadataReader.MOST_LAYERS);
        int experts = own(GgufKeys.EXPERTS, 0, MOST_HEADS).orElse(0);
        int feedForward = widest(GgufKeys.FEED_FORWARD, layers);
        OptionalInt tokens = metadata.arrayLength(GgufKeys.TOKENS);
        int vocabulary = tokens.isPresent()
                ? tokens.getAsInt()
                : required(GgufKeys.VOCABULARY, GgufLimits.STANDARD.arrayLength());
        return new ModelShape(
                layers,
                own(GgufKeys.PREDICTION_LAYERS, 0, layers).orElse(0),
                required(GgufKeys.EMBEDDING, MOST_WIDTH),
                feedForward,
                required(GgufKeys.CONTEXT, Integer.MAX_VALUE),
                vocabulary,
                experts,
                experts == 0 ? 0 : widest(GgufKeys.EXPERTS_USED, layers),
                experts == 0 ? 0 : expertWidth(layers, feedForward),
                metadata.real(architecture + GgufKeys.ROPE_BASE));
    }

    private int expertWidth(int layers, int feedForward) throws GgufException {
        int stated = widest(GgufKeys.EXPERT_FEED_FORWARD, layers);
        return stated == 0 ? feedForward : stated;
    }

    private Attention attention(ModelShape shape) throws GgufException {
        int layers = shape.layers();
        List<Integer> heads =
                perLayer(GgufKeys.HEADS, layers, MOST_HEADS).orElseGet(() -> Collections.nCopies(layers, 0));
        int headLength = heads.getFirst() == 0 ? 0 : shape.embeddingLength() / heads.getFirst();
        int keyLength = own(GgufKeys.KEY_LENGTH, 0, MOST_HEADS).orElse(headLength);
        int valueLength = own(GgufKeys.VALUE_LENGTH, 0, MOST_HEADS).orElse(headLength);
        return new Attention(
                heads,
                perLayer(GgufKeys.KV_HEADS, layers, MOST_HEADS).orElse(heads),
                keyLength,
                valueLength,
                own(GgufKeys.SLIDING_KEY_LENGTH, 0, MOST_HEADS).orElse(keyLength),
                own(GgufKeys.SLIDING_VALUE_LENGTH, 0, MOST_HEADS).orElse(valueLength),
                own(GgufKeys.SLIDING_WINDOW, 0, Integer.MAX_VALUE),
                slidingPattern(),
                own(GgufKeys.SHARED_CACHE_LAYERS, 0, layers).orElse(0),
                own(GgufKeys.LATENT_KEY_LENGTH, 0, Integer.MAX_VALUE).orElse(0) > 0,
                own(GgufKeys.LOOPS, 0, Integer.MAX_VALUE).orElse(1) > 1);
    }

    private SlidingPattern slidingPattern() throws GgufException {
        String key = architecture + GgufKeys.SLIDING_PATTERN;
        if (metadata.isArray(key))
            return new SlidingPattern.Listed(
                    metadata.wholes(key).stream().map(value -> value != 0).toList());
        OptionalInt oneFullIn = metadata.whole(key, 0, MOST_WIDTH);
        return oneFullIn.isPresent()
                ? new SlidingPattern.OneFullIn(oneFullIn.getAsInt())
                : new SlidingPattern.Unstated();
    }

    private Tokenizer tokenizer(int vocabulary) throws GgufException {
        return new Tokenizer(
                metadata.text(GgufKeys.TOKENIZER),
                token(GgufKeys.BEGIN_OF_TEXT, vocabulary),
                token(GgufKeys.END_OF_TEXT, vocabulary),
                token(GgufKeys.END_OF_TURN, vocabulary));
    }

    /** llama.cpp ignores a special token that is outside the vocabulary, and so must we. */
    private OptionalInt token(String key, int vocabulary) throws GgufException {
        return metadata.wholeIfInRange(key, 0, vocabulary - 1);
    }

    private int required(String key, int most) throws GgufException {
        return metadata.requiredWhole(architecture + key, 1, most);
    }

    private OptionalInt own(String key, int least, int most) throws GgufException {
        return metadata.whole(architecture + key, least, most);
    }

    private Optional<List<Integer>> perLayer(String key, int layers, int most) throws GgufException {
        return metadata.perLayer(architecture + key, layers, most);
    }

    private int widest(String key, int layers) throws GgufException {
        return perLayer(key, layers, MOST_WIDTH).map(Collections::max).orElse(0);
    }
}
