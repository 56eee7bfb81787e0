package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.Sha256;
import java.security.MessageDigest;

/**
 * The hash functions of the log's tree (RFC 6962, section 2.1): leaf = SHA-256(0x00, content), node = SHA-256(0x01, left,
 * right). The first byte keeps a leaf from being passed off as a node.
 *
 * <p>Keeps one digest for all its work, so it is for one thread at a time.
 */
public final class TreeHasher {
    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    /** The root of the tree without leaves: the hash of nothing. */
    public static final TreeHash EMPTY_ROOT = TreeHash.owning(Sha256.of(new byte[0]));

    private final MessageDigest sha256 = Sha256.digest();

    public TreeHash leaf(byte[] content) {
        sha256.update(LEAF);
        sha256.update(content);
        return TreeHash.owning(sha256.digest());
    }

    public TreeHash node(TreeHash left, TreeHash right) {
        sha256.update(NODE);
        sha256.update(left.shared());
        sha256.update(right.shared());
        return TreeHash.owning(sha256.digest());
    }
}
