package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.money.Credits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A leaf or a node of the tree over all balances: what the accounts below it have together, and a hash over them.
 *
 * <pre>
 *     leaf: sum = balance             hash = SHA-256(0x02, balance as 8 bytes, owner in UTF-8)
 *     node: sum = left sum + right    hash = SHA-256(0x03, left sum as 8 bytes, left hash, right sum as 8 bytes, right hash)
 *     no accounts: sum = 0            hash = SHA-256 of nothing
 * </pre>
 *
 * Numbers are big-endian. A node hashes both sums and not only their total: with the total alone one pair of children can stand
 * for several, and the tree proves less than it seems to (Hu, Zhang and Guo, "Breaking the Binding", 2019). The first byte sets
 * leaves and nodes apart from each other and from those of the log's tree.
 *
 * @param sum 0 or more
 */
public record SumNode(Credits sum, TreeHash hash) {
    private static final byte LEAF = 0x02;
    private static final byte NODE = 0x03;

    public static final SumNode EMPTY = new SumNode(Credits.ZERO, TreeHasher.EMPTY_ROOT);

    public SumNode {
        if (sum.isNegative()) throw new IllegalArgumentException("A balance in the tree is 0 or more");
    }

    /** @throws IllegalArgumentException when the balance is negative */
    public static SumNode leaf(AccountId owner, Credits balance) {
        byte[] name = owner.value().getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(1 + Long.BYTES + name.length)
                .put(LEAF)
                .putLong(balance.nanoDollars())
                .put(name);
        return new SumNode(balance, TreeHash.owning(Sha256.of(content.array())));
    }

    /** @throws ArithmeticException when the sum does not fit in 64 bits */
    static SumNode over(SumNode left, SumNode right) {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(NODE);
        left.addTo(sha256);
        right.addTo(sha256);
        return new SumNode(left.sum.plus(right.sum), TreeHash.owning(sha256.digest()));
    }

    private void addTo(MessageDigest sha256) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(sum.nanoDollars()).array());
        sha256.update(hash.shared());
    }
}
