package com.peerllm.orchestrator.clients;

import com.peerllm.shared.identity.PeerKey;
import java.nio.file.Path;
import java.util.List;

/** A library that others wrote and that checks whether an entry is in a transparency log; none of our code takes part. */
public interface LogReader extends AutoCloseable {
    /**
     * What somebody who was shown an entry has in hands.
     *
     * @param leaf the entry's bytes
     * @param hashes the path to the root, each 32 bytes
     * @param checkpoint the signed note as it was served
     * @param origin the log's name
     * @param key the log's key
     */
    record Shown(byte[] leaf, long index, List<byte[]> hashes, String checkpoint, String origin, PeerKey key) {}

    /** Maven {@code dev.sigstore:sigstore-java}, by which Java programs check sigstore's log. */
    static LogReader sigstoreJava() {
        return new SigstoreJava();
    }

    /**
     * npm {@code @sigstore/verify}, by which npm checks where packages come from.
     *
     * @param home the root of the source tree, where the clients of Node.js are
     */
    static LogReader sigstoreNpm(Path home) {
        return new SigstoreNpm(new NodeClient(Library.installed(home), "tlog.mjs"));
    }

    /** @throws ClientFailure when the library does not accept it */
    void verify(Shown shown);

    @Override
    default void close() {}
}
