package com.peerllm.orchestrator.routing;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Positions with whole-number weights, from which one is drawn with a chance in proportion to its weight. Drawing and
 * changing a weight take as many steps as the tree is high: 17 for 100,000 positions; neither allocates.
 *
 * <p>A complete binary tree in arrays: a leaf for each position, an inner node for what its leaves have together: the sum
 * of the weights, the longest context, all features. Whole numbers, because sums of fractions drift with every change. The
 * longest context and the features let a search skip the parts of the tree where nobody can take the request.
 */
final class WeightTree {
    private long[] weights = new long[2];
    private int[] contexts = new int[2];
    private int[] features = new int[2];
    private int leaves = 1;
    private int positive;

    /** The sum of all weights. */
    long total() {
        return weights[1];
    }

    /** How many positions have a weight above 0. */
    int positive() {
        return positive;
    }

    /** Makes room for positions below this number. */
    void ensure(int positions) {
        if (positions <= leaves) return;
        int more = Integer.highestOneBit(positions - 1) << 1;
        weights = moved(weights, new long[2 * more], more);
        contexts = moved(contexts, new int[2 * more], more);
        features = moved(features, new int[2 * more], more);
        leaves = more;
        for (int node = leaves - 1; node >= 1; node--) {
            weights[node] = weights[2 * node] + weights[2 * node + 1];
            join(node);
        }
    }

    private <A> A moved(A from, A to, int more) {
        System.arraycopy(from, leaves, to, more, leaves);
        return to;
    }

    /** A weight of 0 takes the position out: nothing finds it. */
    void set(int position, long weight, int context, int featureBits) {
        int leaf = leaves + position;
        long change = weight - weights[leaf];
        positive += Long.signum(weight) - Long.signum(weights[leaf]);
        int ableContext = weight > 0 ? context : 0;
        int ableFeatures = weight > 0 ? featureBits : 0;
        boolean sameAbility = contexts[leaf] == ableContext && features[leaf] == ableFeatures;
        contexts[leaf] = ableContext;
        features[leaf] = ableFeatures;
        if (change != 0) for (int node = leaf; node >= 1; node >>= 1) weights[node] += change;
        if (!sameAbility) for (int node = leaf >> 1; node >= 1; node >>= 1) if (!join(node)) return;
    }

    /** @return whether the node changed */
    private boolean join(int node) {
        int context = Math.max(contexts[2 * node], contexts[2 * node + 1]);
        int featureBits = features[2 * node] | features[2 * node + 1];
        boolean changed = context != contexts[node] || featureBits != features[node];
        contexts[node] = context;
        features[node] = featureBits;
        return changed;
    }

    long weight(int position) {
        return weights[leaves + position];
    }

    /** The position on which a point falls when the weights lie side by side; the point is below {@link #total()}. */
    int at(long point) {
        int node = 1;
        long rest = point;
        while (node < leaves) {
            node <<= 1;
            if (rest >= weights[node]) rest -= weights[node++];
        }
        return node - leaves;
    }

    /**
     * Draws among those that have the context and the features. A part of the tree with one of them weighs as much as its
     * sum, so the chances are only nearly in proportion.
     *
     * @return -1 when the way ended where nobody has both
     */
    int drawAble(RandomGenerator random, int context, int featureBits) {
        int node = 1;
        if (!mayHold(node, context, featureBits)) return -1;
        while (node < leaves) {
            node <<= 1;
            boolean left = mayHold(node, context, featureBits);
            boolean right = mayHold(node + 1, context, featureBits);
            if (!left && !right) return -1;
            boolean goRight =
                    left && right ? random.nextLong(weights[node] + weights[node + 1]) >= weights[node] : right;
            if (goRight) node++;
        }
        return node - leaves;
    }

    /** The first position from this one on that has a weight, the context and the features; -1 when there is none. */
    int nextAble(int from, int context, int featureBits) {
        if (from >= leaves) return -1;
        int node = leaves + from;
        while (true) {
            if (mayHold(node, context, featureBits)) {
                if (node >= leaves) return node - leaves;
                node <<= 1;
                continue;
            }
            while ((node & 1) == 1) {
                node >>= 1;
                if (node <= 1) return -1;
            }
            node++;
        }
    }

    private boolean mayHold(int node, int context, int featureBits) {
        return weights[node] > 0 && contexts[node] >= context && (features[node] & featureBits) == featureBits;
    }

    @Override
    public String toString() {
        return "WeightTree" + Arrays.toString(Arrays.copyOfRange(weights, leaves, 2 * leaves));
    }
}
