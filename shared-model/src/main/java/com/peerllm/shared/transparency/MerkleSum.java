package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * The tree over all balances at one moment: its root commits to every one of them and to their total, so that an orchestrator
 * cannot show a total that leaves somebody out who checks. Its form is that of the log's tree (RFC 6962); {@link SumNode} has the
 * formula. Holds about 300 bytes for each account.
 */
public final class MerkleSum {
    private final List<AccountId> owners;

    /** From the leaves to the root; each level has half the nodes of the one below, rounded up. */
    private final List<List<SumNode>> levels = new ArrayList<>();

    /**
     * @param balances in the order of the owners' names, none negative
     * @throws ArithmeticException when the total does not fit in 64 bits
     */
    public MerkleSum(SortedMap<AccountId, Credits> balances) {
        owners = List.copyOf(balances.keySet());
        if (balances.comparator() != null) throw new IllegalArgumentException("The order is that of the names");
        List<SumNode> level = new ArrayList<>(owners.size());
        for (Map.Entry<AccountId, Credits> account : balances.entrySet()) {
            level.add(SumNode.leaf(account.getKey(), account.getValue()));
        }
        levels.add(level);
        while (level.size() > 1) {
            level = above(level);
            levels.add(level);
        }
    }

    /** The last node of an odd number moves up unchanged. */
    private static List<SumNode> above(List<SumNode> level) {
        List<SumNode> above = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i + 1 < level.size(); i += 2) above.add(SumNode.over(level.get(i), level.get(i + 1)));
        if (level.size() % 2 == 1) above.add(level.getLast());
        return above;
    }

    public long accounts() {
        return owners.size();
    }

    /** Total and root hash. */
    public SumNode root() {
        return owners.isEmpty() ? SumNode.EMPTY : levels.getLast().getFirst();
    }

    /** The place of an account; empty when it is not in the tree. */
    public OptionalLong indexOf(AccountId owner) {
        int index = Collections.binarySearch(owners, owner);
        return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
    }

    /** @throws IllegalArgumentException when there is no such account */
    public SumProof proof(AccountId owner) {
        int index = Math.toIntExact(
                indexOf(owner).orElseThrow(() -> new IllegalArgumentException("No such account in the tree")));
        List<SumNode> siblings = new ArrayList<>();
        int at = index;
        for (List<SumNode> level : levels) {
            int sibling = at ^ 1;
            if (sibling < level.size()) siblings.add(level.get(sibling));
            at /= 2;
        }
        return new SumProof(index, owners.size(), siblings);
    }
}
