package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.List;

/**
 * That one account's balance is part of the total of a state leaf: the nodes beside the way from its leaf to the root of the tree
 * over all balances. May come from a stranger; {@link #verify} checks it.
 *
 * @param index the account's place, from 0, in the order of the owners' names
 * @param accounts number of accounts, as the state leaf says
 * @param siblings the leaf's sibling first
 */
public record SumProof(long index, long accounts, List<SumNode> siblings) {
    public SumProof {
        siblings = List.copyOf(siblings);
    }

    /**
     * Checks that this owner has this balance in the tree with this total and root; both from the same state leaf. Never throws.
     */
    public Verdict verify(AccountId owner, Credits balance, SumNode root) {
        if (balance.isNegative()) return Verdict.fails("A balance in the tree is 0 or more");
        if (index < 0 || index >= accounts) {
            return Verdict.fails("A tree of " + accounts + " accounts has no account " + index);
        }
        long at = index;
        long last = accounts - 1;
        SumNode node = SumNode.leaf(owner, balance);
        try {
            for (SumNode sibling : siblings) {
                if (last == 0) return Verdict.fails("The proof has more nodes than a tree of " + accounts + " needs");
                if ((at & 1) == 1 || at == last) {
                    node = SumNode.over(sibling, node);
                    int up = Long.numberOfTrailingZeros(at);
                    at >>= up;
                    last >>= up;
                } else {
                    node = SumNode.over(node, sibling);
                }
                at >>= 1;
                last >>= 1;
            }
        } catch (ArithmeticException e) {
            return Verdict.fails("The sums of the proof do not fit in 64 bits");
        }
        if (last != 0) return Verdict.fails("The proof has fewer nodes than a tree of " + accounts + " needs");
        if (!node.sum().equals(root.sum())) return Verdict.fails("The proof leads to another total");
        return node.hash().equals(root.hash()) ? Verdict.HOLDS : Verdict.fails("The path does not lead to the root");
    }
}
