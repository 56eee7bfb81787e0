package com.peerllm.shared.gguf;

/**
 * Sums and products that stop at {@code Long.MAX_VALUE}: a model of absurd size must come out as too big, not as small.
 *
 * <p>For numbers that are not negative.
 */
final class Saturating {
    private Saturating() {}

    static long product(long... factors) {
        long product = 1;
        for (long factor : factors) {
            if (factor == 0) return 0;
            product =
                    Math.multiplyHigh(product, factor) != 0 || product * factor < 0 ? Long.MAX_VALUE : product * factor;
        }
        return product;
    }

    static long sum(long... terms) {
        long sum = 0;
        for (long term : terms) sum = sum + term < 0 ? Long.MAX_VALUE : sum + term;
        return sum;
    }
}
