package com.peerllm.host.engine.worker;

/**
 * What the model thinks of every token at one place, from its raw logits: before bias, penalties, cuts and temperature.
 *
 * <p>Log probabilities are logit - log(sum(exp(logits))), the log-softmax.
 */
final class Distribution {
    /** What is this much less likely than the most likely token, in natural logarithms, adds nothing to a sum in doubles. */
    private static final float NEGLIGIBLE = -40;

    private final float[] logits;
    private final double logOfSum;

    /** @param logits one for each token id; they are not copied */
    Distribution(float[] logits) {
        this.logits = logits;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) if (logit > greatest) greatest = logit;
        double sum = 0;
        for (float logit : logits) {
            float below = logit - greatest;
            if (below > NEGLIGIBLE) sum += Math.exp(below);
        }
        logOfSum = greatest + Math.log(sum);
    }

    /** Natural logarithm of a token's probability; minus infinity for one that the model rules out. */
    double logProbability(int token) {
        return logits[token] - logOfSum;
    }

    /** The most likely tokens, the likeliest first, equal ones in the order of their ids. */
    int[] top(int count) {
        int[] best = new int[Math.min(count, logits.length)];
        int found = 0;
        for (int token = 0; token < logits.length; token++) {
            boolean full = found == best.length;
            if (full && (found == 0 || !(logits[token] > logits[best[found - 1]]))) continue;
            int place = full ? found - 1 : found++;
            for (; place > 0 && logits[token] > logits[best[place - 1]]; place--) best[place] = best[place - 1];
            best[place] = token;
        }
        return best;
    }
}
