package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.TOKEN_DATA;
import static com.peerllm.host.engine.worker.LlamaLayouts.TOKEN_DATA_ARRAY;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Chooses the tokens of one answer and remembers what it chose. */
final class Sampler implements AutoCloseable {

    /** Where the randomness of a chain is. */
    sealed interface Randomness {}

    /** A greedy chain has none. */
    record NoChance() implements Randomness {}

    /** The chain's last sampler draws one random number for each token. */
    record Chance(MemorySegment chooser) implements Randomness {}

    private final SamplerCalls calls;
    private final MemorySegment chain;
    private final Randomness randomness;

    Sampler(SamplerCalls calls, MemorySegment chain, Randomness randomness) {
        this.calls = calls;
        this.chain = chain;
        this.randomness = randomness;
    }

    /** Chooses the token after the one at this index of the last step. */
    int sample(InferenceContext context, int batchIndex) {
        return NativeCalls.call(() -> (int) calls.sample.invokeExact(chain, context.handle(), batchIndex));
    }

    /** Brings the sampler to where it was after choosing a token that was delivered earlier, elsewhere. */
    void replay(int token) {
        if (randomness instanceof Chance(MemorySegment chooser)) drawOnce(chooser);
        NativeCalls.call(() -> {
            calls.accept.invokeExact(chain, token);
            return null;
        });
    }

    /** A choice from one candidate draws the random number that the real choice drew. */
    private void drawOnce(MemorySegment chooser) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment candidates = arena.allocate(TOKEN_DATA_ARRAY);
            candidates.set(ADDRESS, LlamaLayouts.offset(TOKEN_DATA_ARRAY, "data"), arena.allocate(TOKEN_DATA));
            candidates.set(JAVA_LONG, LlamaLayouts.offset(TOKEN_DATA_ARRAY, "size"), 1L);
            NativeCalls.call(() -> {
                calls.apply.invokeExact(chooser, candidates);
                return null;
            });
        }
    }

    @Override
    public void close() {
        NativeCalls.call(() -> {
            calls.free.invokeExact(chain);
            return null;
        });
    }
}
