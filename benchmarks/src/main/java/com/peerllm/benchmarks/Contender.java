package com.peerllm.benchmarks;

/** A program that makes answers, to be measured. */
interface Contender extends AutoCloseable {
    String name();

    /** Makes that many answers at once. */
    Figures run(int sequences) throws Exception;

    @Override
    void close();
}
