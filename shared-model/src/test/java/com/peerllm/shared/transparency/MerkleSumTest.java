package com.peerllm.shared.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.money.Credits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tree over all balances: everybody can find theirs in the total, and nobody anything else. */
class MerkleSumTest {
    private static SortedMap<AccountId, Credits> balances(int accounts) {
        SortedMap<AccountId, Credits> balances = new TreeMap<>();
        for (int i = 0; i < accounts; i++) balances.put(owner(i), new Credits(1_000_003L * i));
        return balances;
    }

    private static AccountId owner(int i) {
        return AccountId.of("host", String.format("account-%03d", i));
    }

    @Test
    void everyAccountOfEveryTreeUpTo130IsPartOfTheTotal() {
        for (int accounts = 1; accounts <= 130; accounts++) {
            MerkleSum tree = new MerkleSum(balances(accounts));
            assertThat(tree.root().sum()).isEqualTo(new Credits(1_000_003L * accounts * (accounts - 1) / 2));
            for (int i = 0; i < accounts; i++) {
                SumProof proof = tree.proof(owner(i));
                assertThat(proof.verify(owner(i), new Credits(1_000_003L * i), tree.root()))
                        .isEqualTo(Verdict.HOLDS);
            }
        }
    }

    @Test
    void theHashIsTheDocumentedFormula() {
        SumNode left = SumNode.leaf(AccountId.of("host", "a"), new Credits(5));
        SumNode right = SumNode.leaf(AccountId.of("host", "b"), new Credits(7));
        assertThat(left.hash().bytes())
                .isEqualTo(sha256(ByteBuffer.allocate(1 + 8 + 6)
                        .put((byte) 2)
                        .putLong(5)
                        .put("host:a".getBytes(StandardCharsets.UTF_8))));
        SortedMap<AccountId, Credits> balances = new TreeMap<>();
        balances.put(AccountId.of("host", "b"), new Credits(7));
        balances.put(AccountId.of("host", "a"), new Credits(5));
        SumNode root = new MerkleSum(balances).root();
        assertThat(root.sum()).isEqualTo(new Credits(12));
        assertThat(root.hash().bytes())
                .isEqualTo(sha256(ByteBuffer.allocate(1 + 2 * 40)
                        .put((byte) 3)
                        .putLong(5)
                        .put(left.hash().bytes())
                        .putLong(7)
                        .put(right.hash().bytes())));
        assertThat(new MerkleSum(new TreeMap<>()).root()).isEqualTo(SumNode.EMPTY);
    }

    private static byte[] sha256(ByteBuffer content) {
        return Sha256.of(content.array());
    }

    @Test
    void noOtherOwnerBalancePlaceOrNumberOfAccountsFits() {
        MerkleSum tree = new MerkleSum(balances(37));
        for (int i = 0; i < 37; i++) {
            Credits balance = new Credits(1_000_003L * i);
            SumProof proof = tree.proof(owner(i));
            assertFails(proof, owner(i + 1), balance, tree.root());
            assertFails(proof, owner(i), balance.plus(new Credits(1)), tree.root());
            for (int other = -1; other <= 37; other++) {
                if (other != i) assertFails(new SumProof(other, 37, proof.siblings()), owner(i), balance, tree.root());
            }
            SumNode root = tree.root();
            assertFails(proof, owner(i), balance, new SumNode(root.sum().plus(new Credits(1)), root.hash()));
            assertFails(proof, owner(i), balance, new SumNode(root.sum(), TreeProofsTest.flip(root.hash(), i)));
        }
    }

    @Test
    void noBitOfAProofMayBeDifferent() {
        MerkleSum tree = new MerkleSum(balances(21));
        for (int i : new int[] {0, 10, 20}) {
            SumProof proof = tree.proof(owner(i));
            for (int at = 0; at < proof.siblings().size(); at++) {
                SumNode sibling = proof.siblings().get(at);
                for (int bit = 0; bit < 256; bit++) {
                    assertFails(
                            with(proof, at, new SumNode(sibling.sum(), TreeProofsTest.flip(sibling.hash(), bit))),
                            i,
                            tree);
                }
                for (int bit = 0; bit < 63; bit++) {
                    Credits sum = new Credits(sibling.sum().nanoDollars() ^ 1L << bit);
                    assertFails(with(proof, at, new SumNode(sum, sibling.hash())), i, tree);
                }
            }
        }
    }

    /** With only the total hashed, 3 could be taken from one child and given to the other. */
    @Test
    void whatOneChildHasCannotBeMovedToTheOther() {
        SortedMap<AccountId, Credits> balances = balances(2);
        MerkleSum tree = new MerkleSum(balances);
        SumProof proof = tree.proof(owner(0));
        SumNode sibling = proof.siblings().getFirst();
        SumProof moved = with(proof, 0, new SumNode(sibling.sum().minus(new Credits(3)), sibling.hash()));
        assertFails(moved, owner(0), new Credits(3), tree.root());
    }

    @Test
    void sumsThatDoNotFitIn64BitsAreRefused() {
        SortedMap<AccountId, Credits> balances = new TreeMap<>();
        balances.put(owner(0), new Credits(Long.MAX_VALUE));
        MerkleSum full = new MerkleSum(balances);
        assertThat(full.proof(owner(0))
                        .verify(owner(0), new Credits(Long.MAX_VALUE), full.root())
                        .holds())
                .isTrue();
        balances.put(owner(1), new Credits(1));
        assertThatThrownBy(() -> new MerkleSum(balances)).isInstanceOf(ArithmeticException.class);
        SumProof hostile = new SumProof(0, 2, List.of(new SumNode(new Credits(Long.MAX_VALUE), TreeHasher.EMPTY_ROOT)));
        assertThat(hostile.verify(owner(0), new Credits(1), SumNode.EMPTY).fault())
                .hasValue("The sums of the proof do not fit in 64 bits");
    }

    @Test
    void negativeBalancesAreRefused() {
        SortedMap<AccountId, Credits> balances = new TreeMap<>();
        balances.put(owner(0), new Credits(-1));
        assertThatThrownBy(() -> new MerkleSum(balances)).isInstanceOf(IllegalArgumentException.class);
        MerkleSum tree = new MerkleSum(balances(3));
        assertFails(tree.proof(owner(1)), owner(1), new Credits(-1), tree.root());
        assertThatThrownBy(() -> new SumNode(new Credits(-1), TreeHasher.EMPTY_ROOT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyWhoIsInTheTreeHasAProof() {
        MerkleSum tree = new MerkleSum(balances(3));
        assertThat(tree.indexOf(owner(2))).hasValue(2);
        assertThat(tree.indexOf(owner(3))).isEmpty();
        assertThatThrownBy(() -> tree.proof(owner(3))).isInstanceOf(IllegalArgumentException.class);
    }

    private static SumProof with(SumProof proof, int at, SumNode sibling) {
        List<SumNode> changed = new ArrayList<>(proof.siblings());
        changed.set(at, sibling);
        return new SumProof(proof.index(), proof.accounts(), changed);
    }

    private static void assertFails(SumProof proof, int i, MerkleSum tree) {
        assertFails(proof, owner(i), new Credits(1_000_003L * i), tree.root());
    }

    private static void assertFails(SumProof proof, AccountId owner, Credits balance, SumNode root) {
        assertThat(proof.verify(owner, balance, root).holds()).as("%s", proof).isFalse();
    }
}
