package com.peerllm.host.catalog;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.storage.DigestPinTable;
import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The digests that this computer has once read of published files. A publisher, or whoever stands between, can name any
 * digest the first time; not another one the second time.
 */
public final class PinnedDigests {
    private final DigestPinTable table;
    private final InstantSource clock;

    public PinnedDigests(DigestPinTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    public Optional<ModelDigest> of(URI file) {
        return table.find(name(file));
    }

    /**
     * Keeps the first digest of a file, and holds later ones against it.
     *
     * @throws HostException when the publisher now names another digest than before
     */
    public void pin(URI file, ModelDigest digest) {
        ModelDigest first = table.pin(name(file), digest, clock.millis());
        if (first.equals(digest)) return;
        throw new HostException(
                Problem.PUBLISHER,
                "The file " + file + " is not the one that was read first: its digest was " + first.shortForm()
                        + "... and is now " + digest.shortForm()
                        + "... It was replaced by its publisher or on the way, and is not taken. If the publisher announced a"
                        + " new file: peerllm host models forget-digest " + file);
    }

    /** A person trusts the publisher's new file. */
    public void forget(URI file) {
        table.delete(name(file));
    }

    private static String name(URI file) {
        return file.normalize().toString();
    }
}
