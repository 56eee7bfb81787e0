package com.peerllm.host.modelstore;

import com.peerllm.host.storage.DownloadRow;
import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file that is to be received.
 *
 * @param target where it goes when it is whole and proven
 * @param digest that it must have, SHA-256
 * @param ordered whether size and digest are what was ordered; else they are what its publisher listed
 * @param kind looked at as soon as the first bytes are here
 */
record Wanted(URI source, Path target, OptionalLong sizeBytes, ModelDigest digest, boolean ordered, Kind kind) {

    /** What a file may be. */
    enum Kind {
        MODEL,
        ANY
    }

    /** @throws java.util.NoSuchElementException when its digest was not learned */
    static Wanted model(DownloadRow row) {
        return new Wanted(
                row.source(), row.target(), row.sizeBytes(), row.digest().orElseThrow(), row.ordered(), Kind.MODEL);
    }

    Path part() {
        return PartFile.part(target);
    }

    Optional<ModelDigest> proof() {
        return Optional.of(digest);
    }
}
