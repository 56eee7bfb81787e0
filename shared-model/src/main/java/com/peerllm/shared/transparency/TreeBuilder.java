package com.peerllm.shared.transparency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Grows the log's tree leaf by leaf and knows its root at every size, with no more than its right edge in memory: the roots of
 * the complete subtrees that the leaves so far divide into, one for each 1 in the size written in binary. For one thread at a
 * time.
 */
public final class TreeBuilder {
    private final TreeHasher hasher = new TreeHasher();
    private final TreeHash[] edge = new TreeHash[Long.SIZE];
    private long size;

    /** Goes on with a tree of {@code size} leaves whose right edge {@code hashes} has. */
    public static TreeBuilder resume(long size, HashSource hashes) throws IOException {
        if (size < 0) throw new IllegalArgumentException("A tree has 0 or more leaves");
        TreeBuilder builder = new TreeBuilder();
        builder.size = size;
        for (int level = 0; level < Long.SIZE - 1; level++) {
            if ((size >> level & 1) == 1) builder.edge[level] = hashes.hash(level, (size >> level) - 1);
        }
        return builder;
    }

    /** Adds a leaf by its content and returns its hash. */
    public TreeHash append(byte[] content) {
        TreeHash leaf = hasher.leaf(content);
        append(leaf);
        return leaf;
    }

    /** Adds a leaf by its hash. */
    public void append(TreeHash leaf) {
        TreeHash hash = leaf;
        int level = 0;
        for (; (size >> level & 1) == 1; level++) {
            hash = hasher.node(edge[level], hash);
            edge[level] = null;
        }
        edge[level] = hash;
        size++;
    }

    public long size() {
        return size;
    }

    public TreeHash root() {
        TreeHash root = null;
        for (TreeHash hash : edge) {
            if (hash != null) root = root == null ? hash : hasher.node(hash, root);
        }
        return root == null ? TreeHasher.EMPTY_ROOT : root;
    }

    /** The roots of the complete subtrees from left to right, that is from the largest to the smallest. */
    public List<TreeHash> rightEdge() {
        List<TreeHash> hashes = new ArrayList<>();
        for (int level = edge.length - 1; level >= 0; level--) if (edge[level] != null) hashes.add(edge[level]);
        return hashes;
    }
}
