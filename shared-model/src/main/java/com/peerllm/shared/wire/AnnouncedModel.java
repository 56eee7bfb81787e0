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
        double prefillTokensPerSecond) {}
