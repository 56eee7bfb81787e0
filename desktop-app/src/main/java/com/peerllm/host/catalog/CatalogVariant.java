package com.peerllm.host.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.shared.model.ModelDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of a published model.
 *
 * @param file its path in the repository
 * @param quantization such as {@code Q4_K_M}
 * @param sizeBytes as the publisher's listing says; absent until it was read
 * @param digest SHA-256 of the file, as the publisher's listing says; absent until it was read
 * @param readAt when the listing was read
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CatalogVariant(
        String file,
        String quantization,
        OptionalLong sizeBytes,
        Optional<ModelDigest> digest,
        Optional<Instant> readAt) {
    public CatalogVariant {
        sizeBytes = sizeBytes == null ? OptionalLong.empty() : sizeBytes;
        digest = digest == null ? Optional.empty() : digest;
        readAt = readAt == null ? Optional.empty() : readAt;
    }

    public CatalogVariant(String file, String quantization, OptionalLong sizeBytes, Optional<ModelDigest> digest) {
        this(file, quantization, sizeBytes, digest, Optional.empty());
    }

    CatalogVariant listed(long size, ModelDigest sha256, Instant at) {
        return new CatalogVariant(file, quantization, OptionalLong.of(size), Optional.of(sha256), Optional.of(at));
    }
}
