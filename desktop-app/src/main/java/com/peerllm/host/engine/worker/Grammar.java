package com.peerllm.host.engine.worker;

import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * A form that answers can be held to: a GBNF grammar that llama.cpp has read, before its first character.
 *
 * <p>It stays as it is; each use takes a copy of its state. It belongs to a {@link Job} and is freed when the job ends.
 */
final class Grammar implements AutoCloseable {
    private final SamplerCalls calls;
    private final MemorySegment sampler;
    private final Set<Integer> tokens;

    /** @param tokens ids that the grammar names as such */
    Grammar(SamplerCalls calls, MemorySegment sampler, Set<Integer> tokens) {
        this.calls = calls;
        this.sampler = sampler;
        this.tokens = Set.copyOf(tokens);
    }

    /** A sampler at the grammar's beginning; the caller frees it. */
    MemorySegment copy() {
        return NativeCalls.call(() -> (MemorySegment) calls.copy.invokeExact(sampler));
    }

    /** Whether the grammar names this token by its id ({@code <[7]>}). */
    boolean names(int token) {
        return tokens.contains(token);
    }

    @Override
    public void close() {
        NativeCalls.call(() -> {
            calls.free.invokeExact(sampler);
            return null;
        });
    }
}
