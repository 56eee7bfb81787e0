package com.peerllm.orchestrator.transparency;

import com.peerllm.shared.transparency.ConsistencyProof;
import com.peerllm.shared.transparency.InclusionProof;
import com.peerllm.shared.transparency.TileSource;
import com.peerllm.shared.transparency.TiledHashes;
import com.peerllm.shared.transparency.TlogProof;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeProver;
import java.io.IOException;

/** Proofs out of the published tiles; each reads a few files. Safe for many threads, on one that may wait. */
public final class LogProofs {
    private final TileSource tiles;

    public LogProofs(TileSource tiles) {
        this.tiles = tiles;
    }

    /** @param size leaves of the published log */
    private TreeProver prover(long size) {
        return new TreeProver(new TiledHashes(tiles, size));
    }

    /** The hash of a leaf of the log. */
    public TreeHash leafHash(Published log, long leaf) throws IOException {
        return new TiledHashes(tiles, log.size()).hash(0, leaf);
    }

    /** The root when the log had so many leaves. */
    public TreeHash root(Published log, long size) throws IOException {
        return prover(log.size()).root(size);
    }

    /** @param size a size that the log had, at most that of {@code log} */
    public InclusionProof inclusion(Published log, long leaf, long size) throws IOException {
        return prover(log.size()).inclusion(leaf, size);
    }

    public ConsistencyProof consistency(Published log, long from, long to) throws IOException {
        return prover(log.size()).consistency(from, to);
    }

    /** That a leaf is in the log under this checkpoint, with all that is needed to check it elsewhere. */
    public TlogProof of(Published log, long leaf) throws IOException {
        return TlogProof.of(inclusion(log, leaf, log.size()), log.note());
    }
}
