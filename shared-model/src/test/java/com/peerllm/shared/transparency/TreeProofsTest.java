package com.peerllm.shared.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Every proof of a small log holds, and nothing that was changed in one does. */
class TreeProofsTest {
    private static final int LARGEST = 300;
    private static final WholeTree TREE = WholeTree.of(LARGEST);

    /** Those of each size, from the definition. */
    private static final List<TreeHash> ROOTS = roots();

    private final TreeProver prover = new TreeProver(TREE);

    private static List<TreeHash> roots() {
        List<TreeHash> roots = new ArrayList<>();
        for (int size = 0; size <= LARGEST; size++) roots.add(TREE.root(size));
        return roots;
    }

    @Test
    void theRightEdgeGivesTheRootAtEverySize() throws Exception {
        TreeBuilder builder = new TreeBuilder();
        for (int size = 0; size <= LARGEST; size++) {
            assertThat(builder.size()).isEqualTo(size);
            assertThat(builder.root()).isEqualTo(ROOTS.get(size));
            assertThat(TreeBuilder.resume(size, TREE).root()).isEqualTo(ROOTS.get(size));
            assertThat(TreeBuilder.resume(size, TREE).rightEdge()).isEqualTo(builder.rightEdge());
            assertThat(builder.rightEdge()).hasSize(Integer.bitCount(size));
            builder.append(WholeTree.content(size));
        }
    }

    @Test
    void everyInclusionProofUpToSize300Holds() throws Exception {
        for (int size = 1; size <= LARGEST; size++) {
            for (int index = 0; index < size; index++) {
                InclusionProof proof = prover.inclusion(index, size);
                assertThat(proof.verify(TREE.leaf(index), ROOTS.get(size)).holds())
                        .isTrue();
                assertThat(proof.hashes().size()).isLessThanOrEqualTo(9);
            }
        }
    }

    @Test
    void everyConsistencyProofUpToSize300Holds() throws Exception {
        for (int newSize = 0; newSize <= LARGEST; newSize++) {
            for (int oldSize = 0; oldSize <= newSize; oldSize++) {
                ConsistencyProof proof = prover.consistency(oldSize, newSize);
                assertThat(proof.verify(ROOTS.get(oldSize), ROOTS.get(newSize)).holds())
                        .isTrue();
                assertThat(proof.hashes().size()).isLessThanOrEqualTo(10);
            }
        }
    }

    @Test
    void noBitOfAnInclusionProofMayBeDifferent() throws Exception {
        for (int size : new int[] {1, 2, 3, 7, 8, 100}) {
            for (int index : new int[] {0, size / 2, size - 1}) {
                InclusionProof proof = prover.inclusion(index, size);
                for (List<TreeHash> changed : everyFlip(proof.hashes())) {
                    assertFails(new InclusionProof(index, size, changed), TREE.leaf(index), ROOTS.get(size));
                }
                for (int bit = 0; bit < 256; bit++) {
                    assertFails(proof, flip(TREE.leaf(index), bit), ROOTS.get(size));
                    assertFails(proof, TREE.leaf(index), flip(ROOTS.get(size), bit));
                }
            }
        }
    }

    @Test
    void noBitOfAConsistencyProofMayBeDifferent() throws Exception {
        for (int newSize : new int[] {2, 3, 7, 8, 100}) {
            for (int oldSize : new int[] {1, newSize / 2, newSize - 1}) {
                ConsistencyProof proof = prover.consistency(oldSize, newSize);
                for (List<TreeHash> changed : everyFlip(proof.hashes())) {
                    assertFails(
                            new ConsistencyProof(oldSize, newSize, changed), ROOTS.get(oldSize), ROOTS.get(newSize));
                }
                for (int bit = 0; bit < 256; bit++) {
                    assertFails(proof, flip(ROOTS.get(oldSize), bit), ROOTS.get(newSize));
                    assertFails(proof, ROOTS.get(oldSize), flip(ROOTS.get(newSize), bit));
                }
            }
        }
    }

