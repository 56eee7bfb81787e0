package com.peerllm.shared.transparency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All leaves of a log in memory, with its hashes straight from the definition in RFC 6962, section 2.1: what the quick ways are compared with. */
final class WholeTree implements HashSource {
    private final TreeHasher hasher = new TreeHasher();
    private final List<TreeHash> leaves = new ArrayList<>();

    static WholeTree of(int size) {
        WholeTree tree = new WholeTree();
        for (int leaf = 0; leaf < size; leaf++) tree.add(content(leaf));
        return tree;
    }

    static byte[] content(int leaf) {
        return ("leaf " + leaf).getBytes(StandardCharsets.UTF_8);
    }

    void add(byte[] content) {
        leaves.add(hasher.leaf(content));
    }

    TreeHash leaf(long index) {
        return leaves.get((int) index);
    }

    TreeHash root(long size) {
        return size == 0 ? TreeHasher.EMPTY_ROOT : root(leaves.subList(0, (int) size));
    }

    private TreeHash root(List<TreeHash> of) {
        if (of.size() == 1) return of.getFirst();
        int left = 1;
        while (left * 2 < of.size()) left *= 2;
        return hasher.node(root(of.subList(0, left)), root(of.subList(left, of.size())));
    }

    @Override
    public TreeHash hash(int level, long index) {
        int leavesBelow = 1 << level;
        int from = Math.toIntExact(index * leavesBelow);
        return root(leaves.subList(from, from + leavesBelow));
    }
}
