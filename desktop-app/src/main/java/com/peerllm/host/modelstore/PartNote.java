package com.peerllm.host.modelstore;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands beside a file that is received in part, so that it can be gone on with even when the database is lost.
 *
 * @param etag of the file at its source, when it is one that is good for {@code If-Range}
 * @param sha256 that the whole file must have
 * @param received bytes that are on the disk for certain; what lies behind them in the file does not count
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PartNote(URI url, Optional<String> etag, OptionalLong sizeBytes, Optional<ModelDigest> sha256, Long received) {
    PartNote {
        etag = etag == null ? Optional.empty() : etag;
        sizeBytes = sizeBytes == null ? OptionalLong.empty() : sizeBytes;
        sha256 = sha256 == null ? Optional.empty() : sha256;
        received = received == null ? 0 : Math.max(0, received);
    }

    static PartNote empty(URI url, OptionalLong sizeBytes, Optional<ModelDigest> sha256) {
        return new PartNote(url, Optional.empty(), sizeBytes, sha256, 0L);
    }

    PartNote received(long bytes) {
        return new PartNote(url, etag, sizeBytes, sha256, bytes);
    }

    /** Whether what was received belongs to this order: the same content, or the same address and nothing that says otherwise. */
    boolean fits(URI source, Optional<ModelDigest> wanted) {
        if (sha256.isPresent() && wanted.isPresent()) return sha256.equals(wanted);
        return url.equals(source);
    }

    /** For an order of this content, which may come from another address now: that one has other tags. */
    PartNote of(URI source, OptionalLong size, Optional<ModelDigest> wanted) {
        return new PartNote(source, url.equals(source) ? etag : Optional.empty(), size, wanted, received);
    }
}
