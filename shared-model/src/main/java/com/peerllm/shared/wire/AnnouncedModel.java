package com.peerllm.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model that a host serves: it is in memory, or is loaded when it is asked for.
 *
 * @param name the file's own name, shown when the model is in no catalogue
 * @param digest SHA-256 of the file
 * @param contextLength tokens that one answer may span, prompt included
 * @param vocabularySize token ids are 0 to this minus one
 * @param slots answers the host generates at the same time
 * @param decodeTokensPerSecond measured with one answer running; 0 when not measured yet
 * @param prefillTokensPerSecond measured; 0 when not measured yet
 * @param loadMillis how long loading it takes, in milliseconds; 0 while it is in memory
 * @param features wire names of {@link ModelFeature}; names of a newer protocol are kept and ignored, and none at all
 *     means chat
 * @param embeddingDimensions length of its vectors; for a model that makes embeddings
 * @param ask what the host wants for a million tokens; without one, the network's price of the model
 */
public record AnnouncedModel(
        String name,
        ModelDigest digest,
        long sizeBytes,
        String architecture,
        String quantization,
        int contextLength,
        int vocabularySize,
        int slots,
        double decodeTokensPerSecond,
        double prefillTokensPerSecond,
        long loadMillis,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> features,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt embeddingDimensions,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TokenPrice> ask) {
    private static final int MOST_FEATURES = 32;

    public AnnouncedModel {
        boolean lines = FromHost.isLine(name) && FromHost.isLine(architecture) && FromHost.isLine(quantization);
        boolean counts = sizeBytes >= 0 && contextLength >= 0 && vocabularySize >= 0 && slots >= 0 && loadMillis >= 0;
        boolean speeds = isSpeed(decodeTokensPerSecond) && isSpeed(prefillTokensPerSecond);
        features = features.isEmpty() ? List.of(ModelFeature.CHAT.wireName()) : List.copyOf(features);
        boolean known = features.size() <= MOST_FEATURES && features.stream().allMatch(FromHost::isLine);
        boolean dimensions = embeddingDimensions.isEmpty() || embeddingDimensions.getAsInt() > 0;
        if (!lines || !counts || !speeds || !known || !dimensions)
            throw new IllegalArgumentException("A model's fact out of range");
    }

    /** A model that makes no embeddings, at the network's price. */
    public AnnouncedModel(
            String name,
            ModelDigest digest,
            long sizeBytes,
            String architecture,
            String quantization,
            int contextLength,
            int vocabularySize,
            int slots,
            double decodeTokensPerSecond,
            double prefillTokensPerSecond,
            long loadMillis,
            List<String> features) {
        this(
                name,
                digest,
                sizeBytes,
                architecture,
                quantization,
                contextLength,
                vocabularySize,
                slots,
                decodeTokensPerSecond,
                prefillTokensPerSecond,
                loadMillis,
                features,
                OptionalInt.empty(),
                Optional.empty());
    }

    /** The same at this price. */
    public AnnouncedModel asking(TokenPrice price) {
        return new AnnouncedModel(
                name,
                digest,
                sizeBytes,
                architecture,
                quantization,
                contextLength,
                vocabularySize,
                slots,
                decodeTokensPerSecond,
                prefillTokensPerSecond,
                loadMillis,
                features,
                embeddingDimensions,
                Optional.of(price));
    }

    /** Whether it is in memory and answers at once. */
    public boolean loaded() {
        return loadMillis == 0;
    }

    public boolean offers(ModelFeature feature) {
        return features.contains(feature.wireName());
    }

    private static boolean isSpeed(double tokensPerSecond) {
        return tokensPerSecond >= 0 && tokensPerSecond < 1e9;
    }
}
