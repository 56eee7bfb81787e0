package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.MerkleSum;
import com.peerllm.shared.transparency.SumProof;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/** A state leaf with the tree behind it, out of which owners get proofs of their balances. Safe for many threads. */
public final class ProvenState {
    private final long index;
    private final LogLeaf.State leaf;
    private final MerkleSum tree;
    private final long[] nanoDollars;

    private ProvenState(long index, LogLeaf.State leaf, MerkleSum tree, long[] nanoDollars) {
        this.index = index;
        this.leaf = leaf;
        this.tree = tree;
        this.nanoDollars = nanoDollars;
    }

    /**
     * That an owner has a balance in this state.
     *
     * @param owner as the tree names it
     */
    public record OwnBalance(AccountId owner, Credits balance, SumProof path) {}

    /**
     * @param sums of each kind of account
     * @param balances of all that are in the tree, by the names there
     */
    static ProvenState of(
            long index, long timeMillis, Map<AccountKind, Credits> sums, SortedMap<AccountId, Credits> balances) {
        MerkleSum tree = new MerkleSum(balances);
        LogLeaf.State leaf = new LogLeaf.State(
                timeMillis,
                sum(sums, AccountKind.CONSUMER),
                sum(sums, AccountKind.PROMO),
                sum(sums, AccountKind.HOST),
                sum(sums, AccountKind.CREATOR),
                sum(sums, AccountKind.NETWORK),
                sum(sums, AccountKind.PAYOUT),
                sum(sums, AccountKind.MINT),
                tree.accounts(),
                tree.root());
        long[] nanoDollars =
                balances.values().stream().mapToLong(Credits::nanoDollars).toArray();
        return new ProvenState(index, leaf, tree, nanoDollars);
    }

    private static Credits sum(Map<AccountKind, Credits> sums, AccountKind kind) {
        return sums.getOrDefault(kind, Credits.ZERO);
    }

    /** What consumers' names in the tree of a state are commitments for. */
    static String context(long timeMillis) {
        return "state " + timeMillis;
    }

    /** What consumers' names in this tree are commitments for. */
    public String context() {
        return context(leaf.timeMillis());
    }

    /** Its number in the log. */
    public long index() {
        return index;
    }

    public LogLeaf.State leaf() {
        return leaf;
    }

    /**
     * @param owner as the tree names it
     * @return empty when it is not in the tree
     */
    public Optional<OwnBalance> balanceOf(AccountId owner) {
        OptionalLong place = tree.indexOf(owner);
        if (place.isEmpty()) return Optional.empty();
        return Optional.of(
                new OwnBalance(owner, new Credits(nanoDollars[Math.toIntExact(place.getAsLong())]), tree.proof(owner)));
    }
}
