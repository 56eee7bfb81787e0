package com.peerllm.shared.wire;

import com.peerllm.shared.model.ModelDigest;

/**
 * A model that a host has in memory and serves.
 *
 * @param name the file's own name, shown when the model is in no catalogue
 * @param digest SHA-256 of the file
 * @param contextLength tokens that one answer may span, prompt included
 * @param vocabularySize token ids are 0 to this minus one
 * @param slots answers the host generates at the same time
 * @param decodeTokensPerSecond measured with one answer running; 0 when not measured yet
 * @param prefillTokensPerSecond measured; 0 when not measured yet
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
        double prefillTokensPerSecond) {
    public AnnouncedModel {
        boolean lines = FromHost.isLine(name) && FromHost.isLine(architecture) && FromHost.isLine(quantization);
        boolean counts = sizeBytes >= 0 && contextLength >= 0 && vocabularySize >= 0 && slots >= 0;
        boolean speeds = isSpeed(decodeTokensPerSecond) && isSpeed(prefillTokensPerSecond);
        if (!lines || !counts || !speeds) throw new IllegalArgumentException("A model's fact out of range");
    }

    private static boolean isSpeed(double tokensPerSecond) {
        return tokensPerSecond >= 0 && tokensPerSecond < 1e9;
    }
}
