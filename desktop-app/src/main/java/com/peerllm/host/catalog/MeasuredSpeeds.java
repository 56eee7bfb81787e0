package com.peerllm.host.catalog;

import com.peerllm.shared.model.ModelDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured on this computer with this engine, and what follows for a model that was not. Pure.
 *
 * <p>One answer at a time is bound by memory, because each token reads all weights in use once: tokens per second = bytes per
 * second of the memory / bytes of the weights in use (Pope et al., "Efficiently Scaling Transformer Inference", 2022,
 * arXiv:2211.05102, section 2). The bytes per second are those that the measured model nearest in size reached in the same
 * place (GPU or main memory). Small models do not reach the memory's speed, so they tell nothing of others.
 */
public record MeasuredSpeeds(List<Run> runs) {
    public static final MeasuredSpeeds NONE = new MeasuredSpeeds(List.of());

    /** Below this the work between the weights counts, not their reading. */
    static final long LEAST_TELLING_BYTES = 64L << 20;

    public MeasuredSpeeds {
        runs = List.copyOf(runs);
    }

    /** Where the weights lie. */
    public enum Place {
        MAIN_MEMORY,
        GPU,
        BOTH;

        /**
         * @param gpuLayers on a GPU; negative means all
         * @param layers of the model, without the output
         */
        public static Place of(int gpuLayers, int layers) {
            if (gpuLayers == 0) return MAIN_MEMORY;
            return gpuLayers < 0 || gpuLayers > layers ? GPU : BOTH;
        }
    }

    /**
     * One model's measurement.
     *
     * @param activeBytes of weights read for a token
     * @param tokensPerSecond of one answer
     */
    public record Run(ModelDigest model, long activeBytes, Place place, double tokensPerSecond) {}

    public OptionalDouble of(ModelDigest model) {
        return runs.stream()
                .filter(run -> run.model().equals(model) && run.tokensPerSecond() > 0)
                .mapToDouble(Run::tokensPerSecond)
                .findFirst();
    }

    /** Empty when nothing that tells was measured there. */
    public OptionalDouble estimate(long activeBytes, Place place) {
        if (place == Place.BOTH || activeBytes <= 0) return OptionalDouble.empty();
        Optional<Run> nearest = runs.stream()
                .filter(run ->
                        run.place() == place && run.activeBytes() >= LEAST_TELLING_BYTES && run.tokensPerSecond() > 0)
                .min(Comparator.comparingDouble(run -> Math.abs(Math.log((double) run.activeBytes() / activeBytes))));
        if (nearest.isEmpty()) return OptionalDouble.empty();
        double bytesPerSecond = nearest.get().activeBytes() * nearest.get().tokensPerSecond();
        return OptionalDouble.of(bytesPerSecond / Math.max(activeBytes, LEAST_TELLING_BYTES));
    }
}
