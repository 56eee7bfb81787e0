package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.Speed;
import java.time.Duration;

/**
 * Measures how fast a context computes, with tokens that mean nothing: the time does not depend on them, except a little in
 * models that ask few of many experts. Leaves the context empty.
 */
final class SpeedTest {
    private static final int TOGETHER = 4;
    private static final int FIRST_PIECE = 16;

    private final InferenceContext context;
    private final TokenBatch batch;
    private final int vocabulary;
    private final int sequences;
    private final long phaseNanos;

    /** @param phase how long each of the three measurements should take; a slow model takes a few tokens' time at least */
    SpeedTest(InferenceContext context, TokenBatch batch, int vocabulary, int sequences, Duration phase) {
        this.context = context;
        this.batch = batch;
        this.vocabulary = vocabulary;
        this.sequences = Math.min(TOGETHER, sequences);
        this.phaseNanos = phase.toNanos();
    }

    /** @param microBatch the most tokens of one pass */
    Speed measure(int microBatch) {
        step(1, 0, 1);
        double one = decode(1);
        double four = sequences == 1 ? one : decode(sequences);
        return new Speed(prefill(microBatch), one, four);
    }

    private double decode(int together) {
        forgetAll();
        int most = context.contextPerSequence() - 1;
        step(together, 0, 1);
        long begun = System.nanoTime();
        int steps = 0;
        while (steps < most - 1 && (steps < 2 || System.nanoTime() - begun < phaseNanos)) step(together, ++steps, 1);
        return (double) steps * together / seconds(begun);
    }

    /** A first piece tells how many tokens fit the time, up to what is asked for. */
    private double prefill(int microBatch) {
        forgetAll();
        int most = Math.min(microBatch, context.contextPerSequence() - FIRST_PIECE - 1);
        if (most < FIRST_PIECE) return timed(Math.max(1, context.contextPerSequence() / 2), 0);
        double first = timed(FIRST_PIECE, 0);
        int tokens = Math.clamp((long) (first * phaseNanos / 1e9), FIRST_PIECE, most);
        return timed(tokens, FIRST_PIECE);
    }

    private double timed(int tokens, int position) {
        long begun = System.nanoTime();
        step(1, position, tokens);
        return tokens / seconds(begun);
    }

    private void step(int together, int position, int tokens) {
        batch.clear();
        for (int sequence = 0; sequence < together; sequence++)
            for (int i = 0; i < tokens; i++)
                batch.add(someToken(position + i), position + i, sequence, i == tokens - 1);
        int result = context.decode(batch);
        if (result != 0)
            throw new EngineException(
                    EngineErrorCode.COMPUTE_FAILED,
                    "llama.cpp could not compute a step of the measurement (code " + result + ").");
        context.synchronize();
    }

    private int someToken(int position) {
        return (int) ((position * 7919L + 13) % vocabulary);
    }

    private void forgetAll() {
        for (int sequence = 0; sequence < sequences; sequence++) context.forget(sequence);
    }

    private static double seconds(long sinceNanos) {
        return Math.max(1, System.nanoTime() - sinceNanos) / 1e9;
    }

    /** For whoever goes on to use the context. */
    void clear() {
        forgetAll();
    }
}
