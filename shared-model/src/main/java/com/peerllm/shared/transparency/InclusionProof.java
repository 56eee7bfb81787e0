package com.peerllm.shared.transparency;

import java.util.List;

/**
 * That a leaf is in the log: the hashes beside the way from the leaf up to the root (RFC 6962, section 2.1.1). May come from a
 * stranger: it holds whatever was sent until {@link #verify} has looked at it.
 *
 * <p>The size is bound to the root only by a signed checkpoint: check against the two from the same one.
 *
 * @param index which leaf, from 0
 * @param size number of leaves of the tree
 * @param hashes the leaf's sibling first, the root's child last
 */
public record InclusionProof(long index, long size, List<TreeHash> hashes) {
    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    /** Checks that {@code leaf} is at this place of the tree with this root (RFC 9162, section 2.1.3.2). Never throws. */
    public Verdict verify(TreeHash leaf, TreeHash root) {
        if (index < 0 || index >= size) return Verdict.fails("A tree of " + size + " leaves has no leaf " + index);
        TreeHasher hasher = new TreeHasher();
        long at = index;
        long last = size - 1;
        TreeHash hash = leaf;
        for (TreeHash sibling : hashes) {
            if (last == 0) return Verdict.fails("The proof has more hashes than a tree of " + size + " leaves needs");
            if ((at & 1) == 1 || at == last) {
                hash = hasher.node(sibling, hash);
                // Where the right edge has no sibling on this level, the node moves up unchanged.
                int up = Long.numberOfTrailingZeros(at);
                at >>= up;
                last >>= up;
            } else {
                hash = hasher.node(hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        if (last != 0) return Verdict.fails("The proof has fewer hashes than a tree of " + size + " leaves needs");
        return hash.equals(root) ? Verdict.HOLDS : Verdict.fails("The path does not lead to the root");
    }
}
