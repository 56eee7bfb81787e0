package com.peerllm.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What every contender is given to do.
 *
 * @param mostSequences answers at once, at most
 * @param promptTokens of each prompt
 * @param answerTokens of each answer
 * @param threads that compute
 */
record Workload(Path model, int mostSequences, int promptTokens, int answerTokens, int threads) {
    /** Ids below are control and byte tokens in the vocabularies that the benchmark is used with. */
    private static final int FIRST_PLAIN_TOKEN = 300;

    private static final int AFTER_LAST_PLAIN_TOKEN = 1000;

    /** Room for prompt and answer, twice: enough for whatever a program rounds. */
    int contextPerSequence() {
        return 2 * (promptTokens + answerTokens);
    }

    /** Random ids, the same for every contender: other in each sequence and each round, so that no cache helps. */
    List<Integer> prompt(int sequence, long round) {
        return new SplittableRandom(round * 1000 + sequence)
                .ints(promptTokens, FIRST_PLAIN_TOKEN, AFTER_LAST_PLAIN_TOKEN)
                .boxed()
                .toList();
    }
}
