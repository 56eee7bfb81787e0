package com.peerllm.host.storage;

import com.peerllm.shared.model.ModelDigest;
import java.util.List;

/**
 * How a model ran when it was last measured.
 *
 * @param machine fingerprint of the computer
 * @param engine release and variant of the engine
 * @param prefill tokens per second of a prompt
 * @param decodeOne tokens per second with one answer
 * @param decodeFour tokens per second of four answers together
 * @param features wire names of what it can be asked for; empty when it was measured without being served
 * @param searched whether other ways to compute it were tried too
 */
public record ModelRunRow(
        ModelDigest digest,
        String machine,
        String engine,
        int threads,
        int microBatch,
        int gpuLayers,
        double prefill,
        double decodeOne,
        double decodeFour,
        long loadMillis,
        List<String> features,
        boolean searched,
        long measuredAtMillis) {
    public ModelRunRow {
        features = List.copyOf(features);
    }

    /** The same measurement, with what was learnt when the model was loaded to serve. */
    public ModelRunRow served(long newLoadMillis, List<String> newFeatures) {
        return new ModelRunRow(
                digest,
                machine,
                engine,
                threads,
                microBatch,
                gpuLayers,
                prefill,
                decodeOne,
                decodeFour,
                newLoadMillis,
                newFeatures,
                searched,
                measuredAtMillis);
    }
}
