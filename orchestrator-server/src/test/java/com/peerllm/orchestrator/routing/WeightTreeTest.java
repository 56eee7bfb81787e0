package com.peerllm.orchestrator.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightTreeTest {
    @Property(tries = 200)
    void everyPointFallsOnThePositionWhoseWeightLiesThere(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5) Integer> weights) {
        WeightTree tree = filled(weights);
        int point = 0;
        for (int position = 0; position < weights.size(); position++) {
            for (int i = 0; i < weights.get(position); i++)
                assertThat(tree.at(point++)).isEqualTo(position);
        }
        assertThat(tree.total()).isEqualTo(point);
    }

    @Property(tries = 200)
    void findsEveryPositionThatCanAndNoOther(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 3) Integer> weights,
            @ForAll @IntRange(max = 6) int context) {
        WeightTree tree = filled(weights);
        int found = tree.nextAble(0, context, 1);
        for (int position = 0; position < weights.size(); position++) {
            boolean can = weights.get(position) > 0 && position % 7 >= context && position % 2 == 0;
            if (can) {
                assertThat(found).isEqualTo(position);
                found = tree.nextAble(found + 1, context, 1);
            }
        }
        assertThat(found).isEqualTo(-1);
    }

    @Test
    void drawsAmongTheAbleAboutInProportion() {
        WeightTree tree = new WeightTree();
        tree.ensure(64);
        for (int i = 0; i < 64; i++) tree.set(i, i % 8 == 0 ? 3 : 1, i % 8 < 2 ? 100 : 10, 1);
        SplittableRandom random = new SplittableRandom(3);
        int heavy = 0;
        for (int i = 0; i < 4000; i++) {
            int at = tree.drawAble(random, 50, 1);
            assertThat(at % 8).isLessThan(2);
            if (at % 8 == 0) heavy++;
        }
        assertThat(heavy).isBetween(2900, 3100);
    }

    /** The context is the position modulo 7; even positions have the feature. */
    private static WeightTree filled(List<Integer> weights) {
        WeightTree tree = new WeightTree();
        for (int i = 0; i < weights.size(); i++) {
            tree.ensure(i + 1);
            tree.set(i, 9, 1000, 1);
            tree.set(i, weights.get(i), i % 7, i % 2 == 0 ? 1 : 2);
        }
        return tree;
    }
}
