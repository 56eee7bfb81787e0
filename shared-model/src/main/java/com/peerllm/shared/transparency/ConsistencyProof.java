package com.peerllm.shared.transparency;

import java.util.ArrayList;
import java.util.List;

/**
 * That the log only grew: the tree of {@code newSize} leaves begins with that of {@code oldSize} (RFC 6962, section 2.1.2). May
 * come from a stranger: it holds whatever was sent until {@link #verify} has looked at it.
 */
public record ConsistencyProof(long oldSize, long newSize, List<TreeHash> hashes) {
    public ConsistencyProof {
        hashes = List.copyOf(hashes);
    }

    /** Checks it against both roots (RFC 9162, section 2.1.4.2). Never throws. */
    public Verdict verify(TreeHash oldRoot, TreeHash newRoot) {
        if (oldSize < 0 || oldSize > newSize) {
            return Verdict.fails("A tree of " + newSize + " leaves cannot continue one of " + oldSize);
        }
        if (oldSize == 0 || oldSize == newSize) return verifyTrivial(oldRoot, newRoot);
        List<TreeHash> path = new ArrayList<>(hashes.size() + 1);
        if (Long.bitCount(oldSize) == 1) path.add(oldRoot);
        path.addAll(hashes);
        if (path.isEmpty()) return tooFew();
        return verify(path, oldRoot, newRoot);
    }

    /** From nothing, or from itself: there is nothing to prove. */
    private Verdict verifyTrivial(TreeHash oldRoot, TreeHash newRoot) {
        if (!hashes.isEmpty()) return tooMany();
        if (oldSize == 0 && !oldRoot.equals(TreeHasher.EMPTY_ROOT)) {
            return Verdict.fails("The old root is not that of a tree without leaves");
        }
        if (oldSize == newSize && !oldRoot.equals(newRoot)) {
            return Verdict.fails("Two trees of " + oldSize + " leaves have different roots: the log was rewritten");
        }
        return Verdict.HOLDS;
    }

    private Verdict verify(List<TreeHash> path, TreeHash oldRoot, TreeHash newRoot) {
        TreeHasher hasher = new TreeHasher();
        int complete = Long.numberOfTrailingZeros(oldSize);
        long at = oldSize - 1 >> complete;
        long last = newSize - 1 >> complete;
        TreeHash oldHash = path.getFirst();
        TreeHash newHash = path.getFirst();
        for (TreeHash sibling : path.subList(1, path.size())) {
            if (last == 0) return tooMany();
            if ((at & 1) == 1 || at == last) {
                oldHash = hasher.node(sibling, oldHash);
                newHash = hasher.node(sibling, newHash);
                int up = Long.numberOfTrailingZeros(at);
                at >>= up;
                last >>= up;
            } else {
                newHash = hasher.node(newHash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        if (last != 0) return tooFew();
        if (!oldHash.equals(oldRoot)) return Verdict.fails("The proof does not lead to the old root");
        return newHash.equals(newRoot) ? Verdict.HOLDS : Verdict.fails("The proof does not lead to the new root");
    }

    private Verdict tooMany() {
        return Verdict.fails("The proof has more hashes than " + oldSize + " to " + newSize + " leaves need");
    }

    private Verdict tooFew() {
        return Verdict.fails("The proof has fewer hashes than " + oldSize + " to " + newSize + " leaves need");
    }
}
