package com.peerllm.host.engine;

/**
 * How fast a model computes, in tokens per second of all answers together.
 *
 * @param prefill of a prompt
 * @param decodeOne with one answer
 * @param decodeFour with four answers, or as many as there are slots if these are fewer
 */
public record Speed(double prefill, double decodeOne, double decodeFour) {

    /** What two ways to compute are compared by: answers alone and together count alike. */
    double decodeRank() {
        return Math.sqrt(decodeOne * decodeFour);
    }
}
