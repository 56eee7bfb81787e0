package com.peerllm.host.engine.worker;

import com.peerllm.shared.wire.EmbeddingVector;
import java.util.Optional;

/** Brings a vector to length 1, so that the product of two is their cosine; summed in double precision. */
final class Normalized {
    private Normalized() {}

    /** Nothing when there is no direction to keep: a number that is none, or nothing but zeros. */
    static Optional<EmbeddingVector> of(float[] numbers) {
        double squares = 0;
        for (float number : numbers) squares += (double) number * number;
        double length = Math.sqrt(squares);
        if (!(length > 0) || !Double.isFinite(length)) return Optional.empty();
        float[] unit = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) unit[i] = (float) (numbers[i] / length);
        return Optional.of(EmbeddingVector.of(unit));
    }
}