    @Test
    void aLeafIsAtOnePlaceOnly() throws Exception {
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                InclusionProof proof = prover.inclusion(index, size);
                for (int other = -1; other <= size; other++) {
                    if (other == index) continue;
                    assertFails(new InclusionProof(other, size, proof.hashes()), TREE.leaf(index), ROOTS.get(size));
                }
            }
        }
    }

    /** A proof of another size may have the same form, but then the size's own root, which the checkpoint has, tells them apart. */
    @Test
    void aProofHoldsForTheRootOfItsOwnSizeOnly() throws Exception {
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                InclusionProof proof = prover.inclusion(index, size);
                for (int other = 0; other <= 80; other++) {
                    if (other == size) continue;
                    assertFails(new InclusionProof(index, other, proof.hashes()), TREE.leaf(index), ROOTS.get(other));
                }
            }
        }
    }

    @Test
    void aConsistencyProofHoldsForItsOwnTwoSizesOnly() throws Exception {
        for (int newSize = 2; newSize <= 40; newSize++) {
            for (int oldSize = 1; oldSize < newSize; oldSize++) {
                ConsistencyProof proof = prover.consistency(oldSize, newSize);
                for (int other = 1; other <= 45; other++) {
                    if (other != oldSize) {
                        assertFails(
                                new ConsistencyProof(other, newSize, proof.hashes()),
                                ROOTS.get(other),
                                ROOTS.get(newSize));
                    }
                    if (other != newSize) {
                        assertFails(
                                new ConsistencyProof(oldSize, other, proof.hashes()),
                                ROOTS.get(oldSize),
                                ROOTS.get(other));
                    }
                }
            }
        }
    }

    @Test
    void aRewrittenLeafIsNoticedByEveryLaterConsistencyProof() throws Exception {
        WholeTree rewritten = new WholeTree();
        for (int leaf = 0; leaf < 50; leaf++) rewritten.add(leaf == 17 ? new byte[] {1} : WholeTree.content(leaf));
        TreeProver liar = new TreeProver(rewritten);
        for (int oldSize = 18; oldSize < 50; oldSize++) {
            for (int newSize = oldSize; newSize <= 50; newSize++) {
                assertFails(liar.consistency(oldSize, newSize), ROOTS.get(oldSize), rewritten.root(newSize));
                assertFails(prover.consistency(oldSize, newSize), ROOTS.get(oldSize), rewritten.root(newSize));
            }
        }
    }

    @Test
    void hashesTooManyAndTooFewAreNamed() throws Exception {
        InclusionProof inclusion = prover.inclusion(5, 20);
        assertThat(new InclusionProof(5, 20, more(inclusion.hashes()))
                        .verify(TREE.leaf(5), ROOTS.get(20))
                        .fault())
                .hasValue("The proof has more hashes than a tree of 20 leaves needs");
        assertThat(new InclusionProof(5, 20, fewer(inclusion.hashes()))
                        .verify(TREE.leaf(5), ROOTS.get(20))
                        .fault())
                .hasValue("The proof has fewer hashes than a tree of 20 leaves needs");
        ConsistencyProof consistency = prover.consistency(5, 20);
        assertThat(new ConsistencyProof(5, 20, more(consistency.hashes()))
                        .verify(ROOTS.get(5), ROOTS.get(20))
                        .fault())
                .hasValue("The proof has more hashes than 5 to 20 leaves need");
        assertThat(new ConsistencyProof(5, 20, fewer(consistency.hashes()))
                        .verify(ROOTS.get(5), ROOTS.get(20))
                        .fault())
                .hasValue("The proof has fewer hashes than 5 to 20 leaves need");
        assertThat(new ConsistencyProof(5, 20, List.of())
                        .verify(ROOTS.get(5), ROOTS.get(20))
                        .fault())
                .hasValue("The proof has fewer hashes than 5 to 20 leaves need");
        assertThat(new ConsistencyProof(20, 5, List.of())
                        .verify(ROOTS.get(20), ROOTS.get(5))
                        .fault())
                .hasValue("A tree of 5 leaves cannot continue one of 20");
        assertThat(new ConsistencyProof(5, 5, List.of())
                        .verify(ROOTS.get(5), ROOTS.get(6))
                        .fault())
                .hasValue("Two trees of 5 leaves have different roots: the log was rewritten");
    }

    @Test
    void aTreeWithoutLeavesIsContinuedByAnyOtherAndHasOneRoot() {
        ConsistencyProof fromNothing = new ConsistencyProof(0, 7, List.of());
        assertThat(fromNothing.verify(TreeHasher.EMPTY_ROOT, ROOTS.get(7)).holds())
                .isTrue();
        assertThat(fromNothing.verify(ROOTS.get(1), ROOTS.get(7)).holds()).isFalse();
        assertThat(new ConsistencyProof(0, 7, List.of(ROOTS.get(1)))
                        .verify(TreeHasher.EMPTY_ROOT, ROOTS.get(7))
                        .holds())
                .isFalse();
    }

    @Test
    void whatIsNotInTheTreeCannotBeProven() {
        assertThatThrownBy(() -> prover.inclusion(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover.inclusion(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover.consistency(6, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 2_000)
    void hostileProofsAreRefusedAndNeverThrow(
            @ForAll long index,
            @ForAll long size,
            @ForAll @LongRange(min = -2, max = 70) long smallIndex,
            @ForAll @LongRange(min = -2, max = 70) long smallSize,
            @ForAll @Size(max = 80) List<@IntRange(max = LARGEST - 1) Integer> hashes) {
        List<TreeHash> any = hashes.stream().map(TREE::leaf).toList();
        for (long[] numbers : new long[][] {
            {index, size}, {smallIndex, smallSize}, {smallIndex, size}, {Long.MAX_VALUE - 1, Long.MAX_VALUE}
        }) {
            assertFails(new InclusionProof(numbers[0], numbers[1], any), ROOTS.get(299), ROOTS.get(300));
            assertFails(new ConsistencyProof(numbers[0], numbers[1], any), ROOTS.get(299), ROOTS.get(300));
        }
    }

    /** Proofs of the largest trees there can be; only the hashes that they need exist. */
    @Property(tries = 300)
    void treesOfAnySizeHaveProofs(@ForAll @LongRange(min = 1) long one, @ForAll @LongRange(min = 1) long other)
            throws IOException {
        HashSource same = (level, index) -> REPEATED.get(level);
        TreeProver huge = new TreeProver(same);
        long small = Math.min(one, other);
        long large = Math.max(one, other);
        TreeHash root = huge.root(large);
        assertThat(huge.inclusion(small - 1, large)
                        .verify(REPEATED.getFirst(), root)
                        .holds())
                .isTrue();
        assertThat(huge.consistency(small, large).verify(huge.root(small), root).holds())
                .isTrue();
        assertThat(TreeBuilder.resume(large, same).root()).isEqualTo(root);
    }

    /** The roots of complete trees all of whose leaves are the same. */
    private static final List<TreeHash> REPEATED = repeated();

    private static List<TreeHash> repeated() {
        List<TreeHash> hashes = new ArrayList<>(List.of(TREE.leaf(0)));
        while (hashes.size() < 63) hashes.add(new TreeHasher().node(hashes.getLast(), hashes.getLast()));
        return hashes;
    }

    private static void assertFails(InclusionProof proof, TreeHash leaf, TreeHash root) {
        assertThat(proof.verify(leaf, root).holds()).as("%s", proof).isFalse();
    }

    private static void assertFails(ConsistencyProof proof, TreeHash oldRoot, TreeHash newRoot) {
        assertThat(proof.verify(oldRoot, newRoot).holds()).as("%s", proof).isFalse();
    }

    private static List<List<TreeHash>> everyFlip(List<TreeHash> hashes) {
        List<List<TreeHash>> flipped = new ArrayList<>();
        for (int hash = 0; hash < hashes.size(); hash++) {
            for (int bit = 0; bit < 256; bit++) {
                List<TreeHash> changed = new ArrayList<>(hashes);
                changed.set(hash, flip(hashes.get(hash), bit));
                flipped.add(changed);
            }
        }
        return flipped;
    }

    static TreeHash flip(TreeHash hash, int bit) {
        byte[] bytes = hash.bytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return TreeHash.of(bytes);
    }

    private static List<TreeHash> more(List<TreeHash> hashes) {
        List<TreeHash> more = new ArrayList<>(hashes);
        more.add(TREE.leaf(0));
        return more;
    }

    private static List<TreeHash> fewer(List<TreeHash> hashes) {
        return hashes.subList(0, hashes.size() - 1);
    }
}
