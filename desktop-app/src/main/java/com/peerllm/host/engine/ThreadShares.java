package com.peerllm.host.engine;

/**
 * How the computing threads of this computer are shared by the models that answer at the same time. ggml's threads wait for each
 * other by spinning: more of them than cores make all of them many times slower, so the sum stays within the budget.
 */
final class ThreadShares {
    private ThreadShares() {}

    /** For each of the models that answer now; more models than threads get one each. */
    static int each(int budget, int answering) {
        return Math.max(1, budget / Math.max(1, answering));
    }
}
