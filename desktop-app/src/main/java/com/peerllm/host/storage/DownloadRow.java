package com.peerllm.host.storage;

import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file on its way, as the database remembers it.
 *
 * @param place in the order in which they are fetched
 * @param ordered whether the order told the digest; else the publisher's listing did or will
 * @param listing the publisher's API, and the file there
 * @param trouble why it failed
 */
public record DownloadRow(
        String id,
        long place,
        String name,
        URI source,
        Path target,
        OptionalLong sizeBytes,
        Optional<ModelDigest> digest,
        boolean ordered,
        Optional<Listed> listing,
        Wish wish,
        Optional<String> trouble) {

    /** Where the publisher tells size and digest. */
    public record Listed(URI api, String file) {}

    /** What is to become of it. */
    public enum Wish {
        WANTED,
        PAUSED,
        /** A person has to do something. */
        FAILED,
        /** What was received is being deleted. */
        CANCELLED
    }

    public DownloadRow wish(Wish next) {
        return new DownloadRow(
                id, place, name, source, target, sizeBytes, digest, ordered, listing, next, Optional.empty());
    }

    public DownloadRow failed(String sentence) {
        return new DownloadRow(
                id,
                place,
                name,
                source,
                target,
                sizeBytes,
                digest,
                ordered,
                listing,
                Wish.FAILED,
                Optional.of(sentence));
    }

    public DownloadRow target(Path next) {
        return new DownloadRow(id, place, name, source, next, sizeBytes, digest, ordered, listing, wish, trouble);
    }

    /** With what a listing or an answer told. */
    public DownloadRow learned(OptionalLong size, Optional<ModelDigest> hash) {
        return new DownloadRow(id, place, name, source, target, size, hash, ordered, listing, wish, trouble);
    }
}
