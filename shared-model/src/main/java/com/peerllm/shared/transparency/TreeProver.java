package com.peerllm.shared.transparency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the log's proofs (RFC 6962, section 2.1) out of the hashes of complete subtrees: the root at any size, the path from a
 * leaf to it, and the proof that a tree continues an earlier one. Each reads about log2(size) hashes. For one thread at a time
 * and for as long as the source is.
 */
public final class TreeProver {
    private final TreeHasher hasher = new TreeHasher();
    private final HashSource hashes;

    public TreeProver(HashSource hashes) {
        this.hashes = hashes;
    }

    /** The root of the first {@code size} leaves. */
    public TreeHash root(long size) throws IOException {
        if (size < 0) throw new IllegalArgumentException("A tree has 0 or more leaves");
        return size == 0 ? TreeHasher.EMPTY_ROOT : root(0, size);
    }

    /**
     * That leaf {@code index} is one of the first {@code size} leaves.
     *
     * @throws IllegalArgumentException unless 0 <= index < size
     */
    public InclusionProof inclusion(long index, long size) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("A tree of " + size + " leaves has no leaf " + index);
        }
        List<TreeHash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(root(middle, to));
                to = middle;
            } else {
                path.add(root(from, middle));
                from = middle;
            }
        }
        return new InclusionProof(index, size, path.reversed());
    }

    /**
     * That the first {@code newSize} leaves begin with the first {@code oldSize}, unchanged.
     *
     * @throws IllegalArgumentException unless 0 <= oldSize <= newSize
     */
    public ConsistencyProof consistency(long oldSize, long newSize) throws IOException {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("A tree of " + newSize + " leaves never had " + oldSize);
        }
        List<TreeHash> path = new ArrayList<>();
        if (oldSize > 0 && oldSize < newSize) {
            long from = 0;
            long to = newSize;
            while (oldSize != to) {
                long middle = from + split(to - from);
                if (oldSize <= middle) {
                    path.add(root(middle, to));
                    to = middle;
                } else {
                    path.add(root(from, middle));
                    from = middle;
                }
            }
            // The old root is known to who checks; any other subtree that ends the old tree has to be told.
            if (from > 0) path.add(root(from, to));
        }
        return new ConsistencyProof(oldSize, newSize, path.reversed());
    }

    /** The root over the leaves {@code from} (inclusive) to {@code to}, where {@code from} begins a subtree of this tree. */
    private TreeHash root(long from, long to) throws IOException {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return hashes.hash(level, from >> level);
        }
        long middle = from + split(leaves);
        return hasher.node(root(from, middle), root(middle, to));
    }

    /** The largest power of two below {@code leaves}: how many of them are in the left subtree. */
    static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
